using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Security;

/// <summary>What a person who cannot get in asks for.</summary>
public enum AccessMail
{
    /// <summary>"I forgot my password".</summary>
    PasswordReset,

    /// <summary>"The confirmation mail did not come".</summary>
    Confirmation,
}

/// <summary>
/// Mails the way in to somebody who cannot sign in. Whether the address has an account is told by the mail alone: the caller always says the same.
/// Who has not confirmed gets the confirmation, who has no password yet the link to choose one, whatever was asked for.
/// Who is disabled gets neither, and reads why.
/// </summary>
public sealed class SendAccessMail(PortalDb portal, IdentityMails mails, RegistrationMails registrations, UserManager<PortalUser> users)
{
    public async Task ExecuteAsync(EmailAddress email, AccessMail wanted, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        if (await NewAccounts.FindUserAsync(work.Db, email, users.KeyNormalizer, ct) is not { } user)
        {
            return;
        }

        switch (user)
        {
            case { DisabledAt: not null }:
                await registrations.NoWayInAsync(work, user, ct);
                break;
            case { EmailConfirmed: false, PasswordHash: not null }:
                var partner = await (
                    from p in work.Db.PendingReferrals
                    join a in work.Db.Accounts on p.PartnerId equals a.Id
                    where p.UserId == user.Id
                    select a.Name).FirstOrDefaultAsync(ct);
                await registrations.ConfirmAsync(work, user, await MailedToken.ConfirmPathAsync(users, user), partner, ct);
                break;
            case { EmailConfirmed: false }:
            case not null when wanted is AccessMail.PasswordReset:
                await mails.ResetPasswordAsync(work, user, MailedToken.Path(PortalUrls.ResetPassword, user, await users.GeneratePasswordResetTokenAsync(user)), ct);
                break;
        }

        await work.CommitAsync(ct);
    }
}
