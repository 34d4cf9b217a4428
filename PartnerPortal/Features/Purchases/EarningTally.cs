namespace PartnerPortal.Features.Purchases;

/// <summary>How many lines of a state a partner has of a month's purchases, and what they come to; kept as <see cref="Ledger.WalletTally"/> is.</summary>
public sealed class EarningTally
{
    private EarningTally()
    {
    }

    public long PartnerId { get; private set; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>When the client bought (UTC), as <see cref="Shared.CalendarMonth.Number"/>.</summary>
    public int Month { get; private set; }

    public WalletLineState State { get; private set; }

    public int Slot { get; private set; }

    /// <summary>May be negative in one slot; the sum never is.</summary>
    public int Count { get; private set; }

    /// <summary>Minor units; likewise.</summary>
    public long Net { get; private set; }
}
