using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Security;

/// <summary>A person sets a new password with the link of a mail. The mail arrived, so the address is confirmed; one-time credentials and a lockout end with it.</summary>
public sealed class ResetPassword(PortalDb portal, IdentityMails mails, UserManager<PortalUser> users)
{
    /// <param name="userId">From the link.</param>
    /// <param name="code">From the link, base64url.</param>
    /// <param name="password">As chosen.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<Done>> ExecuteAsync(long userId, string? code, string password, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        if (await work.Db.Users.FirstOrDefaultAsync(u => u.Id == userId, ct) is not { } user || !await IsValidAsync(user, code))
        {
            return new ConfirmationInvalid();
        }

        if (user.DisabledAt is not null)
        {
            return new SignInDisabled();
        }

        if (await PasswordRules.BrokenAsync(users, user, password) is { Count: > 0 } broken)
        {
            return new PasswordRefused(broken);
        }

        PasswordRules.Set(users, user, password);
        var isConfirmed = user.EmailConfirmed;
        user.EmailConfirmed = true;
        user.LockoutEnd = null;
        user.AccessFailedCount = 0;
        foreach (var credential in await work.Db.OneTimeCredentials.Where(c => c.UserId == user.Id && c.UsedAt == null && c.VoidedAt == null).ToListAsync(ct))
        {
            credential.Void(work.Now);
        }

        var account = await (from m in work.Db.Members join a in work.Db.Accounts on m.AccountId equals a.Id where m.UserId == user.Id && a.Kind == AccountKind.Person orderby a.Id select a).FirstOrDefaultAsync(ct);
        if (account is { State: AccountState.Unclaimed or AccountState.Lapsed })
        {
            account.Claim();
        }

        var actor = new Actor(user.Id, user.FullName, account?.Id, account?.Name ?? "", null);
        work.Audit(actor, AuditActions.UserPasswordChanged, ("user", user.Id), account?.Id);
        if (!isConfirmed)
        {
            work.Audit(actor, AuditActions.UserConfirmed, ("user", user.Id), account?.Id);
        }

        await mails.ChangedAsync(work, user, SecurityChange.PasswordChanged, ct);
        await work.CommitAsync(ct);
        return Done.Value;
    }

    private async Task<bool> IsValidAsync(PortalUser user, string? code) =>
        MailedToken.TryRead(code, out var token)
        && await users.VerifyUserTokenAsync(user, users.Options.Tokens.PasswordResetTokenProvider, UserManager<PortalUser>.ResetPasswordTokenPurpose, token);
}
