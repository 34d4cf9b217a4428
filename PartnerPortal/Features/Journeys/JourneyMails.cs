using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Journeys;

/// <summary>Tells those concerned that a client's partner changed. Each message is composed in its reader's language and put into the transaction's outbox.</summary>
public sealed class JourneyMails(Outbox outbox, ProgramSettingsSource settings, PublicUrl urls, IStringLocalizer<JourneysText> text)
{
    /// <summary>A client registered or said Yes: tells the partner, and confirms it to the client.</summary>
    public async Task ClientJoinedAsync(PortalTransaction work, Account client, long partnerId, Actor actor, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        var partner = await work.Db.Accounts.FirstAsync(a => a.Id == partnerId, ct);
        await ToAdminsAsync(work, partnerId, MailKinds.ClientJoined, client.Id, () => new MailContent(
            text["ClientJoined.Subject", client.Name],
            text["ClientJoined.Preheader", program.Name],
            [
                new MailText(text["ClientJoined.Body", client.Name, program.Name]),
                new MailButton(text["ClientJoined.Button"], urls.Of(PortalUrls.Clients), text["ClientJoined.ButtonIntro"]),
            ]), ct);
        await ToAdminsAsync(work, client.Id, MailKinds.PartnerConfirmed, client.Id, () => new MailContent(
            text["PartnerConfirmed.Subject", partner.Name],
            text["PartnerConfirmed.Preheader"],
            [
                new MailText(text["PartnerConfirmed.Body", partner.Name, program.Name]),
                new MailText(text["PartnerConfirmed.Sees", partner.Name]),
                new MailButton(text["PartnerConfirmed.Button"], urls.Of(PortalUrls.MyPartner), text["PartnerConfirmed.ButtonIntro"]),
                new MailSmall(text["PartnerConfirmed.NotYou"]),
            ]), ct);
    }

    /// <summary>A client left, switched or closed its account: tells the partner that was.</summary>
    public async Task ClientLeftAsync(PortalTransaction work, Account client, long partnerId, AttributionEnd because, CancellationToken ct)
    {
        if (because is AttributionEnd.Reassigned)
        {
            return;
        }

        var program = await settings.GetAsync(ct);
        await ToAdminsAsync(work, partnerId, MailKinds.ClientLeft, client.Id, () => new MailContent(
            text["ClientLeft.Subject", Initials.Of(client.Name)],
            text["ClientLeft.Preheader", program.Name],
            [
                new MailText(because is AttributionEnd.Switched ? text["ClientLeft.Switched", Initials.Of(client.Name)] : text["ClientLeft.Left", Initials.Of(client.Name)]),
                new MailText(text["ClientLeft.Remains"]),
                new MailButton(text["ClientLeft.Button"], urls.Of(PortalUrls.Clients), text["ClientLeft.ButtonIntro"]),
            ]), ct);
    }

    /// <summary>A client whom support moved, or who had stopped sharing, lets its partner see its details.</summary>
    public async Task ClientSharedAsync(PortalTransaction work, Account client, long partnerId, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        await ToAdminsAsync(work, partnerId, MailKinds.ClientShared, client.Id, () => new MailContent(
            text["ClientShared.Subject", client.Name],
            text["ClientShared.Preheader", program.Name],
            [
                new MailText(text["ClientShared.Body", client.Name, program.Name]),
                new MailButton(text["ClientJoined.Button"], urls.Of(PortalUrls.Clients), text["ClientJoined.ButtonIntro"]),
            ]), ct);
    }

    /// <summary>Support moved clients: one mail to each partner whatever their number, one to each client.</summary>
    public async Task ReassignedAsync(PortalTransaction work, IReadOnlyList<(Account Client, long? From)> moved, Account target, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        await ToAdminsAsync(work, target.Id, MailKinds.ClientReassigned, target.Id, () => new MailContent(
            text.Counted("ReassignedTo.Subject", moved.Count),
            text["ReassignedTo.Preheader"],
            [
                new MailText(text.Counted("ReassignedTo.Body", moved.Count, program.Name)),
                new MailText(text["ReassignedTo.Sees"]),
                new MailButton(text["ClientJoined.Button"], urls.Of(PortalUrls.Clients), text["ClientJoined.ButtonIntro"]),
            ]), ct);
        foreach (var from in moved.Where(m => m.From is not null).GroupBy(m => m.From!.Value))
        {
            var count = from.Count();
            await ToAdminsAsync(work, from.Key, MailKinds.ClientReassigned, from.Key, () => new MailContent(
                text.Counted("ReassignedFrom.Subject", count),
                text["ReassignedFrom.Preheader"],
                [
                    new MailText(text.Counted("ReassignedFrom.Body", count, program.Name)),
                    new MailText(text["ClientLeft.Remains"]),
                    new MailButton(text["ClientLeft.Button"], urls.Of(PortalUrls.Clients), text["ClientLeft.ButtonIntro"]),
                ]), ct);
        }

        foreach (var (client, _) in moved)
        {
            await ToAdminsAsync(work, client.Id, MailKinds.ClientReassigned, client.Id, () => new MailContent(
                text["ReassignedClient.Subject", target.Name],
                text["ReassignedClient.Preheader"],
                [
                    new MailText(text["ReassignedClient.Body", target.Name, program.Name]),
                    new MailText(text["ReassignedClient.Sees", target.Name]),
                    new MailButton(text["PartnerConfirmed.Button"], urls.Of(PortalUrls.MyPartner), text["PartnerConfirmed.ButtonIntro"]),
                ]), ct);
        }
    }

    private async Task ToAdminsAsync(PortalTransaction work, long accountId, string kind, long aboutAccountId, Func<MailContent> compose, CancellationToken ct)
    {
        var brand = (await settings.GetAsync(ct)).ToMailBrand(urls);
        foreach (var recipient in await AccountPeople.AdminsAsync(work.Db, accountId, ct))
        {
            using (Languages.Speak(recipient.Language))
            {
                outbox.Add(work, kind, recipient, brand, compose(), aboutAccountId);
            }
        }
    }
}
