using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>Somebody of the account has signed in, or has a password: nobody needs a one-time link.</summary>
public sealed record HasSignedIn : Error;

/// <summary>Staff sends a created integrator a new one-time link; the old one stops working.</summary>
public sealed class SendIntegratorLink(PortalDb portal, ProgramSettingsSource settings, PartnerMails mails)
{
    public async Task<Result<Done>> ExecuteAsync(long accountId, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new NotAllowed();
        }

        var program = await settings.GetAsync(ct);
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Partner, accountId, ct);
        if (!await work.Db.Partners.AnyAsync(p => p.AccountId == accountId, ct))
        {
            return new NoSuchPartner();
        }

        var users = await (from m in work.Db.Members join u in work.Db.Users on m.UserId equals u.Id where m.AccountId == accountId && m.Role == MemberRole.Admin orderby m.Id select u).ToListAsync(ct);
        if (users.Count == 0 || users.Exists(u => u.EmailConfirmed))
        {
            return new HasSignedIn();
        }

        if (users[0].DisabledAt is not null)
        {
            return new SignInDisabled();
        }

        var account = await work.Db.Accounts.FirstAsync(a => a.Id == accountId, ct);
        await IntegratorLink.IssueAsync(work, account, users[0], program, mails, actor, ct);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}

/// <summary>Issues the one-time link of a created integrator in the transaction of its cause.</summary>
internal static class IntegratorLink
{
    public static async Task IssueAsync(PortalTransaction work, Account account, PortalUser user, ProgramSettings program, PartnerMails mails, Actor actor, CancellationToken ct)
    {
        foreach (var old in await work.Db.OneTimeCredentials.Where(c => c.UserId == user.Id && c.UsedAt == null && c.VoidedAt == null).ToListAsync(ct))
        {
            old.Void(work.Now);
        }

        foreach (var unsent in await work.Db.OutboxMessages
            .Where(m => m.Kind == MailKinds.AccountReady && m.AccountId == account.Id && m.CauseId == null && (m.State == OutboxState.Pending || m.State == OutboxState.Failed)).ToListAsync(ct))
        {
            unsent.Cancel();
        }

        var token = LinkToken.New();
        var expiresAt = work.Now.AddDays(program.LapseAfterDays);
        work.Db.OneTimeCredentials.Add(new OneTimeCredential(user.Id, null, LinkToken.Hash(token), work.Now, expiresAt));
        work.Audit(actor, AuditActions.CredentialIssued, ("user", user.Id), account.Id);
        await mails.CreatedAsync(work, account, user, token, expiresAt, ct);
    }
}
