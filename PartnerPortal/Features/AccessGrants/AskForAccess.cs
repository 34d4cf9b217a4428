using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.AccessGrants;

/// <summary>
/// A partner, or support, asks a client to work in its account. A partner learns nothing by it: an account that is not its client, that has none, or that is not there is refused alike.
/// </summary>
public sealed class AskForAccess(PortalDb portal, ProgramSettingsSource settings, AccessMails mails)
{
    /// <summary>What a partner may ask for.</summary>
    public const AccessScopes OfPartners = AccessScopes.ViewProfile | AccessScopes.ViewPurchases | AccessScopes.EditProfile | AccessScopes.Order;

    /// <summary>Requests a day to one client: each is a mail.</summary>
    public const int MostADay = 3;

    /// <param name="clientId">The client's account.</param>
    /// <param name="asStaff">For the support desk; else for the actor's account, a partner.</param>
    /// <param name="terms">Scopes, days and why. Support has a scope of its own, whatever is said.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The request's id.</returns>
    public async Task<Result<long>> ExecuteAsync(long clientId, bool asStaff, AccessTerms terms, Actor actor, CancellationToken ct)
    {
        if (actor.UserId is not { } userId || (asStaff ? !actor.IsStaff : actor is not { AccountId: not null, IsActivePartner: true, MaySell: true }))
        {
            return new NotAllowed();
        }

        var most = (await settings.GetAsync(ct)).AccessMaxDays;
        var scopes = asStaff ? AccessScopes.Support : AccessScopeList.Complete(terms.Scopes);
        var reason = terms.Words.Trim();
        if (Problem(scopes, terms.Days, reason, asStaff, most) is { } problem)
        {
            return problem;
        }

        var partnerId = asStaff ? null : actor.AccountId;
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Client, clientId, ct);
        if (!await MayAskAsync(work.Db, clientId, partnerId, ct))
        {
            return new NotAllowed();
        }

        if (partnerId is { } partner && !await AccessQueries.AgreedAsync(work.Db, clientId, partner, ct))
        {
            return new AccessNotAgreed();
        }

        if (asStaff && await OwnAccounts.InvolveAsync(work.Db, actor, [clientId], ct))
        {
            return new OwnAccountInvolved();
        }

        var before = work.Db.AccessGrants.Where(g => g.ClientId == clientId && g.PartnerId == partnerId);
        if (await before.AnyAsync(g => g.State == AccessState.Asked, ct))
        {
            return new AccessAskedAlready();
        }

        var since = work.Now.AddDays(-1);
        if (await before.CountAsync(g => g.AskedAt > since, ct) >= MostADay)
        {
            return new AccessAskedTooOften(MostADay);
        }

        var grant = new AccessGrant(clientId, partnerId, userId, scopes, terms.Days, reason, work.Now);
        work.Db.AccessGrants.Add(grant);
        work.Audit(actor, AuditActions.AccessAsked, ("account", clientId), clientId, new { scopes = AccessScopeList.Of(scopes), days = terms.Days });
        await work.SaveAsync(ct);
        work.Signal(AccessGrantBook.ChangedSignal, FormattableString.Invariant($"{clientId}"));
        await mails.AskedAsync(work, grant, actor, ct);
        await work.CommitAsync(ct);
        return grant.Id;
    }

    private static Error? Problem(AccessScopes scopes, int days, string reason, bool asStaff, int most)
    {
        if (!asStaff && (scopes is AccessScopes.None || (scopes & ~OfPartners) is not AccessScopes.None))
        {
            return new AccessScopesWrong();
        }

        return days < 1 || days > most ? new AccessDaysWrong(most)
            : reason.Length == 0 ? new AccessReasonMissing()
            : reason.Length > AccessGrant.ReasonLength ? new AccessWordsTooLong(AccessGrant.ReasonLength)
            : null;
    }

    private static Task<bool> MayAskAsync(PortalDbContext db, long clientId, long? partnerId, CancellationToken ct) => partnerId is null
        ? db.Accounts.AnyAsync(a => a.Id == clientId && a.State != AccountState.Closed, ct)
        : db.Attributions.AnyAsync(a => a.ClientId == clientId && a.PartnerId == partnerId && a.EndedAt == null, ct);
}
