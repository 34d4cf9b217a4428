using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.AccessGrants;

/// <summary>A grant or request. Times are UTC.</summary>
/// <param name="PartnerName">Null: support.</param>
/// <param name="AskedBy">The person; empty when it is gone.</param>
/// <param name="AnsweredBy">The person; empty when nobody answered, or it is gone.</param>
/// <param name="IsOwn">The reader asked, or belongs to those who asked: somebody else answers.</param>
public sealed record AccessRow(
    long Id, string? PartnerName, string AskedBy, AccessState State, AccessScopes Scopes, int Days, string Reason, DateTime AskedAt, DateTime? AnsweredAt, string AnsweredBy, string Answer,
    DateTime? EndsAt, DateTime? ClosedAt, bool IsOwn);

/// <summary>Requests and grants: for the client all of its account's, for who asked its own.</summary>
public sealed class AccessQueries(PortalDb portal, TimeProvider clock)
{
    /// <summary>Ended ones that the page shows; all are in the audit log.</summary>
    public const int EndedShown = 50;

    /// <summary>What waits for the client, what runs, and the latest that ended; newest first. Empty for who works in no account.</summary>
    public async Task<IReadOnlyList<AccessRow>> OfOwnAccountAsync(Actor actor, CancellationToken ct)
    {
        if (actor.AccountId is not { } own)
        {
            return [];
        }

        await using var db = await portal.ReadAsync(ct);
        var grants = db.AccessGrants.Where(g => g.ClientId == own);
        var open = await Rows(db, grants.Where(g => g.State == AccessState.Asked || g.State == AccessState.Running).OrderByDescending(g => g.Id), actor).ToListAsync(ct);
        var ended = await Rows(db, grants.Where(g => g.State != AccessState.Asked && g.State != AccessState.Running).OrderByDescending(g => g.Id).Take(EndedShown), actor).ToListAsync(ct);
        return [.. open.Concat(ended).Select(AsOfNow)];
    }

    /// <summary>How many requests wait for the account's answer.</summary>
    public async Task<int> WaitingAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return actor.AccountId is { } own ? await db.AccessGrants.CountAsync(g => g.ClientId == own && g.State == AccessState.Asked, ct) : 0;
    }

    /// <summary>What the actor's account, or the support desk, asked of a client and has there: what is open, else the latest. Newest first, at most two.</summary>
    public async Task<IReadOnlyList<AccessRow>> AskedOfAsync(long clientId, bool asStaff, Actor actor, CancellationToken ct)
    {
        if (asStaff ? !actor.IsStaff : actor.AccountId is null)
        {
            return [];
        }

        var partner = asStaff ? null : actor.AccountId;
        await using var db = await portal.ReadAsync(ct);
        var grants = db.AccessGrants.Where(g => g.ClientId == clientId && g.PartnerId == partner);
        var open = await Rows(db, grants.Where(g => g.State == AccessState.Asked || g.State == AccessState.Running).OrderByDescending(g => g.Id), actor).ToListAsync(ct);
        var rows = open.Count > 0 ? open : await Rows(db, grants.OrderByDescending(g => g.Id).Take(1), actor).ToListAsync(ct);
        // Who of the client answered is the client's to know, and staff's.
        return [.. rows.Select(AsOfNow).Select(r => asStaff ? r : r with { AnsweredBy = "" })];
    }

    /// <summary>Whether the client agreed that the actor's account may ask for access.</summary>
    public async Task<bool> MayAskAsync(long clientId, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return actor.AccountId is { } partnerId && await AgreedAsync(db, clientId, partnerId, ct);
    }

    /// <summary>The grant by which the actor acts now; null when it does not.</summary>
    public async Task<AccessRow?> ActingAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return actor.Acting is { GrantId: var id } ? await Rows(db, db.AccessGrants.Where(g => g.Id == id), actor).FirstOrDefaultAsync(ct) : null;
    }

    internal static Task<bool> AgreedAsync(PortalDbContext db, long clientId, long partnerId, CancellationToken ct) =>
        db.Consents.AnyAsync(c => c.ClientId == clientId && c.PartnerId == partnerId && c.Kind == ConsentKind.Access && c.WithdrawnAt == null, ct);

    /// <summary>Days may be over although nobody noted it yet.</summary>
    private AccessRow AsOfNow(AccessRow row) => row.State is AccessState.Running && row.EndsAt <= clock.GetUtcNow().UtcDateTime ? row with { State = AccessState.Expired, ClosedAt = row.EndsAt } : row;

    private static IQueryable<AccessRow> Rows(PortalDbContext db, IQueryable<AccessGrant> grants, Actor actor) => grants.Select(g => new AccessRow(
        g.Id,
        db.Accounts.Where(a => a.Id == g.PartnerId).Select(a => a.Name).FirstOrDefault(),
        db.Users.Where(u => u.Id == g.AskedByUserId).Select(u => u.FullName).FirstOrDefault() ?? "",
        g.State, g.Scopes, g.Days, g.Reason, g.AskedAt, g.AnsweredAt,
        db.Users.Where(u => u.Id == g.AnsweredByUserId).Select(u => u.FullName).FirstOrDefault() ?? "",
        g.Answer, g.EndsAt, g.ClosedAt,
        g.AskedByUserId == actor.UserId || (g.PartnerId == null ? actor.IsStaff : db.Members.Any(m => m.AccountId == g.PartnerId && m.UserId == actor.UserId))));
}
