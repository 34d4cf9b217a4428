using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.AccessGrants;

/// <summary>An admin of the client takes a grant back. It bites at once, in pages that are open as well.</summary>
public sealed class RevokeAccess(PortalDb portal, AccessMails mails)
{
    public async Task<Result<Done>> ExecuteAsync(long grantId, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } accountId, MayAdminister: true })
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Client, accountId, ct);
        if (await work.Db.AccessGrants.FirstOrDefaultAsync(g => g.Id == grantId && g.ClientId == accountId, ct) is not { } grant)
        {
            return new NotAllowed();
        }

        if (!grant.Close(AccessState.Revoked, work.Now))
        {
            return new AccessAnswered();
        }

        AccessGrantBook.Note(work, grant, AuditActions.AccessRevoked, actor);
        await mails.RevokedAsync(work, grant, ct);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}

/// <summary>Who asked takes the request back, or gives up what was granted.</summary>
public sealed class GiveUpAccess(PortalDb portal)
{
    public async Task<Result<Done>> ExecuteAsync(long grantId, Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        var clientId = await work.Db.AccessGrants.Where(g => g.Id == grantId).Select(g => (long?)g.ClientId).FirstOrDefaultAsync(ct);
        await work.LockAsync(PortalLock.Client, clientId ?? 0, ct);
        if (await work.Db.AccessGrants.FirstOrDefaultAsync(g => g.Id == grantId, ct) is not { } grant
            || !(grant.PartnerId is { } partner ? actor.AccountId == partner && actor.MaySell : actor.IsStaff))
        {
            return new NotAllowed();
        }

        var isRequest = grant.State is AccessState.Asked;
        if (!grant.Close(isRequest ? AccessState.Withdrawn : AccessState.GivenUp, work.Now))
        {
            return new AccessAnswered();
        }

        AccessGrantBook.Note(work, grant, isRequest ? AuditActions.AccessWithdrawn : AuditActions.AccessGivenUp, actor);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
