using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.AccessGrants;

/// <summary>
/// An admin of the client approves a request, with less if it wants to. Nobody else can, support least of all; and nobody who asked, or belongs to those who asked, may decide.
/// </summary>
public sealed class ApproveAccess(PortalDb portal, AccessMails mails)
{
    public async Task<Result<Done>> ExecuteAsync(long grantId, AccessTerms terms, Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        var found = await AnswerRules.FindAsync(work, grantId, terms.Words, actor, ct);
        if (!found.Ok)
        {
            return found.Error!;
        }

        var grant = found.Value;
        if (await AnswerRules.IsOfThoseWhoAskedAsync(work.Db, grant, actor, ct))
        {
            return new AccessOwnRequest();
        }

        // The unique index on running grants must see the earlier one ended before this one runs. What is refused below takes it back.
        var earlier = await work.Db.AccessGrants.Where(g => g.ClientId == grant.ClientId && g.PartnerId == grant.PartnerId && g.State == AccessState.Running && g.Id != grant.Id).ToListAsync(ct);
        foreach (var old in earlier.Where(g => g.Close(AccessState.Replaced, work.Now)))
        {
            AccessGrantBook.Note(work, old, AuditActions.AccessEnded, actor, new { because = AccessState.Replaced });
        }

        await work.SaveAsync(ct);
        if (grant.Approve(terms.Scopes, terms.Days, terms.Words.Trim(), actor.UserId!.Value, work.Now) is { } problem)
        {
            return problem;
        }

        AccessGrantBook.Note(work, grant, AuditActions.AccessApproved, actor, new { scopes = AccessScopeList.Of(grant.Scopes), days = grant.Days });
        await mails.ApprovedAsync(work, grant, ct);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}

/// <summary>An admin of the client says No to a request.</summary>
public sealed class RefuseAccess(PortalDb portal, AccessMails mails)
{
    public async Task<Result<Done>> ExecuteAsync(long grantId, string words, Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        var found = await AnswerRules.FindAsync(work, grantId, words, actor, ct);
        if (!found.Ok)
        {
            return found.Error!;
        }

        var grant = found.Value;
        if (grant.Refuse(words.Trim(), actor.UserId!.Value, work.Now) is { } problem)
        {
            return problem;
        }

        AccessGrantBook.Note(work, grant, AuditActions.AccessRefused, actor);
        await mails.RefusedAsync(work, grant, ct);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}

/// <summary>Who may answer a request.</summary>
internal static class AnswerRules
{
    /// <summary>The request, under its client's lock, when the actor is an admin of that account.</summary>
    public static async Task<Result<AccessGrant>> FindAsync(PortalTransaction work, long grantId, string words, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } accountId, UserId: not null, MayAdminister: true })
        {
            return new NotAllowed();
        }

        if (words.Trim().Length > AccessGrant.AnswerLength)
        {
            return new AccessWordsTooLong(AccessGrant.AnswerLength);
        }

        await work.LockAsync(PortalLock.Client, accountId, ct);
        return await work.Db.AccessGrants.FirstOrDefaultAsync(g => g.Id == grantId && g.ClientId == accountId, ct) is { } grant ? grant : new NotAllowed();
    }

    public static async Task<bool> IsOfThoseWhoAskedAsync(PortalDbContext db, AccessGrant grant, Actor actor, CancellationToken ct) =>
        grant.AskedByUserId == actor.UserId || (grant.PartnerId is { } partner ? await OwnAccounts.InvolveAsync(db, actor, [partner], ct) : actor.IsStaff);
}
