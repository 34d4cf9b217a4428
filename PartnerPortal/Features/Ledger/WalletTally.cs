namespace PartnerPortal.Features.Ledger;

/// <summary>
/// What came to a wallet in a month, so that no page sums its entries. Triggers of the database keep it, in the transaction that posts; nothing else writes it. The
/// amount is the sum over all slots: on PostgreSQL each connection counts in one of its own, so that two transactions never wait for each other here.
/// </summary>
public sealed class WalletTally
{
    private WalletTally()
    {
    }

    public long OwnerId { get; private set; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private set; } = "";

    public LedgerAccount Account { get; private set; }

    /// <summary>When it was posted (UTC), as <see cref="Shared.CalendarMonth.Number"/>.</summary>
    public int Month { get; private set; }

    public int Slot { get; private set; }

    /// <summary>Minor units; any sign.</summary>
    public long Amount { get; private set; }
}
