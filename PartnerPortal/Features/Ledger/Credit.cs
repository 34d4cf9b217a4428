namespace PartnerPortal.Features.Ledger;

public enum CreditKind
{
    /// <summary>Given by an automation or by the owner.</summary>
    Bonus,

    /// <summary>What another system owed the partner when it moved in.</summary>
    OpeningBalance,
}

/// <summary>
/// That a wallet was given something that no purchase earned. A recorded fact: never changed, once for its key, and posted in the same transaction; what it gives can be paid out at once, as
/// nothing that could still be refunded is behind it.
/// </summary>
public sealed class Credit
{
    public const int ReasonLength = 200;
    public const int KeyLength = 120;
    public const int BudgetKeyLength = 100;

    private Credit()
    {
    }

    internal Credit(CreditKind kind, long accountId, long amount, string currency, string reason, string key, DateTime occurredAt) =>
        (Kind, AccountId, Amount, Currency, Reason, Key, OccurredAt) = (kind, accountId, amount, currency, reason, key, occurredAt);

    public long Id { get; private set; }

    public CreditKind Kind { get; private set; }

    /// <summary>Whose wallet.</summary>
    public long AccountId { get; private set; }

    /// <summary>Minor units, positive.</summary>
    public long Amount { get; private set; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>Why, in words that the partner reads.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Unique: what asks again with it is given nothing more.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The <see cref="CreditBudget"/> it was taken from; null for none.</summary>
    public string? BudgetKey { get; internal init; }

    /// <summary>The automation that gave it; null when none did.</summary>
    public long? AutomationId { get; internal init; }

    /// <summary>Who of staff gave it; null when the portal did.</summary>
    public long? ByUserId { get; internal init; }

    /// <summary>UTC; of which day it is: an opening balance's may be long ago.</summary>
    public DateTime OccurredAt { get; private set; }

    /// <summary>UTC; when it was posted.</summary>
    public DateTime At { get; private set; }

    /// <summary>Whether it gives the same to the same; why is told in other words when the owner changes them.</summary>
    internal bool GivesWhat(Credit other) => (Kind, AccountId, Amount, Currency) == (other.Kind, other.AccountId, other.Amount, other.Currency);
}

/// <summary>How much was taken from a budget so far. One statement adds what fits and refuses what does not, so that it is never exceeded, however many ask at once.</summary>
public sealed class CreditBudget
{
    private CreditBudget()
    {
    }

    public string Key { get; private set; } = "";

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>Minor units.</summary>
    public long Spent { get; private set; }
}
