using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Features.Ledger;

/// <summary>Writes the books: the only way in which money moves. The caller holds the lock on what the money is of.</summary>
public static class LedgerBook
{
    /// <summary>Posts a transaction with the change that caused it. Nothing is posted when nothing moves.</summary>
    /// <returns>Null when there were no postings.</returns>
    public static LedgerTransaction? Post(PortalTransaction work, LedgerKind kind, LedgerSubject subject, IReadOnlyCollection<Posting> postings)
    {
        if (postings.Count == 0)
        {
            return null;
        }

        var transaction = LedgerTransaction.Of(kind, subject, postings, work.Now);
        work.Db.LedgerTransactions.Add(transaction);
        Signal(work, postings);
        return transaction;
    }

    /// <summary>The same of many of a kind at once, past the change tracker; the caller adds the audit entries, and saves or commits before anybody reads them.</summary>
    public static async Task PostAsync(PortalTransaction work, LedgerKind kind, IEnumerable<(LedgerSubject Subject, IReadOnlyCollection<Posting> Postings)> all, CancellationToken ct)
    {
        var moving = all.Where(x => x.Postings.Count > 0).ToList();
        var transactions = moving.ConvertAll(x => LedgerTransaction.Of(kind, x.Subject, x.Postings, work.Now));
        await work.InsertSoonWithIdsAsync(transactions, ct);
        foreach (var transaction in transactions)
        {
            foreach (var entry in transaction.Entries)
            {
                entry.BelongTo(transaction);
            }
        }

        await work.InsertSoonAsync([.. transactions.SelectMany(t => t.Entries)], ct);
        Signal(work, moving.SelectMany(x => x.Postings));
    }

    private static void Signal(PortalTransaction work, IEnumerable<Posting> postings)
    {
        foreach (var owner in postings.SelectMany(p => new[] { p.From.OwnerId, p.To.OwnerId }).OfType<long>().Distinct())
        {
            work.Signal(WalletQueries.ChannelOf(owner));
        }
    }

    /// <summary>The transaction by which a purchase first earned; null when it never did.</summary>
    public static Task<long?> FirstCommissionAsync(PortalDbContext db, long purchaseId, CancellationToken ct) =>
        db.LedgerTransactions.Where(t => t.PurchaseId == purchaseId && t.Kind == LedgerKind.Commission).OrderBy(t => t.Id).Select(t => (long?)t.Id).FirstOrDefaultAsync(ct);

    /// <summary>What each wallet holds of some purchases: pending and available, in minor units of the purchase's currency.</summary>
    public static async Task<IReadOnlyDictionary<(long PurchaseId, long OwnerId), (long Pending, long Available)>> HeldAsync(PortalDbContext db, IQueryable<long> purchaseIds, CancellationToken ct)
    {
        var sums = await (
            from e in db.LedgerEntries
            join t in db.LedgerTransactions on e.TransactionId equals t.Id
            where t.PurchaseId != null && purchaseIds.Contains(t.PurchaseId.Value) && e.OwnerId != null
            group e by new { t.PurchaseId, e.OwnerId, e.Account } into g
            select new { g.Key.PurchaseId, g.Key.OwnerId, g.Key.Account, Sum = g.Sum(e => e.Amount) }).ToListAsync(ct);
        return sums.GroupBy(s => (s.PurchaseId!.Value, s.OwnerId!.Value)).ToDictionary(
            g => g.Key, g => (g.Where(s => s.Account is LedgerAccount.Pending).Sum(s => s.Sum), g.Where(s => s.Account is LedgerAccount.Available).Sum(s => s.Sum)));
    }

    /// <summary>Transactions that do not balance, the first ones. There are none unless somebody changed the database itself.</summary>
    public static async Task<IReadOnlyList<(long Id, string Currency, long Sum)>> UnbalancedAsync(PortalDbContext db, int most, CancellationToken ct)
    {
        var sums = await db.LedgerEntries.GroupBy(e => new { e.TransactionId, e.Currency }).Select(g => new { g.Key.TransactionId, g.Key.Currency, Sum = g.Sum(e => e.Amount) })
            .Where(g => g.Sum != 0).OrderBy(g => g.TransactionId).Take(most).ToListAsync(ct);
        return [.. sums.Select(s => (s.TransactionId, s.Currency, s.Sum))];
    }

    /// <summary>Wallets of which the tallies say another sum than the entries, the first ones; by how much the entries are above, in minor units.</summary>
    public static Task<List<WrongTally>> WrongTalliesAsync(PortalDbContext db, int most, CancellationToken ct) => db.Database.SqlQuery<WrongTally>($"""
        SELECT x."OwnerId", x."Currency", x."Account", CAST(sum(x."Amount") AS bigint) AS "Off" FROM (
          SELECT "OwnerId", "Currency", "Account", sum("Amount") AS "Amount" FROM "LedgerEntries" WHERE "OwnerId" IS NOT NULL GROUP BY "OwnerId", "Currency", "Account"
          UNION ALL
          SELECT "OwnerId", "Currency", "Account", -sum("Amount") AS "Amount" FROM "WalletTallies" GROUP BY "OwnerId", "Currency", "Account") x
        GROUP BY x."OwnerId", x."Currency", x."Account" HAVING sum(x."Amount") <> 0 ORDER BY x."OwnerId", x."Currency", x."Account" LIMIT {most}
        """).ToListAsync(ct);
}

/// <summary>See <see cref="LedgerBook.WrongTalliesAsync"/>.</summary>
/// <param name="Account">A name of <see cref="LedgerAccount"/>.</param>
public sealed record WrongTally(long OwnerId, string Currency, string Account, long Off);
