namespace PartnerPortal.Features.Purchases;

/// <summary>What became of a purchase, told in one word; the lines tell the rest.</summary>
public enum PurchaseOutcome
{
    /// <summary>The buyer was nobody's client at that time: kept, and earns nothing.</summary>
    NoPartner,

    /// <summary>The partner had no commission plan at that time.</summary>
    NoPlan,

    /// <summary>A plan counted, and gave nobody anything; each line says why.</summary>
    EarnsNothing,

    Earns,
}

/// <summary>That a client bought something, as one source told it. What was told never changes; what it earns follows from all facts known.</summary>
public sealed class Purchase
{
    public const int ExternalIdLength = 100;
    public const int ProductLength = 100;

    private Purchase()
    {
    }

    /// <param name="request">What was told.</param>
    /// <param name="clientId">Who bought.</param>
    /// <param name="paidUntil">UTC; as it was told, or else by the plan's period.</param>
    /// <param name="bodyHash">Of the request.</param>
    /// <param name="now">UTC.</param>
    internal Purchase(PurchaseRequest request, long clientId, DateTime? paidUntil, string bodyHash, DateTime now)
    {
        Source = request.Source;
        ExternalId = request.ExternalId;
        ClientId = clientId;
        Amount = request.Amount;
        Discount = request.Discount;
        Tax = request.Tax;
        Currency = request.Currency;
        Product = request.Product;
        OccurredAt = request.OccurredAt < now ? request.OccurredAt : now;
        PaidUntil = paidUntil;
        ReceivedAt = now;
        BodyHash = bodyHash;
    }

    public long Id { get; private set; }

    /// <summary>Who told it: one of <see cref="PurchaseSources"/>.</summary>
    public string Source { get; private set; } = "";

    /// <summary>What the source calls it; unique with the source.</summary>
    public string ExternalId { get; private set; } = "";

    public long ClientId { get; private set; }

    /// <summary>The price in minor units, before discount and without tax.</summary>
    public long Amount { get; private set; }

    /// <summary>Taken off the amount; minor units.</summary>
    public long Discount { get; private set; }

    /// <summary>On top, and no part of what commissions are reckoned on; minor units.</summary>
    public long Tax { get; private set; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private set; } = "";

    public string Product { get; private set; } = "";

    /// <summary>UTC; never after it was received.</summary>
    public DateTime OccurredAt { get; private set; }

    /// <summary>UTC; the end of what was paid for. Null for what is bought once.</summary>
    public DateTime? PaidUntil { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime ReceivedAt { get; private set; }

    /// <summary>Of the request that made it, see <see cref="RequestHash"/>.</summary>
    public string BodyHash { get; private set; } = "";

    /// <summary>The level-1 partner; null when there was none.</summary>
    public long? PartnerId { get; private set; }

    public long? PlanVersionId { get; private set; }

    public PurchaseOutcome Outcome { get; private set; }

    /// <summary>What was given back of <see cref="Base"/>; minor units.</summary>
    public long Refunded { get; private set; }

    /// <summary>UTC; since when its lines stand in the books. Null only within the transaction that records it.</summary>
    public DateTime? SettledAt { get; private set; }

    /// <summary>What commissions are reckoned on: after discount, without tax.</summary>
    public long Base => Amount - Discount;

    /// <summary>By effective time, then by what the source called it: the same whatever came first.</summary>
    public static int InOrder(Purchase left, Purchase right)
    {
        var byTime = left.OccurredAt.CompareTo(right.OccurredAt);
        var bySource = byTime != 0 ? byTime : string.CompareOrdinal(left.Source, right.Source);
        return bySource != 0 ? bySource : string.CompareOrdinal(left.ExternalId, right.ExternalId);
    }

    /// <summary>Whether a request tells the same facts again, in whichever words it names the client.</summary>
    internal bool Tells(PurchaseRequest request, long clientId) =>
        ClientId == clientId && Amount == request.Amount && Discount == request.Discount && Tax == request.Tax && Currency == request.Currency && Product == request.Product
        && (request.PaidUntil is null || request.PaidUntil == PaidUntil)
        && (OccurredAt == request.OccurredAt || (OccurredAt == ReceivedAt && request.OccurredAt > OccurredAt));

    internal void Settle(PurchaseOutcome outcome, long? partnerId, long? planVersionId, DateTime now) =>
        (Outcome, PartnerId, PlanVersionId, SettledAt) = (outcome, partnerId, planVersionId, SettledAt ?? now);

    internal void TakeRefunds(long refunded) => Refunded = refunded;
}

/// <summary>Who can tell of purchases. A source's ids are its own.</summary>
public static class PurchaseSources
{
    public const string Api = "api";

    /// <summary>Support entered it.</summary>
    public const string Hand = "hand";

    /// <summary>An order in the portal that was paid; its ids are the numbers of invoices.</summary>
    public const string Portal = "portal";

    /// <summary>Support brought it in by a file.</summary>
    public const string Csv = "csv";

    /// <summary>Stripe's webhooks.</summary>
    public const string Stripe = "stripe";

    public const int Length = 32;
}
