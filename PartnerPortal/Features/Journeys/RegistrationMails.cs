using Microsoft.Extensions.Localization;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Journeys;

/// <summary>The mails by which a person comes in: confirm the address, credentials of a created account, invitations.</summary>
public sealed class RegistrationMails(Outbox outbox, ProgramSettingsSource settings, PublicUrl urls, IStringLocalizer<JourneysText> text)
{
    /// <param name="work">The transaction of the registration.</param>
    /// <param name="user">Saved already.</param>
    /// <param name="confirmPath">Path with the confirmation token.</param>
    /// <param name="partnerName">The partner that was agreed to; null when none.</param>
    /// <param name="ct">Cancels.</param>
    public async Task ConfirmAsync(PortalTransaction work, PortalUser user, string confirmPath, string? partnerName, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        using (Languages.Speak(user.Language))
        {
            List<MailBlock> blocks =
            [
                new MailText(text["Hello", user.FullName]),
                new MailText(text["Confirm.Body", program.Name]),
                new MailButton(text["Confirm.Button"], urls.Of(confirmPath), text["Confirm.ButtonIntro"], IsSecret: true),
            ];
            if (partnerName is not null)
            {
                blocks.Add(new MailText(text["Confirm.Partner", partnerName]));
            }

            blocks.Add(new MailSmall(text["Confirm.NotYou"]));
            Add(work, MailKinds.ConfirmEmail, user, program, new MailContent(text["Confirm.Subject", program.Name], text["Confirm.Preheader"], blocks));
        }
    }

    /// <summary>An account was made in the program's product, which has seen the address confirmed: the person may come in here as well.</summary>
    /// <param name="work">The transaction of the registration.</param>
    /// <param name="user">Saved already.</param>
    /// <param name="partnerName">The partner that was agreed to; null when none.</param>
    /// <param name="ct">Cancels.</param>
    public async Task MadeInProductAsync(PortalTransaction work, PortalUser user, string? partnerName, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        using (Languages.Speak(user.Language))
        {
            List<MailBlock> blocks = [new MailText(text["Hello", user.FullName]), new MailText(text["FromProduct.Body", program.Name])];
            if (partnerName is not null)
            {
                blocks.Add(new MailText(text["FromProduct.Partner", partnerName]));
            }

            blocks.Add(new MailButton(text["FromProduct.Button"], urls.Of(PortalUrls.ForgotPassword), text["FromProduct.ButtonIntro"]));
            blocks.Add(new MailSmall(text["FromProduct.NotYou"]));
            Add(work, MailKinds.MadeInProduct, user, program, new MailContent(text["FromProduct.Subject", program.Name], text["FromProduct.Preheader"], blocks));
        }
    }

    /// <summary>Somebody registered with an address that has an account: only its owner is told, the page says nothing of it.</summary>
    public async Task AlreadyRegisteredAsync(PortalTransaction work, PortalUser user, ReferralPartner? partner, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        using (Languages.Speak(user.Language))
        {
            var target = partner is null ? PortalUrls.SignIn : PortalUrls.SignInThen(PortalUrls.Join(partner.Code));
            List<MailBlock> blocks = [new MailText(text["Hello", user.FullName]), new MailText(text["Already.Body", program.Name])];
            if (partner is not null)
            {
                blocks.Add(new MailText(text["Already.Partner", partner.Name]));
            }

            blocks.Add(new MailButton(text["Already.Button"], urls.Of(target), text["Already.ButtonIntro"]));
            blocks.Add(new MailSmall(text["Already.NotYou"]));
            Add(work, MailKinds.AlreadyRegistered, user, program, new MailContent(text["Already.Subject", program.Name], text["Already.Preheader"], blocks));
        }
    }

    /// <summary>Somebody asked for a way in, or registered, with the address of a person who is disabled: only the person is told why nothing comes of it.</summary>
    public async Task NoWayInAsync(PortalTransaction work, PortalUser user, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        using (Languages.Speak(user.Language))
        {
            Add(work, MailKinds.SecurityNotice, user, program, new MailContent(text["NoWayIn.Subject", program.Name], text["NoWayIn.Preheader"],
            [
                new MailText(text["Hello", user.FullName]),
                new MailText(text["NoWayIn.Body", program.Name]),
                new MailText(text["NoWayIn.Write"]),
                new MailSmall(text["NoWayIn.NotYou"]),
            ]));
        }
    }

