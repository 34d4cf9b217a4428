using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Features.Purchases;

/// <summary>What is known already of the purchases of a group.</summary>
/// <param name="Periods">Of the plans that were bought.</param>
/// <param name="Refunds">That came before their purchases, tracked if the context does.</param>
internal sealed record PurchaseGroupFacts(
    Dictionary<(string Source, string ExternalId), Purchase> Purchases, Dictionary<(string Source, string Key), IdempotentRequest> Keys,
    Dictionary<string, string> Periods, List<Refund> Refunds)
{
    public static async Task<PurchaseGroupFacts> LoadAsync(PortalDbContext db, IReadOnlyList<ToRecord> all, CancellationToken ct)
    {
        var facts = new PurchaseGroupFacts([], [], await PaidTerm.PeriodsAsync(db, all.Where(r => r.Request.PaidUntil is null).Select(r => r.Request.Product), ct), []);
        // A group is mostly of one source.
        foreach (var source in all.GroupBy(r => r.Request.Source))
        {
            List<string> keys = [.. source.Select(r => r.Request.Key).OfType<string>().Distinct(StringComparer.Ordinal)], ids = [.. source.Select(r => r.Request.ExternalId).Distinct(StringComparer.Ordinal)];
            // Mostly nothing of it was told before, and one question is enough to know.
            var told = await db.Accounts.OrderBy(a => a.Id).Select(_ => new
            {
                Keys = db.IdempotentRequests.Any(r => r.Source == source.Key && keys.Contains(r.Key)),
                Purchases = db.Purchases.Any(p => p.Source == source.Key && ids.Contains(p.ExternalId)),
                Refunds = db.Refunds.Any(r => r.PurchaseId == null && r.Source == source.Key && ids.Contains(r.PurchaseExternalId)),
            }).FirstOrDefaultAsync(ct);
            if (told is not { Keys: false })
            {
                foreach (var kept in await db.IdempotentRequests.AsNoTracking().Where(r => r.Source == source.Key && keys.Contains(r.Key)).ToListAsync(ct))
                {
                    facts.Keys.Add((kept.Source, kept.Key), kept);
                }
            }

            if (told is not { Purchases: false })
            {
                foreach (var purchase in await db.Purchases.AsNoTracking().Where(p => p.Source == source.Key && ids.Contains(p.ExternalId)).ToListAsync(ct))
                {
                    facts.Purchases.Add((purchase.Source, purchase.ExternalId), purchase);
                }
            }

            if (told is not { Refunds: false })
            {
                facts.Refunds.AddRange(await db.Refunds.Where(r => r.PurchaseId == null && r.Source == source.Key && ids.Contains(r.PurchaseExternalId)).ToListAsync(ct));
            }
        }

        return facts;
    }
}
