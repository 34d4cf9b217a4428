using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.AccessGrants;

/// <summary>A person begins to act for a client, by a grant that runs. The start is a row of its own and the first line in the diary.</summary>
public sealed class StartActing(PortalDb portal)
{
    /// <returns>The session's id, for the cookie.</returns>
    public async Task<Result<long>> ExecuteAsync(long grantId, Actor actor, CancellationToken ct)
    {
        if (actor is not { UserId: { } userId, Acting: null, HasLostAccess: false })
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        var clientId = await work.Db.AccessGrants.Where(g => g.Id == grantId).Select(g => (long?)g.ClientId).FirstOrDefaultAsync(ct) ?? 0;
        await work.LockAsync(PortalLock.Client, clientId, ct);
        if (await work.Db.AccessGrants.FirstOrDefaultAsync(g => g.Id == grantId, ct) is not { } grant
            || !(grant.PartnerId is { } partner ? actor is { IsActivePartner: true, MaySell: true } && actor.AccountId == partner : actor.IsStaff))
        {
            return new NotAllowed();
        }

        // Somebody may have become a member of the client's account since, or a colleague's request is of one's own account.
        if (await OwnAccounts.InvolveAsync(work.Db, actor, [grant.ClientId], ct))
        {
            return new OwnAccountInvolved();
        }

        var session = new AccessSession(grant.Id, userId, work.Now);
        work.Db.AccessSessions.Add(session);
        var acting = new Acting(0, grant.Id, grant.ClientId, "", grant.PartnerId, "", grant.Scopes, grant.EndsAt ?? work.Now);
        AccessGrantBook.Note(work, grant, AuditActions.AccessStarted, actor with { Acting = acting });
        await work.SaveAsync(ct);
        if (!await AccessGrantBook.HoldsAsync(work, actor with { Acting = acting with { SessionId = session.Id } }, ct))
        {
            return new AccessAnswered();
        }

        await work.CommitAsync(ct);
        return session.Id;
    }
}

/// <summary>A person stops acting, in all tabs of that browser.</summary>
public sealed class StopActing(PortalDb portal)
{
    /// <returns>Success also when it was over already.</returns>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, CancellationToken ct)
    {
        if (actor is not { Acting: { } acting, UserId: { } userId })
        {
            return Done.Value;
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Client, acting.ClientId, ct);
        if (await work.Db.AccessSessions.FirstOrDefaultAsync(s => s.Id == acting.SessionId && s.UserId == userId && s.EndedAt == null, ct) is not { } session)
        {
            return Done.Value;
        }

        session.End(work.Now);
        work.Audit(actor, AuditActions.AccessStopped, ("grant", acting.GrantId), acting.ClientId);
        work.Signal(AccessSignals.OfUser(userId));
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
