using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Program;
using PartnerPortal.Resources;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Journeys;

/// <summary>Tells those concerned that a client's partner changed. Each message is composed in its reader's language and put into the transaction's outbox.</summary>
public sealed class JourneyMails(AdminMails mail, ProgramSettingsSource settings, PublicUrl urls, IStringLocalizer<JourneysText> text)
{
    /// <summary>A client registered or said Yes: tells the partner, and confirms it to the client.</summary>
    /// <param name="work">The transaction.</param>
    /// <param name="client">The client's account.</param>
    /// <param name="partnerId">Its partner now.</param>
    /// <param name="ended">What it switched from; null when it had no partner.</param>
    /// <param name="ct">Cancels.</param>
    public async Task ClientJoinedAsync(PortalTransaction work, Account client, long partnerId, Attribution? ended, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        var partner = await work.Db.Accounts.FirstAsync(a => a.Id == partnerId, ct);
        var former = ended is null ? "" : await work.Db.Accounts.Where(a => a.Id == ended.PartnerId).Select(a => a.Name).FirstAsync(ct);
        await ToAdminsAsync(work, partnerId, MailKinds.ClientJoined, client.Id, () => new MailContent(
            text["ClientJoined.Subject", client.Name],
            text["ClientJoined.Preheader", program.Name],
            [
                new MailText(text["ClientJoined.Body", client.Name, program.Name]),
                new MailButton(text["ClientJoined.Button"], urls.Of(PortalUrls.Clients), text["ClientJoined.ButtonIntro"]),
            ]), ct, NotificationKind.ClientJoined);
        await ToAdminsAsync(work, client.Id, MailKinds.PartnerConfirmed, client.Id, () => new MailContent(
            text["PartnerConfirmed.Subject", partner.Name],
            text["PartnerConfirmed.Preheader"],
            [
                new MailText(text["PartnerConfirmed.Body", partner.Name, program.Name]),
                .. LeavingMails.Instead(text, former, ended?.UndoUntil),
                new MailText(text["PartnerConfirmed.Sees", partner.Name]),
                new MailButton(text["PartnerConfirmed.Button"], urls.Of(PortalUrls.MyPartner), text["PartnerConfirmed.ButtonIntro"]),
                new MailSmall(text["PartnerConfirmed.NotYou"]),
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
            ]), ct, NotificationKind.ClientJoined);
    }

    /// <summary>Support moved clients: one mail to each partner whatever their number, one to each client.</summary>
    public async Task ReassignedAsync(PortalTransaction work, IReadOnlyList<(Account Client, long? From)> moved, Account target, CancellationToken ct)
    {
        await PartnersReassignedAsync(work, moved.Where(m => m.From is not null).GroupBy(m => m.From!.Value).ToDictionary(g => g.Key, g => g.Count()), moved.Count, target.Id, ct);
        foreach (var (client, _) in moved)
        {
            await ClientReassignedAsync(work, client, target, ct);
        }
    }

    /// <summary>Tells the partners.</summary>
    /// <param name="work">The transaction that ends the reassignment.</param>
    /// <param name="from">How many clients each had before.</param>
    /// <param name="count">How many came to the other.</param>
    /// <param name="targetId">That one's account.</param>
    /// <param name="ct">Cancels.</param>
    public async Task PartnersReassignedAsync(PortalTransaction work, IReadOnlyDictionary<long, int> from, int count, long targetId, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        await ToAdminsAsync(work, targetId, MailKinds.ClientReassigned, targetId, () => new MailContent(
            text.Counted("ReassignedTo.Subject", count),
            text["ReassignedTo.Preheader"],
            [
                new MailText(text.Counted("ReassignedTo.Body", count, program.Name)),
                new MailText(text["ReassignedTo.Sees"]),
                new MailButton(text["ClientJoined.Button"], urls.Of(PortalUrls.Clients), text["ClientJoined.ButtonIntro"]),
            ]), ct, NotificationKind.ClientMoved);
        foreach (var (partner, its) in from.OrderBy(f => f.Key))
        {
            await ToAdminsAsync(work, partner, MailKinds.ClientReassigned, partner, () => new MailContent(
                text.Counted("ReassignedFrom.Subject", its),
                text["ReassignedFrom.Preheader"],
                [
                    new MailText(text.Counted("ReassignedFrom.Body", its, program.Name)),
                    new MailText(text["ClientLeft.Remains"]),
                    new MailButton(text["ClientLeft.Button"], urls.Of(PortalUrls.Clients), text["ClientLeft.ButtonIntro"]),
                ]), ct, NotificationKind.ClientMoved);
        }
    }

