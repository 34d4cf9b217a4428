using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

public enum PurchaseProblem
{
    ExternalIdMissing,
    ExternalIdTooLong,

    /// <summary>It looks like one of our own ids, or holds control characters.</summary>
    ExternalIdReserved,
    ClientMissing,
    ClientUnknown,

    /// <summary>The e-mail belongs to several accounts.</summary>
    ClientAmbiguous,
    UnknownCurrency,
    NotPositive,
    Negative,
    TooLarge,
    DiscountAboveAmount,
    ProductMissing,
    ProductTooLong,
    InFuture,
    TooOld,

    /// <summary>Paid until before it was bought.</summary>
    PaidUntilTooEarly,

    /// <summary>Paid until more than <see cref="PaidTerm.MostYears"/> years later.</summary>
    PaidUntilTooLate,
    KeyTooLong,
    PurchaseUnknown,

    /// <summary>A refund in another currency than its purchase.</summary>
    OtherCurrency,
}

/// <summary>What was sent cannot be recorded; nothing was.</summary>
/// <param name="OnField">The member of the request.</param>
public sealed record PurchaseRefused(PurchaseProblem Kind, string OnField) : Error
{
    public override string Field => OnField;
}

/// <summary>The external id or the idempotency key was used before, with another content.</summary>
/// <param name="OnField">Which of the two.</param>
public sealed record PurchaseKeyUsed(string OnField) : Error
{
    public override string Field => OnField;
}

/// <summary>The refund is larger than what is left.</summary>
/// <param name="Left">Minor units that can still be refunded.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record RefundTooLarge(long Left, string Currency) : Error
{
    public override string Field => nameof(RefundRequest.Amount);
}
