using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Partners;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.AccessGrants;

/// <summary>What belongs to every change of a grant: its audit entry and the signal to the pages that show it. The caller holds the client's lock.</summary>
public static class AccessGrantBook
{
    /// <summary>Given when something about an account's grants changed; the payload is the client's account id.</summary>
    public const string ChangedSignal = "access-grants";

    /// <summary>Records what was done with a grant, and tells open pages.</summary>
    public static void Note(PortalTransaction work, AccessGrant grant, string action, Actor actor, object? details = null)
    {
        work.Audit(actor, action, ("grant", grant.Id), grant.ClientId, details);
        Tell(work, grant.ClientId);
    }

    /// <summary>Tells open pages that something about an account's grants, or who may ask for one, changed.</summary>
    public static void Tell(PortalTransaction work, long clientId) => work.Signal(ChangedSignal, FormattableString.Invariant($"{clientId}"));

    /// <summary>Ends what a partner asked for or has in a client's account, in the transaction that parts the two.</summary>
    public static async Task PartAsync(PortalTransaction work, long clientId, long partnerId, Actor actor, CancellationToken ct) =>
        End(work, await Open(work.Db, clientId).Where(g => g.PartnerId == partnerId).ToListAsync(ct), AccessState.Parted, actor);

    /// <summary>The same when the client withdrew the consent that it rests on, and the two stay together.</summary>
    public static async Task WithdrawAsync(PortalTransaction work, long clientId, long partnerId, Actor actor, CancellationToken ct) =>
        End(work, await Open(work.Db, clientId).Where(g => g.PartnerId == partnerId).ToListAsync(ct), AccessState.Revoked, actor);

    /// <summary>The same with everybody, support included: the account is closed, or will not be seen any more.</summary>
    public static async Task PartAllAsync(PortalTransaction work, long clientId, Actor actor, CancellationToken ct) =>
        End(work, await Open(work.Db, clientId).ToListAsync(ct), AccessState.Parted, actor);

    /// <summary>
    /// Whether the actor may go on, asked of the database under the client's lock: a revoke that was committed before bites here, one that waits bites after. True for who
    /// does not act for anybody.
    /// </summary>
    public static async Task<bool> HoldsAsync(PortalTransaction work, Actor actor, CancellationToken ct)
    {
        if (actor.Acting is not { } acting)
        {
            return !actor.HasLostAccess;
        }

        var (db, now, userId) = (work.Db, work.Now, actor.UserId);
        return await (
            from s in db.AccessSessions
            join g in db.AccessGrants on s.GrantId equals g.Id
            where s.Id == acting.SessionId && s.UserId == userId && s.EndedAt == null && g.Id == acting.GrantId && g.State == AccessState.Running && g.EndsAt > now
                && (g.PartnerId == null
                    ? db.UserRoles.Any(r => r.UserId == userId)
                    : db.Attributions.Any(a => a.ClientId == g.ClientId && a.PartnerId == g.PartnerId && a.EndedAt == null)
                        && db.Partners.Any(p => p.AccountId == g.PartnerId && p.State == PartnerState.Active)
                        && db.Members.Any(m => m.AccountId == g.PartnerId && m.UserId == userId && (m.Role == MemberRole.Admin || m.Role == MemberRole.Seller)))
            select g.Id).AnyAsync(ct);
    }

    private static IQueryable<AccessGrant> Open(PortalDbContext db, long clientId) =>
        db.AccessGrants.Where(g => g.ClientId == clientId && (g.State == AccessState.Asked || g.State == AccessState.Running)).OrderBy(g => g.Id);

    private static void End(PortalTransaction work, List<AccessGrant> grants, AccessState how, Actor actor)
    {
        foreach (var grant in grants.Where(g => g.Close(how, work.Now)))
        {
            Note(work, grant, AuditActions.AccessEnded, actor, new { because = how });
        }
    }
}
