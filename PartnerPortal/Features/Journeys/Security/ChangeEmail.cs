using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Security;

/// <summary>The new address is the one the person has.</summary>
public sealed record SameEmail : Error;

/// <summary>Between the mail and the click somebody else took the address.</summary>
public sealed record EmailTaken : Error;

/// <summary>
/// A person asks for another address. Nothing changes until the link in the mail to it is followed. An address that has an account gets a mail that says so, and
/// the answer here is the same: the form tells nobody who is registered (invariant 10).
/// </summary>
public sealed class RequestEmailChange(PortalDb portal, IdentityMails mails, UserManager<PortalUser> users)
{
    public async Task<Result<EmailAddress>> ExecuteAsync(string? typed, string? password, Actor actor, CancellationToken ct)
    {
        if (actor.UserId is not { } userId)
        {
            return new NotAllowed();
        }

        if (!EmailAddress.TryParse(typed, out var email, out var problem))
        {
            return new EmailWrong(problem);
        }

        await using var work = await portal.BeginAsync(ct);
        var user = await work.Db.Users.FirstAsync(u => u.Id == userId, ct);
        if (user.PasswordHash is not null && !PasswordRules.Fits(users, user, password))
        {
            return new WrongPassword();
        }

        var owner = await NewAccounts.FindUserAsync(work.Db, email, users.KeyNormalizer, ct);
        if (owner?.Id == userId)
        {
            return new SameEmail();
        }

        if (owner is not null)
        {
            await mails.EmailTakenAsync(work, owner, ct);
        }
        else
        {
            var token = await users.GenerateChangeEmailTokenAsync(user, email.Value);
            await mails.ConfirmNewEmailAsync(work, user, email.Value, MailedToken.Path(PortalUrls.ConfirmEmailChange, user, token, ("email", email.Value)), ct);
        }

        await work.CommitAsync(ct);
        return email;
    }
}

/// <summary>The link in the mail to the new address was followed: the sign-in, the personal account and what its partner sees change together.</summary>
public sealed class ConfirmEmailChange(PortalDb portal, IdentityMails mails, UserManager<PortalUser> users)
{
    /// <param name="userId">From the link.</param>
    /// <param name="typed">The new address, from the link.</param>
    /// <param name="code">From the link, base64url.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<Done>> ExecuteAsync(long userId, string? typed, string? code, CancellationToken ct)
    {
        try
        {
            return await ConfirmAsync(userId, typed, code, ct);
        }
        catch (DbUpdateException error) when (error.IsUniqueViolation())
        {
            return new EmailTaken();
        }
    }

    private async Task<Result<Done>> ConfirmAsync(long userId, string? typed, string? code, CancellationToken ct)
    {
        if (!EmailAddress.TryParse(typed, out var email, out _) || !MailedToken.TryRead(code, out var token))
        {
            return new ConfirmationInvalid();
        }

        await using var work = await portal.BeginAsync(ct);
        var user = await work.Db.Users.FirstOrDefaultAsync(u => u.Id == userId, ct);
        if (user is null || !await users.VerifyUserTokenAsync(user, users.Options.Tokens.ChangeEmailTokenProvider, UserManager<PortalUser>.GetChangeEmailTokenPurpose(email.Value), token))
        {
            return new ConfirmationInvalid();
        }

        if (user.DisabledAt is not null)
        {
            return new SignInDisabled();
        }

        if (await NewAccounts.FindUserAsync(work.Db, email, users.KeyNormalizer, ct) is not null)
        {
            return new EmailTaken();
        }

        var old = user.Email!;
        (user.Email, user.UserName) = (email.Value, email.Value);
        (user.NormalizedEmail, user.NormalizedUserName) = (users.KeyNormalizer.NormalizeEmail(email.Normalized), users.KeyNormalizer.NormalizeName(email.Normalized));
        user.SecurityStamp = Guid.NewGuid().ToString("N");
        var personal = await PersonalAccounts.OfAsync(work, userId, ct);
        foreach (var account in personal)
        {
            account.ChangeEmail(email.Value);
            await ClientList.RefreshAsync(work, account, ct);
        }

        work.Audit(new Actor(user.Id, user.FullName, user.LastAccountId, "", null), AuditActions.UserEmailChanged, ("user", user.Id), personal.FirstOrDefault()?.Id);
        await mails.EmailChangedAsync(work, user, old, ct);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}

/// <summary>The accounts that are a person itself.</summary>
internal static class PersonalAccounts
{
    public static Task<List<Account>> OfAsync(PortalTransaction work, long userId, CancellationToken ct) => (
        from m in work.Db.Members
        join a in work.Db.Accounts on m.AccountId equals a.Id
        where m.UserId == userId && a.Kind == AccountKind.Person && m.Role == MemberRole.Admin
        orderby a.Id
        select a).ToListAsync(ct);
}
