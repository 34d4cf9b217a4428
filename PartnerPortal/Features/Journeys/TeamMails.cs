using Microsoft.Extensions.Localization;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Journeys;

/// <summary>The mail that invites a colleague into an account.</summary>
public sealed class TeamMails(Outbox outbox, ProgramSettingsSource settings, PublicUrl urls, IStringLocalizer<TeamText> text)
{
    /// <param name="work">The transaction of the invitation.</param>
    /// <param name="invitation">Saved or about to be.</param>
    /// <param name="token">In clear; it stands only in this mail.</param>
    /// <param name="actor">Who invites. The mail is in its language: colleagues share one, and whether the address is known is not looked at.</param>
    /// <param name="ct">Cancels.</param>
    public async Task InviteAsync(PortalTransaction work, MemberInvitation invitation, string token, Actor actor, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        using (Languages.Speak(actor.Language))
        {
            var until = invitation.ExpiresAt.ToString("D", System.Globalization.CultureInfo.CurrentCulture);
            outbox.Add(work, MailKinds.TeamInvitation, new MailRecipient(invitation.Email, "", actor.Language), program.ToMailBrand(urls), new MailContent(
                text["Mail.Subject", actor.Name, actor.AccountName],
                text["Mail.Preheader", program.Name],
                [
                    new MailText(text["Mail.Body", actor.Name, actor.AccountName, program.Name, text["Role.As." + invitation.Role]]),
                    new MailButton(text["Mail.Button"], urls.Of(PortalUrls.TeamInvitation(token)), text["Mail.ButtonIntro"], IsSecret: true),
                    new MailSmall(text["Mail.Until", until, invitation.Email]),
                    new MailSmall(text["Mail.NotYou"]),
                ]), invitation.AccountId);
        }
    }
}
