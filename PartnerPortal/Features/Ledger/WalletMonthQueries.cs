using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Ledger;

/// <summary>What a wallet held at a month's beginning and at its end.</summary>
/// <param name="EarnedBefore">All that was ever earned by its beginning, less what was taken back, wherever it lies; minor units.</param>
/// <param name="Earned">The same by its end.</param>
public sealed record WalletMonth(WalletBalance Opening, WalletBalance Closing, long EarnedBefore, long Earned);

/// <summary>What one transaction moved in a wallet; minor units of any sign.</summary>
/// <param name="At">UTC; when it was posted.</param>
/// <param name="PurchaseId">Null when it is of none.</param>
/// <param name="Reason">Why it was given, when it is a bonus or an opening balance.</param>
public sealed record WalletMovement(long TransactionId, DateTime At, LedgerKind Kind, long? PurchaseId, long Pending, long Available, long InPayout, long Paid, string? Reason);

/// <summary>The actor's own wallet month by month (UTC). What was posted never changes, so a month that is over always reads the same.</summary>
public sealed class WalletMonthQueries(PortalDb portal)
{
    /// <summary>Null when nothing was ever posted in the currency by the month's end, or the actor may not see its account's money.</summary>
    public async Task<WalletMonth?> BalancesAsync(string currency, CalendarMonth month, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } own, MaySeeMoney: true })
        {
            return null;
        }

        await using var db = await portal.ReadAsync(ct);
        var sums = await db.WalletTallies.Where(t => t.OwnerId == own && t.Currency == currency && t.Month <= month.Number)
            .GroupBy(t => new { t.Account, t.Month }).Select(g => new { g.Key.Account, g.Key.Month, Sum = g.Sum(t => t.Amount) }).ToListAsync(ct);
        return sums.Count == 0 ? null : new WalletMonth(
            Balance(onlyBefore: true), Balance(onlyBefore: false), sums.Where(s => s.Month < month.Number).Sum(s => s.Sum), sums.Sum(s => s.Sum));

        WalletBalance Balance(bool onlyBefore)
        {
            long Of(LedgerAccount account) => sums.Where(s => s.Account == account && (s.Month < month.Number || !onlyBefore)).Sum(s => s.Sum);
            return new WalletBalance(currency, Of(LedgerAccount.Pending), Of(LedgerAccount.Available), Of(LedgerAccount.Paid), Of(LedgerAccount.InPayout));
        }
    }

    /// <summary>The transactions of a month in their order.</summary>
    /// <param name="currency">ISO 4217.</param>
    /// <param name="month">Of posting.</param>
    /// <param name="atMost">How many are read.</param>
    /// <param name="actor">Sees its own account's; nobody else's.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<WalletMovement>> MovementsAsync(string currency, CalendarMonth month, int atMost, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } own, MaySeeMoney: true })
        {
            return [];
        }

        var (begins, ends) = (month.Start, month.Plus(1).Start);
        await using var db = await portal.ReadAsync(ct);
        // Ids and times run together but for transactions of the same moments: within these ids the time decides.
        var posted = db.LedgerTransactions.Where(t => t.At >= begins && t.At < ends);
        if (await posted.MinAsync(t => (long?)t.Id, ct) is not { } first)
        {
            return [];
        }

        var last = await posted.MaxAsync(t => t.Id, ct);
        var sums = (
            from e in db.LedgerEntries
            join t in db.LedgerTransactions on e.TransactionId equals t.Id
            where e.OwnerId == own && e.Currency == currency && e.TransactionId >= first && e.TransactionId <= last && t.At >= begins && t.At < ends
            group e by new { t.Id, t.At, t.Kind, t.PurchaseId, t.CreditId } into g
            orderby g.Key.Id
            select new
            {
                g.Key.Id,
                g.Key.At,
                g.Key.Kind,
                g.Key.PurchaseId,
                g.Key.CreditId,
                Pending = g.Sum(e => e.Account == LedgerAccount.Pending ? e.Amount : 0L),
                Available = g.Sum(e => e.Account == LedgerAccount.Available ? e.Amount : 0L),
                InPayout = g.Sum(e => e.Account == LedgerAccount.InPayout ? e.Amount : 0L),
                Paid = g.Sum(e => e.Account == LedgerAccount.Paid ? e.Amount : 0L),
            }).Take(atMost);
        var rows = await sums.ToListAsync(ct);
        var credits = rows.Select(r => r.CreditId).OfType<long>().ToList();
        var reasons = credits.Count == 0 ? [] : await db.Credits.Where(c => credits.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Reason, ct);
        return [.. rows.Select(s => new WalletMovement(s.Id, s.At, s.Kind, s.PurchaseId, s.Pending, s.Available, s.InPayout, s.Paid, s.CreditId is { } credit ? reasons[credit] : null))];
    }
}
