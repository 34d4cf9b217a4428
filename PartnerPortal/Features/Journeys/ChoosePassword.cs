using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>The one-time password or link was used, replaced or is too old.</summary>
public sealed record CredentialSpent : Error;

/// <summary>The password does not meet the rules; the codes are Identity's.</summary>
public sealed record PasswordRefused(IReadOnlyList<string> Codes) : Error;

/// <summary>Where a person who chose a password goes next.</summary>
/// <param name="UserId">To be signed in.</param>
/// <param name="NextPath">The form on which the partner is confirmed or declined, the partner's dashboard, or "/" for the account's home.</param>
public sealed record PasswordChosen(long UserId, string NextPath);

/// <summary>
/// The first sign-in of a created client: uses up the one-time credential and sets the password the person chose. The mail arrived, so the address is confirmed.
/// </summary>
public sealed class ChoosePassword(PortalDb portal, UserManager<PortalUser> users)
{
    public async Task<Result<PasswordChosen>> ExecuteAsync(long credentialId, string password, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        if (await work.Db.OneTimeCredentials.FirstOrDefaultAsync(c => c.Id == credentialId, ct) is not { } credential || !credential.IsUsable(work.Now))
        {
            return new CredentialSpent();
        }

        var user = await work.Db.Users.FirstAsync(u => u.Id == credential.UserId, ct);
        if (user.DisabledAt is not null)
        {
            return new SignInDisabled();
        }

        if (OneTimeSecret.TryParse(password, out var secret) && credential.SecretHash is { } hash && secret.Matches(hash))
        {
            return new PasswordRefused(["OneTimePasswordReused"]);
        }

        if (await PasswordRules.BrokenAsync(users, user, password) is { Count: > 0 } broken)
        {
            return new PasswordRefused(broken);
        }

        credential.Use(work.Now);
        PasswordRules.Set(users, user, password);
        var isConfirmed = user.EmailConfirmed;
        user.EmailConfirmed = true;
        var account = await NewAccounts.OwnOfAsync(work.Db, user.Id, ct);
        account.Claim();
        var actor = new Actor(user.Id, user.FullName, account.Id, account.Name, MemberRole.Admin);
        work.Audit(actor, AuditActions.CredentialUsed, ("user", user.Id), account.Id);
        if (!isConfirmed)
        {
            work.Audit(actor, AuditActions.UserConfirmed, ("user", user.Id), account.Id);
        }

        var next = await NextPathAsync(work, account.Id, ct);
        try
        {
            await work.CommitAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new CredentialSpent();
        }

        return new PasswordChosen(user.Id, next);
    }

    /// <summary>One partner asks: its form. Several: the page that lists them. An account that staff made an integrator starts on its dashboard.</summary>
    private static async Task<string> NextPathAsync(PortalTransaction work, long accountId, CancellationToken ct)
    {
        var open = await (
            from i in work.Db.Invitations
            join a in work.Db.Accounts on i.PartnerId equals a.Id
            where i.ClientId == accountId && i.AnsweredAt == null && i.ExpiresAt > work.Now
                && (i.State == InvitationState.Sent || i.State == InvitationState.Followed || i.State == InvitationState.Queued)
            orderby i.Id descending
            select new { a.Code, i.Token }).Take(2).ToListAsync(ct);
        if (open.Count == 1)
        {
            return PortalUrls.Join(open[0].Code, open[0].Token);
        }

        return await work.Db.Partners.AnyAsync(p => p.AccountId == accountId && p.State == Partners.PartnerState.Active, ct) ? PortalUrls.Dashboard : PortalUrls.Landing;
    }
}
