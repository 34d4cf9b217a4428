using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Program;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Journeys.Sponsoring;

/// <summary>Tells an account who recommends it now, the sponsor that was, and the one that is. Neither of those reads of the other.</summary>
public sealed class SponsorMails(AdminMails mail, ProgramSettingsSource settings, PublicUrl urls, IStringLocalizer<JourneysText> text)
{
    public async Task ChangedAsync(PortalTransaction work, Account account, SponsorChange change, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        var now = change.ToSponsorId is { } to ? await work.Db.Accounts.Where(a => a.Id == to).Select(a => a.Name).FirstAsync(ct) : null;
        await mail.ToAdminsAsync(work, account.Id, MailKinds.SponsorChanged, account.Id, () => new MailContent(
            text["Sponsor.Own.Subject"],
            text["Sponsor.Preheader", program.Name],
            [
                new MailText(now is null ? text["Sponsor.Own.None", program.Name] : text["Sponsor.Own.Body", program.Name, now]),
                new MailText(text["Sponsor.Own.Same"]),
                new MailButton(text["PartnerConfirmed.Button"], urls.Of(PortalUrls.MyPartner), text["PartnerConfirmed.ButtonIntro"]),
            ]), ct);
        if (change.FromSponsorId is { } former)
        {
            await SponsorAsync(work, account, former, isNext: false, program, ct);
        }

        if (change.ToSponsorId is { } next)
        {
            await SponsorAsync(work, account, next, isNext: true, program, ct);
        }
    }

    private async Task SponsorAsync(PortalTransaction work, Account account, long sponsorId, bool isNext, ProgramSettings program, CancellationToken ct)
    {
        // A client that does not share its name with the sponsor is told by its initials. An integrator's name is everybody's.
        var isNamed = await work.Db.Partners.AnyAsync(p => p.AccountId == account.Id && p.Kind == PartnerKind.Integrator && p.State == PartnerState.Active, ct)
            || await work.Db.Consents.AnyAsync(c => c.ClientId == account.Id && c.PartnerId == sponsorId && c.Kind == ConsentKind.Data && c.WithdrawnAt == null, ct);
        var name = isNamed ? account.Name : Initials.Of(account.Name);
        await mail.ToAdminsAsync(work, sponsorId, MailKinds.SponsorChanged, account.Id, () => new MailContent(
            text[isNext ? "Sponsor.Next.Subject" : "Sponsor.Former.Subject", name],
            text["Sponsor.Preheader", program.Name],
            [
                new MailText(text[isNext ? "Sponsor.Next.Body" : "Sponsor.Former.Body", program.Name, name]),
                new MailText(text[isNext ? "Sponsor.Next.Money" : "Sponsor.Former.Money"]),
                new MailButton(text["Sponsor.Button"], urls.Of(PortalUrls.Wallet), text["Sponsor.ButtonIntro"]),
            ]), ct);
    }
}
