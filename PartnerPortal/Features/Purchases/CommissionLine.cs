using PartnerPortal.Features.Commissions;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>What a partner gets by a purchase, as all facts known now have it, with all that explains it. The ledger holds how it came to that.</summary>
public sealed class CommissionLine
{
    private CommissionLine()
    {
    }

    internal CommissionLine(Purchase purchase, long partnerId) =>
        (PurchaseId, PartnerId, ClientId, Month, Currency, Base, HeldUntil) =
        (purchase.Id, partnerId, purchase.ClientId, CalendarMonth.Of(purchase.OccurredAt).Number, purchase.Currency, purchase.Base, purchase.OccurredAt);

    public long Id { get; private set; }

    public long PurchaseId { get; private set; }

    public long PartnerId { get; private set; }

    /// <summary>Who bought; here too, so that a wallet can be looked through by client.</summary>
    public long ClientId { get; private set; }

    /// <summary>When it was bought (UTC), as <see cref="CalendarMonth.Number"/>; likewise.</summary>
    public int Month { get; private set; }

    public int Level { get; private set; }

    public ShareReason Reason { get; private set; }

    public ShareCap? Cap { get; private set; }

    /// <summary>The rate, when it is a share.</summary>
    public int? BasisPoints { get; private set; }

    /// <summary>The rate in minor units, when it is fixed.</summary>
    public long? Fixed { get; private set; }

    /// <summary>The purchase's; ISO 4217.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>What it is reckoned on; minor units.</summary>
    public long Base { get; private set; }

    /// <summary>What the rate alone gives; minor units.</summary>
    public long BeforeCaps { get; private set; }

    /// <summary>Minor units.</summary>
    public long Granted { get; private set; }

    /// <summary>Minor units that refunds took back of it.</summary>
    public long Reversed { get; private set; }

    /// <summary>UTC; the end of the holding period.</summary>
    public DateTime HeldUntil { get; private set; }

    /// <summary>UTC; when it became available. Null while it is held.</summary>
    public DateTime? ReleasedAt { get; private set; }

    /// <summary>
    /// Minor units of it that payouts brought, less what a later payout kept back because a refund had taken it: so that over all lines it sums to what the wallet was paid.
    /// More than <see cref="Net"/> while a refund after payment waits to be made up for.
    /// </summary>
    public long Paid { get; private set; }

    /// <summary>UTC; the latest payout of it. Null when there was none.</summary>
    public DateTime? PaidAt { get; private set; }

    public long? PlanVersionId { get; private set; }

    public long Net => Granted - Reversed;

    internal void Set(Share share, long reversed, PlanVersion? version, DateTime heldUntil)
    {
        (Level, Reason, Cap) = (share.Level, share.Reason, share.Cap);
        (BasisPoints, Fixed, BeforeCaps) = (share.BasisPoints, share.Fixed, share.BeforeCaps);
        (Granted, Reversed) = (share.Amount, reversed);
        (PlanVersionId, HeldUntil) = (version?.Id, heldUntil);
    }

    internal void TakeBack(long reversed) => Reversed = reversed;

    internal void HoldAgain() => ReleasedAt = null;

    internal void Release(DateTime now) => ReleasedAt ??= now;
}
