namespace PartnerPortal.Features.Purchases.Stripe;

/// <summary>What an event tells, as far as it is of interest. Amounts are minor units of ISO 4217, times UTC.</summary>
public abstract record StripeFact;

/// <summary>Something was paid.</summary>
/// <param name="Id">The payment intent's for a one-off payment, the invoice's for a subscription: whatever else tells of the same payment has it too.</param>
/// <param name="Account">Our number of the client's account, by metadata; null when none is there.</param>
/// <param name="ExternalAccount">What another system calls it, by metadata.</param>
/// <param name="Customer">Stripe's id of the customer.</param>
/// <param name="Email">That the customer gave Stripe.</param>
/// <param name="Amount">Before discount and without tax.</param>
/// <param name="PaidUntil">Of a subscription: the end of the last period that the invoice bills; null when there is none after the payment.</param>
/// <param name="Order">The portal's own order that was paid; null for whatever was sold elsewhere.</param>
public sealed record StripePaid(
    string Id, long? Account, string? ExternalAccount, string? Customer, string? Email, long Amount, long Discount, long Tax, string Currency, string Product, DateTime OccurredAt,
    long? Order = null, DateTime? PaidUntil = null) : StripeFact;

/// <summary>An invoice was paid by that payment intent: charges name only the latter.</summary>
public sealed record StripeInvoicePaid(string Invoice, string PaymentIntent) : StripeFact;

/// <summary>So much of what a payment intent brought is gone again.</summary>
/// <param name="Id">Of the charge that was refunded, or of the dispute that was lost.</param>
/// <param name="Amount">With tax. Of a charge: over all its refunds until now.</param>
public sealed record StripeTaken(string Id, string PaymentIntent, long Amount, string Currency, DateTime OccurredAt) : StripeFact;
