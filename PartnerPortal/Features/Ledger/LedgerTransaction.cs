using System.Runtime.InteropServices;

namespace PartnerPortal.Features.Ledger;

public enum LedgerKind
{
    /// <summary>What a purchase earns.</summary>
    Commission,

    /// <summary>Taken back, as the purchase was refunded.</summary>
    Reversal,

    /// <summary>A fact came late, and what was posted before is put right.</summary>
    Correction,

    /// <summary>Staff moved it to another partner, or back.</summary>
    Moved,

    /// <summary>It is under review: from available back to pending.</summary>
    Held,

    /// <summary>Support voided it after a review.</summary>
    Voided,

    /// <summary>The holding period is over: from pending to available.</summary>
    Release,

    /// <summary>A bonus was given.</summary>
    Bonus,

    /// <summary>What another system owed when the partner moved in.</summary>
    OpeningBalance,

    /// <summary>From available to in payout.</summary>
    PayoutRequested,

    /// <summary>From in payout to paid.</summary>
    PayoutPaid,

    /// <summary>The payout failed: from in payout back to available.</summary>
    PayoutReturned,
}

/// <summary>Where money lies: one of the accounts, of one owner.</summary>
/// <param name="Account">Which of its accounts.</param>
/// <param name="OwnerId">The partner's account; null only for <see cref="LedgerAccount.ProgramCost"/>.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LedgerPlace(LedgerAccount Account, long? OwnerId)
{
    public static readonly LedgerPlace Program = new(LedgerAccount.ProgramCost, null);

    public static LedgerPlace Pending(long partnerId) => new(LedgerAccount.Pending, partnerId);

    public static LedgerPlace Available(long partnerId) => new(LedgerAccount.Available, partnerId);

    public static LedgerPlace InPayout(long partnerId) => new(LedgerAccount.InPayout, partnerId);

    public static LedgerPlace Paid(long partnerId) => new(LedgerAccount.Paid, partnerId);
}

/// <summary>An amount that moves from one place to another.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Amount">Minor units, positive.</param>
public sealed record Posting(LedgerPlace From, LedgerPlace To, string Currency, long Amount);

/// <summary>What a transaction is about.</summary>
/// <param name="PurchaseId">The purchase whose money it is; null when it is of none.</param>
/// <param name="RefundId">The refund that caused it.</param>
/// <param name="ReversesId">The transaction that is taken back, wholly or in part.</param>
/// <param name="PayoutId">The payout whose money it is; null when it is of none.</param>
/// <param name="CreditId">What it posts; null when it posts no <see cref="Credit"/>.</param>
public sealed record LedgerSubject(long? PurchaseId, long? RefundId = null, long? ReversesId = null, long? PayoutId = null, long? CreditId = null)
{
    public static LedgerSubject OfCredit(long id) => new(null, CreditId: id);

    public static LedgerSubject OfPayout(long id) => new(null, PayoutId: id);
}

/// <summary>Entries that belong together and balance to zero in each currency. Never changed: taking back is a new one.</summary>
public sealed class LedgerTransaction
{
    private readonly List<LedgerEntry> _entries = [];

    private LedgerTransaction()
    {
    }

    public long Id { get; private set; }

    /// <summary>UTC; when it was posted.</summary>
    public DateTime At { get; private set; }

    public LedgerKind Kind { get; private set; }

    public long? PurchaseId { get; private set; }

    public long? RefundId { get; private set; }

    public long? ReversesId { get; private set; }

    public long? PayoutId { get; private set; }

    public long? CreditId { get; private set; }

    public IReadOnlyCollection<LedgerEntry> Entries => _entries;

    /// <summary>Made of postings, so that it balances whatever they are; entries of the same place are drawn together.</summary>
    /// <exception cref="ArgumentException">There is nothing to post, or a posting is not positive or goes nowhere.</exception>
    public static LedgerTransaction Of(LedgerKind kind, LedgerSubject subject, IReadOnlyCollection<Posting> postings, DateTime now)
    {
        if (postings.Count == 0 || postings.Any(p => p.Amount <= 0 || p.From == p.To || p.Currency.Length != 3 || !IsOwned(p.From) || !IsOwned(p.To)))
        {
            throw new ArgumentException("A transaction needs postings, each of a positive amount from one place to another.", nameof(postings));
        }

        var transaction = new LedgerTransaction { At = now, Kind = kind, PurchaseId = subject.PurchaseId, RefundId = subject.RefundId, ReversesId = subject.ReversesId, PayoutId = subject.PayoutId, CreditId = subject.CreditId };
        var sides = postings.SelectMany(p => new[] { (Place: p.From, p.Currency, Amount: checked(-p.Amount)), (Place: p.To, p.Currency, p.Amount) });
        foreach (var side in sides.GroupBy(s => (s.Place, s.Currency)))
        {
            var amount = side.Aggregate(0L, (sum, s) => checked(sum + s.Amount));
            if (amount != 0)
            {
                transaction._entries.Add(new LedgerEntry(side.Key.Place, side.Key.Currency, amount));
            }
        }

        return transaction;
    }

    private static bool IsOwned(LedgerPlace place) => place.Account is LedgerAccount.ProgramCost == place.OwnerId is null;
}
