using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Features.Purchases;

/// <summary>What is known already of the purchases of a group.</summary>
/// <param name="Periods">Of the plans that were bought.</param>
internal sealed record PurchaseGroupFacts(
    Dictionary<(string Source, string ExternalId), Purchase> Purchases, Dictionary<(string Source, string Key), IdempotentRequest> Keys,
    Dictionary<string, string> Periods)
{
    public static async Task<PurchaseGroupFacts> LoadAsync(PortalDbContext db, IReadOnlyList<ToRecord> all, CancellationToken ct)
    {
        var facts = new PurchaseGroupFacts([], [], await PaidTerm.PeriodsAsync(db, all.Where(r => r.Request.PaidUntil is null).Select(r => r.Request.Product), ct));
        // A group is mostly of one source.
        foreach (var source in all.GroupBy(r => r.Request.Source))
        {
            List<string> keys = [.. source.Select(r => r.Request.Key).OfType<string>().Distinct(StringComparer.Ordinal)], ids = [.. source.Select(r => r.Request.ExternalId).Distinct(StringComparer.Ordinal)];
            if (keys.Count > 0)
            {
                foreach (var kept in await db.IdempotentRequests.AsNoTracking().Where(r => r.Source == source.Key && keys.Contains(r.Key)).ToListAsync(ct))
                {
                    facts.Keys.Add((kept.Source, kept.Key), kept);
                }
            }

            foreach (var purchase in await db.Purchases.AsNoTracking().Where(p => p.Source == source.Key && ids.Contains(p.ExternalId)).ToListAsync(ct))
            {
                facts.Purchases.Add((purchase.Source, purchase.ExternalId), purchase);
            }
        }

        return facts;
    }
}
