using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Attributions;

/// <summary>From when to when a client was a partner's, how it came about and why it ended. Times are UTC; the end is null while it goes on.</summary>
/// <param name="DecidedBy">Who made it so: the client's user, or staff.</param>
/// <param name="Reason">Staff's; null otherwise.</param>
public sealed record PartnerSpan(
    long Id, long ClientId, long PartnerId, string PartnerName, CameBy CameBy, DateTime StartedAt, DateTime? EndedAt, AttributionEnd? EndedBecause,
    string DecidedBy, string? Reason, long? ReceiptId);

public sealed record ConsentFact(long PartnerId, string PartnerName, ConsentKind Kind, int WordingVersion, string Language, DateTime GivenAt, DateTime? WithdrawnAt);

public sealed record RefusalFact(long PartnerId, string PartnerName, DateTime RefusedAt);

/// <summary>Whose client an account is and was, for staff.</summary>
public sealed class AttributionHistoryQueries(PortalDb portal)
{
    /// <summary>The open attribution of each client, else the one that ended last. Clients that never had a partner are left out.</summary>
    public async Task<IReadOnlyDictionary<long, PartnerSpan>> LatestAsync(IReadOnlyCollection<long> clientIds, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff || clientIds.Count == 0)
        {
            return new Dictionary<long, PartnerSpan>();
        }

        await using var db = await portal.ReadAsync(ct);
        var spans = await Spans(db, db.Attributions.Where(a => clientIds.Contains(a.ClientId))).ToListAsync(ct);
        return spans.GroupBy(s => s.ClientId).ToDictionary(g => g.Key, g => g.OrderByDescending(s => s.EndedAt ?? DateTime.MaxValue).ThenByDescending(s => s.Id).First());
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<PartnerSpan>> OfAsync(long clientId, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return [];
        }

        await using var db = await portal.ReadAsync(ct);
        return [.. (await Spans(db, db.Attributions.Where(a => a.ClientId == clientId)).ToListAsync(ct)).OrderByDescending(s => s.Id)];
    }

    public async Task<IReadOnlyList<ConsentFact>> ConsentsAsync(long clientId, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return [];
        }

        await using var db = await portal.ReadAsync(ct);
        return await (
            from c in db.Consents
            join p in db.Accounts on c.PartnerId equals p.Id
            where c.ClientId == clientId
            orderby c.Id descending
            select new ConsentFact(c.PartnerId, p.Name, c.Kind, c.WordingVersion, c.Language, c.GivenAt, c.WithdrawnAt)).ToListAsync(ct);
    }

    public async Task<IReadOnlyList<RefusalFact>> RefusalsAsync(long clientId, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return [];
        }

        await using var db = await portal.ReadAsync(ct);
        return await (
            from r in db.JoinRefusals
            join p in db.Accounts on r.PartnerId equals p.Id
            where r.ClientId == clientId
            orderby r.RefusedAt descending
            select new RefusalFact(r.PartnerId, p.Name, r.RefusedAt)).ToListAsync(ct);
    }

    /// <summary>How many clients each partner has now. Partners without any are left out.</summary>
    public async Task<IReadOnlyDictionary<long, int>> ClientCountsAsync(IReadOnlyCollection<long> partnerIds, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff || partnerIds.Count == 0)
        {
            return new Dictionary<long, int>();
        }

        await using var db = await portal.ReadAsync(ct);
        return await db.Attributions.Where(a => partnerIds.Contains(a.PartnerId) && a.EndedAt == null)
            .GroupBy(a => a.PartnerId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
    }

    /// <summary>How many clients a partner ever had, those who left included.</summary>
    public async Task<int> EverCountAsync(long partnerId, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return 0;
        }

        await using var db = await portal.ReadAsync(ct);
        return await db.Attributions.Where(a => a.PartnerId == partnerId).Select(a => a.ClientId).Distinct().CountAsync(ct);
    }

    private static IQueryable<PartnerSpan> Spans(PortalDbContext db, IQueryable<Attribution> attributions) =>
        from a in attributions
        join p in db.Accounts on a.PartnerId equals p.Id
        join r in db.Receipts on a.Id equals r.AttributionId into receipts
        from r in receipts.DefaultIfEmpty()
        select new PartnerSpan(a.Id, a.ClientId, a.PartnerId, p.Name, a.CameBy, a.StartedAt, a.EndedAt, a.EndedBecause, r.ActorName ?? "", r.Reason, (long?)r.Id);
}