    /// <summary>Credentials of an account that a partner created.</summary>
    /// <param name="work">The transaction that made the account or the new credential.</param>
    /// <param name="invitation">The partner's invitation.</param>
    /// <param name="user">The new user, in the language to write in.</param>
    /// <param name="from">Who created it.</param>
    /// <param name="secret">The generated password in clear; null when the program sends the link only.</param>
    /// <param name="token">The link's token in clear.</param>
    /// <param name="expiresAt">UTC; until when both work.</param>
    /// <param name="ct">Cancels.</param>
    public async Task AccountReadyAsync(PortalTransaction work, Invitation invitation, PortalUser user, Inviter from, string? secret, string token, DateTime expiresAt, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        using (Languages.Speak(user.Language))
        {
            var until = expiresAt.ToString("D", System.Globalization.CultureInfo.CurrentCulture);
            List<MailBlock> blocks =
            [
                new MailText(text["Hello", user.FullName]),
                new MailText(text["Ready.Body", from.Describe(text), program.Name]),
                new MailButton(text["Ready.Button"], urls.Of(PortalUrls.Start(token)), text["Ready.ButtonIntro", until], IsSecret: true),
                new MailSmall(text["Ready.ButtonOnce", until], HtmlOnly: true),
            ];
            if (secret is not null)
            {
                blocks.Add(new MailHeading(text["Ready.OrPassword"]));
                blocks.Add(new MailFacts(
                [
                    new MailFact(text["Ready.Address"], urls.Of(PortalUrls.SignIn), Url: urls.Of(PortalUrls.SignIn)),
                    new MailFact(text["Ready.Login"], user.Email!),
                    new MailFact(text["Ready.Password"], secret, IsCode: true, IsSecret: true),
                ]));
                blocks.Add(new MailSmall(text["Ready.PasswordOnce", from.PartnerName]));
            }

            blocks.Add(new MailHeading(text["Ready.BeforeTitle"]));
            blocks.Add(new MailText(text["Ready.Before", from.PartnerName]));
            blocks.Add(new MailSmall(text["Ready.NotYou"]));
            blocks.Add(StopLink(invitation, from));
            outbox.Add(work, MailKinds.AccountReady, new MailRecipient(user.Email!, user.FullName, user.Language), program.ToMailBrand(urls),
                new MailContent(text["Ready.Subject", program.Name], text["Ready.Preheader", from.PartnerName], blocks), invitation.PartnerId, invitation.Id, OneClick(invitation));
        }
    }

    /// <summary>An invitation to the join form: to an address that has an account, or by "send by e-mail".</summary>
    public async Task InviteAsync(PortalTransaction work, Invitation invitation, string toName, string code, Inviter from, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        using (Languages.Speak(invitation.Language))
        {
            List<MailBlock> blocks = [new MailText(toName.Length == 0 ? text["HelloUnnamed"] : text["Hello", toName]), new MailText(text["Invite.Body", from.Describe(text), program.Name])];
            if (program.About.Length > 0)
            {
                blocks.Add(new MailText(program.About));
            }

            blocks.Add(new MailButton(text["Invite.Button", from.PartnerName], urls.Of(PortalUrls.Referral(code, invitation.Token, ReferralSources.Mail)), text["Invite.ButtonIntro"]));
            blocks.Add(new MailText(text["Invite.Nothing", from.PartnerName]));
            blocks.Add(new MailSmall(text["Invite.NotYou", from.PartnerName]));
            blocks.Add(StopLink(invitation, from));
            outbox.Add(work, MailKinds.Invitation, new MailRecipient(invitation.Email, toName, invitation.Language), program.ToMailBrand(urls),
                new MailContent(text["Invite.Subject", from.PartnerName, program.Name], text["Invite.Preheader"], blocks), invitation.PartnerId, invitation.Id, OneClick(invitation));
        }
    }

    private MailQuietLink StopLink(Invitation invitation, Inviter from) => new(text["Invite.Stop", from.PartnerName], urls.Of(PortalUrls.StopInvitations(invitation.Token)));

    private string OneClick(Invitation invitation) => urls.Of(PortalUrls.StopInvitationsAtOnce(invitation.Token));

    private void Add(PortalTransaction work, string kind, PortalUser user, ProgramSettings program, MailContent content) =>
        outbox.Add(work, kind, new MailRecipient(user.Email!, user.FullName, user.Language), program.ToMailBrand(urls), content, user.LastAccountId);
}

/// <summary>Who invites: a person of a firm, or a person alone.</summary>
public sealed record Inviter(string PersonName, string PartnerName)
{
    /// <summary>"Marta Oliveira of Brightwater Systems", or the partner's name alone.</summary>
    public string Describe(IStringLocalizer<JourneysText> text) =>
        PersonName.Length == 0 || PersonName == PartnerName ? PartnerName : text["PersonOf", PersonName, PartnerName];
}
