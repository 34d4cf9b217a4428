using Microsoft.Extensions.Localization;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Journeys.Security;

/// <summary>What a security notice tells of.</summary>
public enum SecurityChange
{
    PasswordChanged,
    TwoFactorOn,
    TwoFactorOff,
    AuthenticatorReset,
    RecoveryCodesMade,
    ProviderConnected,
    ProviderDisconnected,
}

/// <summary>The mails about a person's own way in: reset the password, confirm a new address, and notices of what changed.</summary>
public sealed class IdentityMails(Outbox outbox, ProgramSettingsSource settings, PublicUrl urls, IStringLocalizer<SecurityText> text)
{
    /// <param name="work">The transaction.</param>
    /// <param name="user">Whose password is to be set anew.</param>
    /// <param name="path">Path with the token.</param>
    /// <param name="ct">Cancels.</param>
    public Task ResetPasswordAsync(PortalTransaction work, PortalUser user, string path, CancellationToken ct) =>
        AddAsync(work, MailKinds.ResetPassword, user, user.Email!, program => new MailContent(text["Reset.Subject", program], text["Reset.Preheader"],
        [
            new MailText(text["Hello", user.FullName]),
            new MailText(text["Reset.Body", program]),
            new MailButton(text["Reset.Button"], urls.Of(path), text["Reset.ButtonIntro"], IsSecret: true),
            new MailSmall(text["Reset.NotYou"]),
        ]), ct);

    /// <summary>To the new address: following the link proves that it is the person's own.</summary>
    public Task ConfirmNewEmailAsync(PortalTransaction work, PortalUser user, string newAddress, string path, CancellationToken ct) =>
        AddAsync(work, MailKinds.ConfirmNewEmail, user, newAddress, program => new MailContent(text["NewEmail.Subject", program], text["NewEmail.Preheader"],
        [
            new MailText(text["Hello", user.FullName]),
            new MailText(text["NewEmail.Body", program]),
            new MailButton(text["NewEmail.Button"], urls.Of(path), text["NewEmail.ButtonIntro"], IsSecret: true),
            new MailSmall(text["NewEmail.NotYou"]),
        ]), ct);

    /// <summary>Somebody wants to use an address that has an account: only its owner is told.</summary>
    public Task EmailTakenAsync(PortalTransaction work, PortalUser owner, CancellationToken ct) =>
        AddAsync(work, MailKinds.SecurityNotice, owner, owner.Email!, program => new MailContent(text["Taken.Subject", program], text["Taken.Preheader"],
        [
            new MailText(text["Hello", owner.FullName]),
            new MailText(text["Taken.Body", program]),
            new MailSmall(text["Taken.NotYou"]),
        ]), ct);

    /// <summary>To the address that was: the sign-in moved to another.</summary>
    public Task EmailChangedAsync(PortalTransaction work, PortalUser user, string oldAddress, CancellationToken ct) =>
        AddAsync(work, MailKinds.SecurityNotice, user, oldAddress, program => new MailContent(text["EmailChanged.Subject", program], text["EmailChanged.Preheader"],
        [
            new MailText(text["Hello", user.FullName]),
            new MailText(text["EmailChanged.Body", program]),
            new MailSmall(text["EmailChanged.NotYou"]),
        ]), ct);

    public Task ChangedAsync(PortalTransaction work, PortalUser user, SecurityChange change, CancellationToken ct) =>
        AddAsync(work, MailKinds.SecurityNotice, user, user.Email!, program => new MailContent(text["Changed.Subject." + change, program], text["Changed.Preheader"],
        [
            new MailText(text["Hello", user.FullName]),
            new MailText(text["Changed.Body." + change, program]),
            new MailText(text["Changed.NotYou"]),
            new MailButton(text["Changed.Button"], urls.Of(PortalUrls.ForgotPassword), text["Changed.ButtonIntro"]),
        ]), ct);

    /// <summary>Staff lets the person in no more. The mail is its only way to learn of it, so it says why and what stays.</summary>
    /// <param name="work">The transaction that disabled it.</param>
    /// <param name="user">Disabled, with the reason.</param>
    /// <param name="ct">Cancels.</param>
    public Task DisabledAsync(PortalTransaction work, PortalUser user, CancellationToken ct) =>
        AddAsync(work, MailKinds.SecurityNotice, user, user.Email!, program => new MailContent(text["Disabled.Subject", program], text["Disabled.Preheader"],
        [
            new MailText(text["Hello", user.FullName]),
            new MailText(text["Disabled.Body", program]),
            new MailText(text["Disabled.Reason", user.DisabledReason ?? ""]),
            new MailText(text["Disabled.Stays"]),
            new MailText(text["Disabled.Write"]),
        ]), ct);

    public Task EnabledAsync(PortalTransaction work, PortalUser user, CancellationToken ct) =>
        AddAsync(work, MailKinds.SecurityNotice, user, user.Email!, program => new MailContent(text["Enabled.Subject", program], text["Enabled.Preheader"],
        [
            new MailText(text["Hello", user.FullName]),
            new MailText(text["Enabled.Body", program]),
            new MailButton(text["Enabled.Button"], urls.Of(PortalUrls.SignIn), text["Enabled.ButtonIntro"]),
            new MailSmall(text["Enabled.Links"]),
        ]), ct);

    private async Task AddAsync(PortalTransaction work, string kind, PortalUser user, string address, Func<string, MailContent> compose, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        using (Languages.Speak(user.Language))
        {
            outbox.Add(work, kind, new MailRecipient(address, user.FullName, user.Language), program.ToMailBrand(urls), compose(program.Name), user.LastAccountId);
        }
    }
}
