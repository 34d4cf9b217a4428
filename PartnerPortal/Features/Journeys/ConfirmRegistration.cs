using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Journeys.Products;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>The link of the confirmation mail is wrong, used or too old.</summary>
public sealed record ConfirmationInvalid : Error;

/// <summary>The link is good, but nothing shows that who follows it registered: the password is asked for, or a new one.</summary>
public sealed record ProofMissing(string Email) : Error;

/// <summary>What a confirmation brought about.</summary>
/// <param name="UserId">Who may be signed in now.</param>
/// <param name="PartnerName">The partner the person has now; null when none was agreed to.</param>
/// <param name="MustChoose">Another partner had created the account: at the sign-in the person chooses between them.</param>
public sealed record Confirmation(long UserId, string? PartnerName, bool MustChoose);

/// <summary>The address is confirmed: the partner agreed to while registering becomes the client's, in the same transaction.</summary>
public sealed class ConfirmRegistration(PortalDb portal, ProgramSettingsSource settings, PartnerChange change, JourneyMails mails, UserManager<PortalUser> users)
{
    /// <param name="userId">From the link.</param>
    /// <param name="code">From the link, base64url.</param>
    /// <param name="proof">That who follows the link is who registered.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<Confirmation>> ExecuteAsync(long userId, string code, RegistrationProof proof, CancellationToken ct)
    {
        var touchRule = (await settings.GetAsync(ct)).TouchRule;
        await using var work = await portal.BeginAsync(ct);
        if (!await work.Db.Users.AnyAsync(u => u.Id == userId, ct))
        {
            return new ConfirmationInvalid();
        }

        // The user is read once nobody else changes it: somebody who registers anew with the address voids this link, and must not be confirmed by it.
        var account = await NewAccounts.OwnOfAsync(work.Db, userId, ct);
        await work.LockAsync(PortalLock.Client, account.Id, ct);
        await work.Db.Entry(account).ReloadAsync(ct);
        if (await work.Db.Users.FirstOrDefaultAsync(u => u.Id == userId, ct) is not { } user || !await IsValidAsync(user, code))
        {
            return new ConfirmationInvalid();
        }

        if (user.DisabledAt is not null)
        {
            return new SignInDisabled();
        }

        if (await ProveAsync(user, proof) is { } missing)
        {
            return missing;
        }

        var actor = new Actor(user.Id, user.FullName, account.Id, account.Name, MemberRole.Admin) { Email = user.Email!, Language = user.Language };
        if (!user.EmailConfirmed)
        {
            await ConnectAsync(work, user, proof, actor, ct);
            user.EmailConfirmed = true;
            account.Claim();
            await FromProduct.ConfirmedAsync(work, account, ct);
            foreach (var credential in await work.Db.OneTimeCredentials.Where(c => c.UserId == userId && c.UsedAt == null && c.VoidedAt == null).ToListAsync(ct))
            {
                credential.Void(work.Now);
            }

            work.Audit(actor, AuditActions.UserConfirmed, ("user", user.Id), account.Id);
            // The partner's mails go to confirmed people only, this one included.
            await work.SaveAsync(ct);
        }

        var confirmation = await SettleAsync(work, user, account, touchRule, actor, ct);
        await work.CommitAsync(ct);
        return confirmation;
    }

    /// <summary>Who registered by a provider has no password that anybody knows; the provider's account lets in instead.</summary>
    private static async Task ConnectAsync(PortalTransaction work, PortalUser user, RegistrationProof proof, Actor actor, CancellationToken ct)
    {
        if (proof.External is not { } identity || !proof.FitsBrowser(user)
            || await work.Db.UserLogins.AnyAsync(l => l.LoginProvider == identity.Provider && l.ProviderKey == identity.Key, ct))
        {
            return;
        }

        work.Db.UserLogins.Add(ExternalLoginQueries.Row(identity, user.Id));
        user.PasswordHash = null;
        work.Audit(actor, AuditActions.UserLoginConnected, ("user", user.Id), null, new { provider = identity.Provider });
    }

    private async Task<Error?> ProveAsync(PortalUser user, RegistrationProof proof)
    {
        if (user.EmailConfirmed || proof.Fits(users, user))
        {
            return null;
        }

        if (proof.NewPassword is not { } chosen)
        {
            return proof.Password is null ? new ProofMissing(user.Email!) : new WrongPassword();
        }

        if (await PasswordRules.BrokenAsync(users, user, chosen) is { Count: > 0 } broken)
        {
            return new PasswordRefused(broken);
        }

        PasswordRules.Set(users, user, chosen);
        return null;
    }

    private async Task<Confirmation> SettleAsync(PortalTransaction work, PortalUser user, Account account, TouchRule touchRule, Actor actor, CancellationToken ct)
    {
        if (await work.Db.PendingReferrals.FirstOrDefaultAsync(p => p.UserId == user.Id, ct) is not { } pending)
        {
            return new Confirmation(user.Id, null, false);
        }

        var partner = await ReferralQueries.Partners(work.Db, work.Db.Accounts.Where(a => a.Id == pending.PartnerId)).FirstOrDefaultAsync(ct);
        var createdByOther = await work.Db.Invitations.AnyAsync(i =>
            i.ClientId == account.Id && i.Kind == InvitationKind.Created && i.PartnerId != pending.PartnerId && i.AnsweredAt == null && i.ExpiresAt > work.Now, ct);
        if (createdByOther)
        {
            // Two partners have a claim: the person chooses at the sign-in, where both are shown.
            return new Confirmation(user.Id, null, true);
        }

        work.Db.PendingReferrals.Remove(pending);
        if (partner is not { TakesClients: true } || await AttributionBook.OpenOfAsync(work.Db, account.Id, ct) is not null)
        {
            return new Confirmation(user.Id, null, false);
        }

        var invitation = pending.InvitationId is { } id ? await work.Db.Invitations.FirstOrDefaultAsync(i => i.Id == id, ct) : null;
        invitation = invitation?.IsOpen(work.Now) == true ? invitation : await JoinPartner.InvitationOfAsync(work, null, pending.PartnerId, account.Id, actor, ct);
        var contenders = await InPlay.WithOthersAsync(work, account, user.Email, null, pending.Contenders, ct);
        var receipt = new Receipt(pending.Rule, contenders, actor, null, (pending.WordingVersion, pending.Language), work.Now) { Facts = new ReceiptFacts(touchRule) };
        await change.OpenAsync(work, account, pending.PartnerId, pending.CameBy, receipt, invitation, ClientEventKind.Registered, actor, ct);
        await mails.ClientJoinedAsync(work, account, pending.PartnerId, null, ct);
        return new Confirmation(user.Id, partner.Name, false);
    }

    private async Task<bool> IsValidAsync(PortalUser user, string code) =>
        MailedToken.TryRead(code, out var token)
        && await users.VerifyUserTokenAsync(user, users.Options.Tokens.EmailConfirmationTokenProvider, UserManager<PortalUser>.ConfirmEmailTokenPurpose, token);
}
