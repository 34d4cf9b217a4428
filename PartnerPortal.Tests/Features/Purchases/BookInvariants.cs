using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Purchases;

/// <summary>What must hold of the books at any moment.</summary>
internal static class BookInvariants
{
    public static async Task<IReadOnlyList<string>> BrokenAsync(TestPortal portal, IReadOnlyCollection<long> clients)
    {
        var broken = new List<string>();
        await portal.ReadAsync(async db =>
        {
            var unbalanced = await db.LedgerEntries.GroupBy(e => new { e.TransactionId, e.Currency }).Where(g => g.Sum(e => e.Amount) != 0).Select(g => g.Key.TransactionId).ToListAsync();
            broken.AddRange(unbalanced.Select(t => $"transaction {t} does not balance"));
            var purchases = await db.Purchases.Where(p => clients.Contains(p.ClientId)).ToListAsync();
            var ids = purchases.ConvertAll(p => p.Id);
            var lines = (await db.CommissionLines.Where(l => ids.Contains(l.PurchaseId)).ToListAsync()).ToLookup(l => l.PurchaseId);
            var posted = await (
                from e in db.LedgerEntries
                join t in db.LedgerTransactions on e.TransactionId equals t.Id
                where t.PurchaseId != null && ids.Contains(t.PurchaseId.Value) && e.OwnerId != null
                group e by new { t.PurchaseId, e.OwnerId, e.Account } into g
                select new { g.Key.PurchaseId, g.Key.OwnerId, g.Key.Account, Sum = g.Sum(e => e.Amount) }).ToListAsync();
            var versions = await db.PlanVersions.ToDictionaryAsync(v => v.Id);
            foreach (var purchase in purchases)
            {
                foreach (var line in lines[purchase.Id])
                {
                    var held = posted.Where(x => x.PurchaseId == purchase.Id && x.OwnerId == line.PartnerId).ToDictionary(x => x.Account, x => x.Sum);
                    var (pending, available) = (held.GetValueOrDefault(LedgerAccount.Pending), held.GetValueOrDefault(LedgerAccount.Available));
                    if ((line.ReleasedAt is null ? (line.Net, 0L) : (0L, line.Net)) != (pending, available))
                    {
                        broken.Add($"purchase {purchase.Id}, partner {line.PartnerId}: the line says {line.Net} (released {line.ReleasedAt}), the books {pending} and {available}");
                    }
                }

                var given = lines[purchase.Id].Sum(l => l.Granted);
                var rules = purchase.PlanVersionId is { } version ? versions[version].Rules : null;
                if (given > 0 && (rules is null || given > rules.MaxPerPurchase.GetValueOrDefault(purchase.Currency, long.MaxValue)
                    || given > rules.MaxPerClient.GetValueOrDefault(purchase.Currency, long.MaxValue)
                    || given * 10_000 > purchase.Base * (long)(rules.MaxShareBasisPoints ?? int.MaxValue)))
                {
                    broken.Add($"purchase {purchase.Id} gives {given}, which its plan does not allow");
                }

                if (purchase.Refunded == purchase.Base && lines[purchase.Id].Any(l => l.Net != 0))
                {
                    broken.Add($"purchase {purchase.Id} was refunded and still pays");
                }
            }

            return true;
        });
        broken.AddRange(await WalletTallyChecks.BrokenAsync(portal, clients));
        return broken;
    }
}
