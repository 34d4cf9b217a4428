using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Features.Clients;

/// <summary>Where clients stand in partners' lists.</summary>
internal static class ListedClients
{
    /// <returns>The line by partner and client; null, as by <see cref="CollectionExtensions.GetValueOrDefault{TKey, TValue}(IReadOnlyDictionary{TKey, TValue}, TKey)"/>, where there is none.</returns>
    public static async Task<IReadOnlyDictionary<(long PartnerId, long ClientId), long?>> LinesAsync(PortalDbContext db, IReadOnlyCollection<long> partners, IReadOnlyCollection<long> clients, CancellationToken ct)
    {
        var found = partners.Count == 0 || clients.Count == 0 ? [] : await db.ClientRecords.AsNoTracking()
            .Where(r => partners.Contains(r.PartnerId) && r.ClientId != null && clients.Contains(r.ClientId.Value))
            .Select(r => new { r.Id, r.PartnerId, ClientId = r.ClientId!.Value }).ToListAsync(ct);
        return found.ToDictionary(r => (r.PartnerId, r.ClientId), r => (long?)r.Id);
    }
}
