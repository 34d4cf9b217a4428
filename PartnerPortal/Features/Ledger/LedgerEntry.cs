namespace PartnerPortal.Features.Ledger;

/// <summary>The accounts of the books.</summary>
public enum LedgerAccount
{
    /// <summary>What commissions cost the program. Has no owner.</summary>
    ProgramCost,

    /// <summary>A partner's earnings whose holding period runs.</summary>
    Pending,

    /// <summary>A partner's earnings that can be paid out. May be negative: later earnings fill it.</summary>
    Available,

    /// <summary>On its way to the partner: a payout was requested and is neither paid nor failed.</summary>
    InPayout,

    /// <summary>What a partner was paid.</summary>
    Paid,
}

/// <summary>One side of a transaction. Never updated or deleted; the database refuses it.</summary>
public sealed class LedgerEntry
{
    private LedgerEntry()
    {
    }

    internal LedgerEntry(LedgerPlace place, string currency, long amount) =>
        (Account, OwnerId, Currency, Amount) = (place.Account, place.OwnerId, currency, amount);

    public long Id { get; private set; }

    public long TransactionId { get; private set; }

    public LedgerAccount Account { get; private set; }

    /// <summary>The partner's account; null for the program's own.</summary>
    public long? OwnerId { get; private set; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>Minor units, never zero: positive when it comes to this place, negative when it leaves.</summary>
    public long Amount { get; private set; }

    internal void BelongTo(LedgerTransaction transaction) => TransactionId = transaction.Id;
}
