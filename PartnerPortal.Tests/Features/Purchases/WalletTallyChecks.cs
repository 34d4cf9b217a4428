using Microsoft.EntityFrameworkCore;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Purchases;

/// <summary>What the database keeps beside books and lines must at all times say what these say.</summary>
internal static class WalletTallyChecks
{
    public static Task<IReadOnlyList<string>> BrokenAsync(TestPortal portal, IReadOnlyCollection<long> owners) => portal.ReadAsync<IReadOnlyList<string>>(async db =>
    {
        var entries = await (
            from e in db.LedgerEntries
            join t in db.LedgerTransactions on e.TransactionId equals t.Id
            where e.OwnerId != null && owners.Contains(e.OwnerId.Value)
            select new { e.OwnerId, e.Currency, e.Account, t.At, e.Amount }).ToListAsync();
        var summed = entries.GroupBy(e => $"wallet {e.OwnerId} {e.Currency} {e.Account} {CalendarMonth.Of(e.At)}").Select(g => $"{g.Key}: {g.Sum(e => e.Amount)}");
        var tallies = (await db.WalletTallies.Where(t => owners.Contains(t.OwnerId)).ToListAsync())
            .GroupBy(t => $"wallet {t.OwnerId} {t.Currency} {t.Account} {CalendarMonth.FromNumber(t.Month)}").Select(g => $"{g.Key}: {g.Sum(t => t.Amount)}");

        var lines = await (from l in db.CommissionLines join p in db.Purchases on l.PurchaseId equals p.Id where owners.Contains(l.PartnerId) select new { Line = l, p.OccurredAt, p.ClientId }).ToListAsync();
        var counted = lines.GroupBy(l => $"lines {l.Line.PartnerId} {l.Line.Currency} {StateOf(l.Line)} {CalendarMonth.Of(l.OccurredAt)}").Select(g => $"{g.Key}: {g.Count()}, {g.Sum(l => l.Line.Net)}");
        var earnings = (await db.EarningTallies.Where(t => owners.Contains(t.PartnerId)).ToListAsync())
            .GroupBy(t => $"lines {t.PartnerId} {t.Currency} {t.State} {CalendarMonth.FromNumber(t.Month)}").Where(g => g.Sum(t => t.Count) != 0 || g.Sum(t => t.Net) != 0).Select(g => $"{g.Key}: {g.Sum(t => t.Count)}, {g.Sum(t => t.Net)}");
        var strays = lines.Where(l => l.Line.ClientId != l.ClientId).Select(l => $"line {l.Line.Id} names another client than its purchase");
        return [.. Unlike(summed, tallies), .. Unlike(counted, earnings), .. strays];
    });

    private static string StateOf(PartnerPortal.Features.Purchases.CommissionLine line) =>
        line.Granted == 0 ? "Nothing" : line.Net == 0 ? "TakenBack" : line.ReleasedAt is null ? "Held" : line.Paid < line.Net ? "Available" : "Paid";

    private static IEnumerable<string> Unlike(IEnumerable<string> recorded, IEnumerable<string> kept)
    {
        var (left, right) = (recorded.ToHashSet(StringComparer.Ordinal), kept.ToHashSet(StringComparer.Ordinal));
        return left.Except(right).Select(x => "not kept: " + x).Concat(right.Except(left).Select(x => "kept, but not so: " + x));
    }
}
