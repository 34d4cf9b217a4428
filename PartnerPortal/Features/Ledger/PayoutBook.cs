using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Features.Ledger;

/// <summary>An entry that a payout pays, or that diminishes it.</summary>
/// <param name="At">UTC; when it was posted.</param>
/// <param name="PurchaseId">The purchase it is of; null when it came back from a payout.</param>
/// <param name="PayoutId">The payout it came back from.</param>
/// <param name="Amount">Minor units; negative when it was taken back.</param>
/// <param name="Reason">Why it was given, when it is of no purchase and no payout.</param>
public sealed record ClaimedEntry(long Id, DateTime At, LedgerKind Kind, long? PurchaseId, long? PayoutId, long Amount, string? Reason);

/// <summary>What the books hold of a payout, in minor units.</summary>
/// <param name="OwnerId">Whose entries; null when they are of several.</param>
/// <param name="Currency">Theirs; null when there are several.</param>
/// <param name="Claimed">The sum of its claims, its own entry left out.</param>
public sealed record PayoutSums(long PayoutId, long? OwnerId, string? Currency, long Available, long InPayout, long Paid, long Claimed);

/// <summary>The part of the books that payouts move. The caller holds the account's payout lock.</summary>
public static class PayoutBook
{
    /// <summary>What can be paid out; negative when more was taken back than earned since. Minor units.</summary>
    public static Task<long> AvailableAsync(PortalDbContext db, long ownerId, string currency, CancellationToken ct) =>
        db.LedgerEntries.Where(e => e.OwnerId == ownerId && e.Currency == currency && e.Account == LedgerAccount.Available).SumAsync(e => e.Amount, ct);

    /// <summary>The currencies in which a wallet has anything available.</summary>
    public static async Task<IReadOnlyList<string>> CurrenciesAsync(PortalDbContext db, long ownerId, CancellationToken ct) =>
        await db.LedgerEntries.Where(e => e.OwnerId == ownerId && e.Account == LedgerAccount.Available)
            .GroupBy(e => e.Currency).Where(g => g.Sum(e => e.Amount) > 0).Select(g => g.Key).OrderBy(c => c).ToListAsync(ct);

    /// <summary>Gives a payout all entries of the available money that no payout has yet.</summary>
    /// <returns>Their sum; minor units.</returns>
    public static async Task<long> ClaimAsync(PortalTransaction work, long payoutId, long ownerId, string currency, CancellationToken ct)
    {
        await work.Db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "LedgerClaims" ("Id", "PayoutId")
            SELECT e."Id", {payoutId} FROM "LedgerEntries" e
            WHERE e."OwnerId" = {ownerId} AND e."Currency" = {currency} AND e."Account" = 'Available' AND NOT EXISTS (SELECT 1 FROM "LedgerClaims" c WHERE c."Id" = e."Id")
            """, ct);
        return await Claimed(work.Db, payoutId).SumAsync(e => e.Amount, ct);
    }

    /// <summary>Takes what was claimed out of the available money.</summary>
    public static async Task TakeAsync(PortalTransaction work, long payoutId, Posting posting, CancellationToken ct)
    {
        var transaction = LedgerBook.Post(work, LedgerKind.PayoutRequested, LedgerSubject.OfPayout(payoutId), [posting])!;
        await work.SaveAsync(ct);
        await work.Db.Database.ExecuteSqlAsync(
            $"""INSERT INTO "LedgerClaims" ("Id", "PayoutId") SELECT e."Id", {payoutId} FROM "LedgerEntries" e WHERE e."TransactionId" = {transaction.Id} AND e."Account" = 'Available'""", ct);
    }

    /// <summary>What a payout pays, the oldest first; its own entry is left out.</summary>
    public static async Task<IReadOnlyList<ClaimedEntry>> LinesAsync(PortalDbContext db, long payoutId, CancellationToken ct) => await (
        from e in Claimed(db, payoutId)
        join t in db.LedgerTransactions on e.TransactionId equals t.Id
        join c in db.Credits on t.CreditId equals (long?)c.Id into credits
        from c in credits.DefaultIfEmpty()
        where t.PayoutId != payoutId || t.PayoutId == null
        orderby e.Id
        select new ClaimedEntry(e.Id, t.At, t.Kind, t.PurchaseId, t.PayoutId, e.Amount, c.Reason)).ToListAsync(ct);

    /// <summary>What the books hold of some payouts; those of which they hold nothing are not among them.</summary>
    public static async Task<IReadOnlyDictionary<long, PayoutSums>> SumsAsync(PortalDbContext db, IReadOnlyCollection<long> payoutIds, CancellationToken ct)
    {
        var posted = await (
            from e in db.LedgerEntries
            join t in db.LedgerTransactions on e.TransactionId equals t.Id
            where t.PayoutId != null && payoutIds.Contains(t.PayoutId.Value)
            group e by new { t.PayoutId, e.OwnerId, e.Currency, e.Account } into g
            select new { g.Key.PayoutId, g.Key.OwnerId, g.Key.Currency, g.Key.Account, Sum = g.Sum(e => e.Amount) }).ToListAsync(ct);
        var claimed = await (
            from c in db.LedgerClaims
            join e in db.LedgerEntries on c.Id equals e.Id
            join t in db.LedgerTransactions on e.TransactionId equals t.Id
            where payoutIds.Contains(c.PayoutId) && (t.PayoutId == null || t.PayoutId != c.PayoutId)
            group e by new { c.PayoutId, e.OwnerId, e.Currency } into g
            select new { g.Key.PayoutId, g.Key.OwnerId, g.Key.Currency, Sum = g.Sum(e => e.Amount) }).ToListAsync(ct);
        var of = claimed.ToLookup(c => c.PayoutId);
        return posted.GroupBy(p => p.PayoutId!.Value).ToDictionary(g => g.Key, g =>
        {
            long Sum(LedgerAccount account) => g.Where(p => p.Account == account).Sum(p => p.Sum);
            var owners = g.Select(p => p.OwnerId).Concat(of[g.Key].Select(c => c.OwnerId)).Distinct().ToList();
            var currencies = g.Select(p => p.Currency).Concat(of[g.Key].Select(c => c.Currency)).Distinct().ToList();
            return new PayoutSums(g.Key, owners is [var owner] ? owner : null, currencies is [var currency] ? currency : null,
                Sum(LedgerAccount.Available), Sum(LedgerAccount.InPayout), Sum(LedgerAccount.Paid), of[g.Key].Sum(c => c.Sum));
        });
    }

    /// <summary>Transactions that move payouts' money and are of no payout, or of one that is not there; the first ones. There are none unless somebody changed the database itself.</summary>
    public static async Task<IReadOnlyList<long>> StraysAsync(PortalDbContext db, IQueryable<long> payoutIds, int most, CancellationToken ct) =>
        await db.LedgerTransactions
            .Where(t => t.PayoutId == null
                ? t.Entries.Any(e => e.Account == LedgerAccount.InPayout || e.Account == LedgerAccount.Paid)
                : !payoutIds.Contains(t.PayoutId.Value))
            .OrderBy(t => t.Id).Select(t => t.Id).Take(most).ToListAsync(ct);

    private static IQueryable<LedgerEntry> Claimed(PortalDbContext db, long payoutId) =>
        from c in db.LedgerClaims
        join e in db.LedgerEntries on c.Id equals e.Id
        where c.PayoutId == payoutId
        select e;
}
