using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Clients;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Purchases;

/// <summary>Who of a partner's clients bought; says nothing of amounts.</summary>
public sealed class FirstPurchaseQueries(PortalDb portal)
{
    /// <summary>How many of the clients that came through the partner's link, as <see cref="ClientSummaryQueries.Through"/> says, have bought something.</summary>
    /// <param name="since">UTC.</param>
    /// <param name="actor">Whose list.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<int> ThroughLinkAsync(DateTime since, Actor actor, CancellationToken ct)
    {
        var filter = ClientSummaryQueries.Through(since);
        await using var db = await portal.ReadAsync(ct);
        return await db.ClientRecords.Where(r => actor.IsPartner && r.PartnerId == actor.AccountId && r.Since >= since && filter.Statuses!.Contains(r.Status) && filter.CameBy!.Contains(r.CameBy))
            .CountAsync(r => db.Purchases.Any(p => p.ClientId == r.ClientId), ct);
    }
}
