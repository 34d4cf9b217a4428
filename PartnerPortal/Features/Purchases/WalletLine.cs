using PartnerPortal.Features.Commissions;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>Where the money of a line stands.</summary>
public enum WalletLineState
{
    Held,
    /// <summary>Some of it waits for a payout.</summary>
    Available,

    /// <summary>A payout that contains all of it was paid.</summary>
    Paid,

    /// <summary>Earned, and wholly taken back by refunds.</summary>
    TakenBack,

    /// <summary>Nothing was earned.</summary>
    Nothing,
}

/// <summary>What one purchase gave the partner, and all that explains it. Amounts are minor units, times UTC.</summary>
/// <param name="At">When the client bought.</param>
/// <param name="Client">Initials: the wallet names nobody, whatever was agreed with whom.</param>
/// <param name="Price">Before discount and tax.</param>
/// <param name="Refunded">Of the base.</param>
/// <param name="PaidOut">By payouts, also what was taken back since.</param>
/// <param name="PaidAt">The latest of them.</param>
/// <param name="Plan">Null when none was in force.</param>
/// <param name="Rules">Of that version.</param>
/// <param name="IsUnderReview">Support looks at the purchase: until it has decided, what is not paid is not paid out.</param>
public sealed record WalletLine(
    long Id, DateTime At, string Client, string Product, string Currency, int Level, ShareReason Reason, ShareCap? Cap, int? BasisPoints, long? Fixed, long Price, long Discount, long Base,
    long Refunded, long BeforeCaps, long Granted, long Reversed, DateTime HeldUntil, DateTime? ReleasedAt, long PaidOut, DateTime? PaidAt, string? Plan, int? Version, PlanRules? Rules, bool IsUnderReview)
{
    public long Net => Granted - Reversed;

    public WalletLineState State => this switch
    {
        { Granted: 0 } => WalletLineState.Nothing,
        { Net: 0 } => WalletLineState.TakenBack,
        { ReleasedAt: null } => WalletLineState.Held,
        _ => PaidOut < Net ? WalletLineState.Available : WalletLineState.Paid,
    };
}

/// <summary>What a month's purchases come to in one currency and state.</summary>
/// <param name="Month">When the clients bought (UTC).</param>
/// <param name="Net">Minor units.</param>
public sealed record MonthEarnings(string Currency, CalendarMonth Month, WalletLineState State, int Count, long Net);

/// <summary>One of a partner's own clients, by what it brought.</summary>
/// <param name="RecordId">Its line in the list of clients.</param>
/// <param name="Name">As the list shows it.</param>
/// <param name="Net">Minor units.</param>
public sealed record TopClient(long RecordId, string Name, string Currency, long Net);
