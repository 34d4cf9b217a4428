using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Journeys.Products;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>The registration form.</summary>
/// <param name="FullName">As typed.</param>
/// <param name="Email">As typed.</param>
/// <param name="Password">Already held to the password rules by the page.</param>
/// <param name="Language">In which the form was read.</param>
/// <param name="Clues">What the visitor brought.</param>
/// <param name="AgreedPartnerId">The partner that the form named; null when it named none, or the person took it away.</param>
/// <param name="Removed">The person took the partner away.</param>
/// <param name="ReturnUrl">A local path, already checked, to go to after the first sign-in; null when none.</param>
/// <param name="IsProven">A sign-in provider saw the address confirmed: no mail is sent, and its owner may learn that it has an account.</param>
public sealed record RegisterRequest(string? FullName, string? Email, string Password, string Language, ReferralClues Clues, long? AgreedPartnerId, bool Removed, string? ReturnUrl = null, bool IsProven = false)
{
    /// <summary>The form was the product's, and what the product calls the account; null when it was the portal's.</summary>
    internal FromProduct? Product { get; init; }

    /// <summary>Of the consent that the form showed.</summary>
    internal int WordingVersion { get; init; } = ConsentWording.Current;
}

/// <summary>The form was taken; a mail says how to go on.</summary>
/// <param name="Proof">Kept by the browser that registered: with it the mailed link needs no password. Says nothing of whether the address had an account.</param>
public sealed record Registered(string Proof);

public sealed record NameMissing : Error
{
    public override string Field => nameof(RegisterRequest.FullName);
}

public sealed record EmailWrong(EmailProblem Problem) : Error
{
    public override string Field => nameof(RegisterRequest.Email);
}

/// <summary>Between showing the form and sending it, another partner came to stand first; the form is shown again, with that one.</summary>
public sealed record PartnerChangedMeanwhile : Error;

/// <summary>The address has an account; said only to who has shown that the address is its own.</summary>
public sealed record AddressHasAccount : Error;

