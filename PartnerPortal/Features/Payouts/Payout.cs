using PartnerPortal.Identity;

namespace PartnerPortal.Features.Payouts;

public enum PayoutState
{
    /// <summary>Waits for a second person.</summary>
    Requested,

    /// <summary>Goes out with the next bank file.</summary>
    Approved,

    /// <summary>Is in a bank file; the bank has not answered.</summary>
    Exported,

    Paid,

    /// <summary>Was declined, or the bank sent it back: the money is available again.</summary>
    Failed,

    /// <summary>Who asked took it back before anybody approved it: the money is available again.</summary>
    Withdrawn,
}

/// <summary>Money on its way from a wallet to the partner's bank. Where it stands in the books follows from its state, in the same transaction.</summary>
public sealed class Payout
{
    public const int ReasonLength = 500;

    private Payout()
    {
    }

    /// <param name="accountId">The partner's.</param>
    /// <param name="currency">ISO 4217.</param>
    /// <param name="amount">Minor units, positive.</param>
    /// <param name="sealedPayee">Where it goes, as it was at this moment; see <see cref="PayeeVault"/>.</param>
    /// <param name="actor">Who asked for it; the portal itself for a monthly one.</param>
    /// <param name="period">The month of a monthly one.</param>
    /// <param name="now">UTC.</param>
    internal Payout(long accountId, string currency, long amount, byte[] sealedPayee, Actor actor, string? period, DateTime now)
    {
        (AccountId, Currency, Amount, SealedPayee) = (accountId, currency, amount, sealedPayee);
        (RequestedAt, RequestedByUserId, RequestedByName, Period) = (now, actor.UserId, actor.Name, period);
    }

    public long Id { get; private set; }

    public long AccountId { get; private set; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>Minor units, positive.</summary>
    public long Amount { get; private set; }

    public PayoutState State { get; private set; }

    /// <summary>A change of the account's details later does not turn the money aside.</summary>
    public byte[] SealedPayee { get; private set; } = [];

    /// <summary>UTC.</summary>
    public DateTime RequestedAt { get; private set; }

    /// <summary>Null when the portal itself made it.</summary>
    public long? RequestedByUserId { get; private set; }

    public string RequestedByName { get; private set; } = "";

    /// <summary>"2026-11" when it was made by the month: there is one of a month, wallet and currency. Null when it was asked for.</summary>
    public string? Period { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime? ApprovedAt { get; private set; }

    public long? ApprovedByUserId { get; private set; }

    /// <summary>Empty when the program asks for no second person.</summary>
    public string ApprovedByName { get; private set; } = "";

    public long? BatchId { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime? ExportedAt { get; private set; }

    /// <summary>UTC; when it was paid, failed or was withdrawn.</summary>
    public DateTime? ClosedAt { get; private set; }

    public string ClosedByName { get; private set; } = "";

    /// <summary>In staff's words; the partner reads it. Null unless it failed.</summary>
    public string? FailureReason { get; private set; }

    /// <summary>UTC; its last step.</summary>
    public DateTime ChangedAt => ClosedAt ?? ExportedAt ?? ApprovedAt ?? RequestedAt;

    private bool IsOpen => State is PayoutState.Requested or PayoutState.Approved or PayoutState.Exported;

    /// <summary>More became available while it was made: it takes that too.</summary>
    internal void Hold(long amount) => Amount = amount;

    /// <summary>False when it waits for nobody.</summary>
    public bool Approve(Actor actor, DateTime now)
    {
        if (State is not PayoutState.Requested)
        {
            return false;
        }

        (State, ApprovedAt, ApprovedByUserId, ApprovedByName) = (PayoutState.Approved, now, actor.UserId, actor.UserId is null ? "" : actor.Name);
        return true;
    }

    /// <summary>False unless it was approved and is in no file yet.</summary>
    public bool Export(long batchId, DateTime now)
    {
        if (State is not PayoutState.Approved)
        {
            return false;
        }

        (State, BatchId, ExportedAt) = (PayoutState.Exported, batchId, now);
        return true;
    }

    /// <summary>False unless it is in a bank file.</summary>
    public bool Pay(Actor actor, DateTime now)
    {
        if (State is not PayoutState.Exported)
        {
            return false;
        }

        (State, ClosedAt, ClosedByName) = (PayoutState.Paid, now, actor.Name);
        return true;
    }

    /// <summary>False unless it was asked for and waits for approval still.</summary>
    public bool Withdraw(Actor actor, DateTime now)
    {
        if (State is not PayoutState.Requested || Period is not null)
        {
            return false;
        }

        (State, ClosedAt, ClosedByName) = (PayoutState.Withdrawn, now, actor.Name);
        return true;
    }

    /// <summary>False when it is closed already.</summary>
    public bool Fail(string reason, Actor actor, DateTime now)
    {
        if (!IsOpen)
        {
            return false;
        }

        (State, ClosedAt, ClosedByName, FailureReason) = (PayoutState.Failed, now, actor.Name, reason);
        return true;
    }
}

/// <summary>How people and banks call a payout: "P-000012".</summary>
public static class PayoutNumber
{
    public static string Write(long id) => FormattableString.Invariant($"P-{id:D6}");
}
