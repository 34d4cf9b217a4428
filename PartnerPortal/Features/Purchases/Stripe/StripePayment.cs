namespace PartnerPortal.Features.Purchases.Stripe;

/// <summary>A payment that Stripe told of. It is kept at once, and becomes a purchase when its client is known.</summary>
public sealed class StripePayment
{
    /// <summary>Given when an order's payment was kept.</summary>
    public const string OrderPaidSignal = "stripe-order-paid";

    private StripePayment()
    {
    }

    internal StripePayment(StripePaid paid, DateTime now)
    {
        (ExternalId, Account, ExternalAccount, Customer, Email) = (paid.Id, paid.Account, paid.ExternalAccount, paid.Customer, paid.Email);
        (Amount, Discount, Tax, Currency, Product) = (paid.Amount, paid.Discount, paid.Tax, paid.Currency, paid.Product);
        (OrderId, PaidUntil) = (paid.Order, paid.PaidUntil);
        OccurredAt = paid.OccurredAt < now ? paid.OccurredAt : now;
        ReceivedAt = TriedAt = now;
    }

    public long Id { get; private set; }

    /// <summary>Of the payment intent or the invoice; unique, and the purchase's.</summary>
    public string ExternalId { get; private set; } = "";

    /// <summary>The portal's order that it pays, and which knows what was bought; null for whatever was sold elsewhere.</summary>
    public long? OrderId { get; private set; }

    public long? Account { get; private set; }

    public string? ExternalAccount { get; private set; }

    public string? Customer { get; private set; }

    /// <summary>Erased once the client is known.</summary>
    public string? Email { get; private set; }

    /// <summary>Minor units, as in <see cref="Purchase"/>.</summary>
    public long Amount { get; private set; }

    public long Discount { get; private set; }

    public long Tax { get; private set; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private set; } = "";

    public string Product { get; private set; } = "";

    public DateTime OccurredAt { get; private set; }

    /// <summary>UTC; as in <see cref="StripePaid"/>.</summary>
    public DateTime? PaidUntil { get; private set; }

    public DateTime ReceivedAt { get; private set; }

    /// <summary>UTC; when its client was looked for the last time.</summary>
    public DateTime TriedAt { get; private set; }

    /// <summary>Why it is no purchase yet; null when it is one.</summary>
    public PurchaseProblem? Problem { get; private set; }

    /// <summary>Null while it is no purchase.</summary>
    public long? PurchaseId { get; private set; }

    /// <summary>What the client paid, with tax; minor units.</summary>
    public long Paid => Amount - Discount + Tax;

    /// <summary>Support says whose it is. It is a purchase of its own then, whichever order it named: that one was paid already, or is not there.</summary>
    internal void Name(long account) => (Account, OrderId) = (account, null);

    internal void Place(long purchaseId) => (PurchaseId, Problem, Email) = (purchaseId, null, null);

    internal void Wait(PurchaseProblem? problem, DateTime now) => (Problem, TriedAt) = (problem, now);
}

/// <summary>By which payment intent an invoice was paid.</summary>
public sealed class StripeInvoice
{
    private StripeInvoice()
    {
    }

    internal StripeInvoice(StripeInvoicePaid told) => (Invoice, PaymentIntent) = (told.Invoice, told.PaymentIntent);

    public long Id { get; private set; }

    public string Invoice { get; private set; } = "";

    public string PaymentIntent { get; private set; } = "";
}

/// <summary>What was refunded of a charge until now, or lost in a dispute.</summary>
public sealed class StripeTakeBack
{
    private StripeTakeBack()
    {
    }

    internal StripeTakeBack(StripeTaken told, DateTime now)
    {
        (ExternalId, PaymentIntent, Currency) = (told.Id, told.PaymentIntent, told.Currency);
        Tell(told, now);
    }

    public long Id { get; private set; }

    /// <summary>Of the charge or the dispute; unique.</summary>
    public string ExternalId { get; private set; } = "";

    public string PaymentIntent { get; private set; } = "";

    /// <summary>With tax; minor units. It only grows: of two events, the one that tells of more is the later one.</summary>
    public long Amount { get; private set; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private set; } = "";

    public DateTime OccurredAt { get; private set; }

    internal void Tell(StripeTaken told, DateTime now)
    {
        if (told.Amount > Amount)
        {
            (Amount, OccurredAt) = (told.Amount, told.OccurredAt < now ? told.OccurredAt : now);
        }
    }
}

/// <summary>Whose customer of Stripe that is, as metadata or support said once.</summary>
public sealed class StripeCustomer
{
    private StripeCustomer()
    {
    }

    internal StripeCustomer(string customer, long accountId) => (Customer, AccountId) = (customer, accountId);

    public long Id { get; private set; }

    public string Customer { get; private set; } = "";

    public long AccountId { get; private set; }
}