/// <summary>
/// A person registers. The answer is the same whether the address has an account or not (invariant 10): a mail says how to go on.
/// The partner becomes the client's only when the address is confirmed.
/// </summary>
public sealed class RegisterAccount(
    PortalDb portal, ProgramSettingsSource settings, ReferralQueries referrals, RegistrationMails mails, UserManager<PortalUser> users)
{
    public async Task<Result<Registered>> ExecuteAsync(RegisterRequest request, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(request.FullName))
        {
            return new NameMissing();
        }

        if (!EmailAddress.TryParse(request.Email, out var email, out var problem))
        {
            return new EmailWrong(problem);
        }

        var program = await settings.GetAsync(ct);
        var candidates = await referrals.CandidatesAsync(request.Clues, ct);
        var (decision, _) = ReferralPrecedence.Decide(candidates, program.TouchRule, request.Removed);
        if (decision is not null && decision.PartnerId != request.AgreedPartnerId)
        {
            return new PartnerChangedMeanwhile();
        }

        // Hashed before anything is known of the address, so that the time says nothing of it.
        var passwordHash = users.PasswordHasher.HashPassword(new PortalUser(), request.Password);
        try
        {
            if (await RegisterAsync(request, email, passwordHash, decision, ct) is { } error)
            {
                return error;
            }
        }
        catch (DbUpdateException tie) when (tie.IsUniqueViolation() || tie is DbUpdateConcurrencyException)
        {
            // The same form sent twice at once, or the address's owner chose a password at this moment: this one meets the other's account.
            if (await RegisterAsync(request, email, passwordHash, decision, ct) is { } refused)
            {
                return refused;
            }
        }

        return new Registered(RegistrationProof.Of(passwordHash));
    }

    private async Task<Error?> RegisterAsync(RegisterRequest request, EmailAddress email, string passwordHash, ReferralDecision? decision, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        var user = await NewAccounts.FindUserAsync(work.Db, email, users.KeyNormalizer, ct);
        if (user is not null)
        {
            // A confirmation that goes on at this moment must not be given this form's password, nor confirm it: who waits reads the user anew.
            await work.LockAsync(PortalLock.Client, (await NewAccounts.OwnOfAsync(work.Db, user.Id, ct)).Id, ct);
            await work.Db.Entry(user).ReloadAsync(ct);
        }

        var partner = decision is null ? null : await PartnerAsync(work, decision.PartnerId, ct);
        if (user is { EmailConfirmed: true } or { DisabledAt: not null })
        {
            return await TellOwnerAsync(work, user, request, partner, ct);
        }

        var account = user is null
            ? await CreateAsync(work, request, email, passwordHash, ct)
            : await TakeOverAsync(work, user, request, passwordHash, ct);
        user ??= await work.Db.Users.FirstAsync(u => u.Id == account.UserId, ct);
        await work.Db.PendingReferrals.Where(p => p.UserId == user.Id).ExecuteDeleteAsync(ct);
        // Registering once more with the code of the account that the first try made: nobody is its own partner.
        decision = decision?.PartnerId == account.AccountId ? null : decision;
        if (decision is not null)
        {
            work.Db.PendingReferrals.Add(new PendingReferral(user.Id, account.AccountId, decision, request.WordingVersion, Languages.Nearest(request.Language), work.Now));
            await NoteRegisteredAsync(work, decision, ct);
        }

        work.Audit(new Actor(user.Id, user.FullName, account.AccountId, user.FullName, MemberRole.Admin), AuditActions.UserRegistered, ("user", user.Id), account.AccountId,
            new { partnerId = decision?.PartnerId, rule = decision?.Rule });
        await work.SaveAsync(ct);
        if (request.Product is { } product)
        {
            await product.KeepAsync(work, await work.Db.Accounts.FirstAsync(a => a.Id == account.AccountId, ct), request.IsProven, ct);
        }

        if (!request.IsProven)
        {
            await mails.ConfirmAsync(work, user, await MailedToken.ConfirmPathAsync(users, user, request.ReturnUrl), decision is null ? null : partner?.Name, ct);
        }
        else if (request.Product is not null)
        {
            await mails.MadeInProductAsync(work, user, decision is null ? null : partner?.Name, ct);
        }

        await work.CommitAsync(ct);
        return null;
    }

    /// <summary>The form named the partner and was sent: the partner may know that its invitation came so far.</summary>
    private static async Task NoteRegisteredAsync(PortalTransaction work, ReferralDecision decision, CancellationToken ct)
    {
        if (decision.InvitationId is { } id && await work.Db.Invitations.FirstOrDefaultAsync(i => i.Id == id && i.PartnerId == decision.PartnerId, ct) is { } invitation)
        {
            invitation.Register(work.Now);
            work.Signal(InvitationQueries.ChannelOf(decision.PartnerId));
        }
    }

    /// <summary>The address is somebody's already: the mail tells its owner, the page only who has shown to be the owner.</summary>
    private async Task<Error?> TellOwnerAsync(PortalTransaction work, PortalUser owner, RegisterRequest request, ReferralPartner? partner, CancellationToken ct)
    {
        var isDisabled = owner.DisabledAt is not null;
        if (request.IsProven && (isDisabled || request.Product is null))
        {
            return isDisabled ? new SignInDisabled() : new AddressHasAccount();
        }

        if (request.Product is { } product)
        {
            await product.KeepAsync(work, request.IsProven ? await NewAccounts.OwnOfAsync(work.Db, owner.Id, ct) : null, request.IsProven, ct);
        }

        // Whoever has registered in the product with an address of its own knows that it has an account; only a partner is news.
        if (!request.IsProven || partner is not null)
        {
            await (isDisabled ? mails.NoWayInAsync(work, owner, ct) : mails.AlreadyRegisteredAsync(work, owner, partner, ct));
        }

        await work.CommitAsync(ct);
        return null;
    }

    private async Task<(long UserId, long AccountId)> CreateAsync(PortalTransaction work, RegisterRequest request, EmailAddress email, string passwordHash, CancellationToken ct)
    {
        var user = NewAccounts.User(email, request.FullName!.Trim(), request.Language, users.KeyNormalizer, work.Now);
        user.PasswordHash = passwordHash;
        work.Audit(new Actor(null, user.FullName, null, "", null), AuditActions.AccountCreated, ("account", null));
        var account = await NewAccounts.PersonalAsync(work, user, null, AccountState.Unclaimed, ct);
        return (user.Id, account.Id);
    }

    /// <summary>
    /// An address that nobody confirmed yet, from an earlier try or because a partner created the account. Whoever registers now may not be its owner:
    /// the earlier confirmation stops working, but one-time credentials go on, since they were mailed to the owner and replace this password.
    /// </summary>
    private static async Task<(long UserId, long AccountId)> TakeOverAsync(PortalTransaction work, PortalUser user, RegisterRequest request, string passwordHash, CancellationToken ct)
    {
        user.FullName = request.FullName!.Trim();
        user.Language = Languages.Nearest(request.Language);
        user.PasswordHash = passwordHash;
        user.SecurityStamp = Guid.NewGuid().ToString("N");
        var account = await NewAccounts.OwnOfAsync(work.Db, user.Id, ct);
        account.ChangeContact(account.Kind is AccountKind.Firm ? account.Name : user.FullName, user.Email, account.Phone, account.Website);
        account.ChangeLanguage(user.Language);
        return (user.Id, account.Id);
    }

    private static Task<ReferralPartner?> PartnerAsync(PortalTransaction work, long partnerId, CancellationToken ct) =>
        ReferralQueries.Partners(work.Db, work.Db.Accounts.Where(a => a.Id == partnerId)).FirstOrDefaultAsync(ct);
}