    /// <summary>Tells a client who its partner is now.</summary>
    public async Task ClientReassignedAsync(PortalTransaction work, Account client, Account target, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        await ToAdminsAsync(work, client.Id, MailKinds.ClientReassigned, client.Id, () => new MailContent(
            text["ReassignedClient.Subject", target.Name],
            text["ReassignedClient.Preheader"],
            [
                new MailText(text["ReassignedClient.Body", target.Name, program.Name]),
                new MailText(text["ReassignedClient.Sees", target.Name]),
                new MailButton(text["PartnerConfirmed.Button"], urls.Of(PortalUrls.MyPartner), text["PartnerConfirmed.ButtonIntro"]),
            ]), ct);
    }

    /// <summary>Tells a client that its partner was closed and nobody took its place.</summary>
    public async Task ClientReleasedAsync(PortalTransaction work, Account client, long partnerId, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        var partner = await work.Db.Accounts.Where(a => a.Id == partnerId).Select(a => a.Name).FirstAsync(ct);
        await ToAdminsAsync(work, client.Id, MailKinds.ClientReassigned, client.Id, () => new MailContent(
            text["ReleasedClient.Subject", partner],
            text["ReassignedClient.Preheader"],
            [
                new MailText(text["ReleasedClient.Body", partner, program.Name]),
                new MailText(text["ReleasedClient.Stays"]),
                new MailButton(text["PartnerConfirmed.Button"], urls.Of(PortalUrls.MyPartner), text["PartnerConfirmed.ButtonIntro"]),
            ]), ct);
    }

    /// <summary>A reassignment was undone: tells the partner that had the clients for that time, and those that have them again.</summary>
    public async Task PartnersRestoredAsync(PortalTransaction work, IReadOnlyDictionary<long, int> back, int count, long? targetId, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        var told = back.OrderBy(b => b.Key).Select(b => (b.Key, b.Value, true));
        foreach (var (partner, its, isTo) in targetId is { } target ? told.Prepend((target, count, false)) : told)
        {
            await ToAdminsAsync(work, partner, MailKinds.ClientReassigned, partner, () => new MailContent(
                text[isTo ? "RestoredTo.Subject" : "RestoredFrom.Subject"],
                text["Restored.Preheader"],
                [
                    new MailText(text[isTo ? "RestoredTo.Body" : "RestoredFrom.Body", program.Name, its]),
                    new MailText(text[isTo ? "RestoredTo.Money" : "RestoredFrom.Money"]),
                    new MailButton(text["ClientLeft.Button"], urls.Of(PortalUrls.Clients), text["ClientLeft.ButtonIntro"]),
                ]), ct, NotificationKind.ClientMoved);
        }
    }

    /// <summary>The same to a client.</summary>
    /// <param name="partner">Whose client it is again; null for nobody's.</param>
    public async Task ClientRestoredAsync(PortalTransaction work, Account client, Account? partner, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        await ToAdminsAsync(work, client.Id, MailKinds.ClientReassigned, client.Id, () => new MailContent(
            partner is null ? text["RestoredClient.SubjectNone"] : text["RestoredClient.Subject", partner.Name],
            text["Restored.Preheader"],
            [
                new MailText(partner is null ? text["RestoredClient.BodyNone", program.Name] : text["RestoredClient.Body", partner.Name, program.Name]),
                new MailButton(text["PartnerConfirmed.Button"], urls.Of(PortalUrls.MyPartner), text["PartnerConfirmed.ButtonIntro"]),
            ]), ct);
    }

    private Task ToAdminsAsync(PortalTransaction work, long accountId, string kind, long aboutAccountId, Func<MailContent> compose, CancellationToken ct, NotificationKind? about = null) =>
        mail.ToAdminsAsync(work, accountId, kind, aboutAccountId, compose, ct, about);
}
