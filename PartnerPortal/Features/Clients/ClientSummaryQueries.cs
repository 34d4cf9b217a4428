using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Clients;

/// <summary>Something that happened to a client, for the dashboard.</summary>
/// <param name="RecordId">The line in the list.</param>
/// <param name="Name">As the list shows it.</param>
/// <param name="At">UTC.</param>
public sealed record ClientNews(long RecordId, string Name, ClientEventKind Kind, DateTime At);

/// <summary>Sums up a partner's list for other pages: only ever the lines of the actor's own account.</summary>
public sealed class ClientSummaryQueries(PortalDb portal)
{
    /// <summary>How many lines there are of each status; statuses without any are left out.</summary>
    public async Task<IReadOnlyDictionary<ClientStatus, int>> CountsAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return await db.ClientTallies.Where(t => actor.IsPartner && t.PartnerId == actor.AccountId).GroupBy(t => t.Status)
            .Select(g => new { g.Key, Count = g.Sum(t => t.Count) }).Where(g => g.Count > 0).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
    }

    /// <summary>Which lines came through the partner's link, code, QR code or mailed invitation and are, or were, its clients since a moment.</summary>
    public static ClientFilter Through(DateTime? since) => new(
        Statuses: [ClientStatus.Active, ClientStatus.NeverSignedIn, ClientStatus.Left], CameBy: [CameBy.Link, CameBy.Code, CameBy.Qr, CameBy.Joined, CameBy.Invitation], From: since);

    /// <summary>How many came through the link, as <see cref="Through"/> says, and how many of them are active now.</summary>
    /// <param name="since">UTC.</param>
    /// <param name="actor">Whose list.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<(int Clients, int Active)> ThroughLinkAsync(DateTime since, Actor actor, CancellationToken ct)
    {
        var filter = Through(since);
        await using var db = await portal.ReadAsync(ct);
        var counts = await Scope(db, actor).Where(r => r.Since >= since && filter.Statuses!.Contains(r.Status) && filter.CameBy!.Contains(r.CameBy))
            .GroupBy(r => r.Status).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        return (counts.Sum(c => c.Count), counts.Where(c => c.Key == ClientStatus.Active).Sum(c => c.Count));
    }

    /// <summary>What happened last, newest first.</summary>
    public async Task<IReadOnlyList<ClientNews>> LatestAsync(int atMost, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return await (
            from e in db.ClientEvents
            join r in Scope(db, actor) on e.RecordId equals r.Id
            orderby e.Id descending
            select new ClientNews(r.Id, r.Name, e.Kind, e.At)).Take(atMost).ToListAsync(ct);
    }

    /// <summary>The line in the list that belongs to each invitation. An invitation whose line went over into another has none.</summary>
    public async Task<IReadOnlyDictionary<long, long>> RecordsOfAsync(IReadOnlyCollection<long> invitationIds, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return await Scope(db, actor).Where(r => r.InvitationId != null && invitationIds.Contains(r.InvitationId.Value))
            .Select(r => new { r.Id, InvitationId = r.InvitationId!.Value }).ToDictionaryAsync(r => r.InvitationId, r => r.Id, ct);
    }

    private static IQueryable<ClientRecord> Scope(PortalDbContext db, Actor actor) => db.ClientRecords.Where(r => actor.IsPartner && r.PartnerId == actor.AccountId);
}
