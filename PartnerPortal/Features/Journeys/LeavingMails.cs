using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Program;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Journeys;

/// <summary>Tells those concerned that a client left its partner, or came back.</summary>
public sealed class LeavingMails(AdminMails mail, ProgramSettingsSource settings, PublicUrl urls, IStringLocalizer<JourneysText> text)
{
    /// <summary>A client left, switched, took a switch back or closed its account: tells the partner that was.</summary>
    /// <param name="work">The transaction.</param>
    /// <param name="client">The client's account.</param>
    /// <param name="ended">Of that partner.</param>
    /// <param name="ct">Cancels.</param>
    public async Task ClientLeftAsync(PortalTransaction work, Account client, Attribution ended, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        await mail.ToAdminsAsync(work, ended.PartnerId, MailKinds.ClientLeft, client.Id, () => new MailContent(
            text["ClientLeft.Subject", Initials.Of(client.Name)],
            text["ClientLeft.Preheader", program.Name],
            [
                new MailText(BodyOf(ended, Initials.Of(client.Name))),
                .. ended.UndoUntil is { } until ? [new MailText(text["ClientLeft.Undo", Time(until)])] : Array.Empty<MailBlock>(),
                new MailText(text["ClientLeft.Remains"]),
                new MailButton(text["ClientLeft.Button"], urls.Of(PortalUrls.Clients), text["ClientLeft.ButtonIntro"]),
            ]), ct, NotificationKind.ClientLeft);
    }

    /// <summary>Confirms to a client that it left, and says how it can undo that.</summary>
    public async Task PartnerLeftAsync(PortalTransaction work, Account client, string partner, DateTime? undoUntil, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        await mail.ToAdminsAsync(work, client.Id, MailKinds.PartnerLeft, client.Id, () => new MailContent(
            text["PartnerLeft.Subject", partner],
            text["PartnerLeft.Preheader"],
            [
                new MailText(text["PartnerLeft.Body", partner, program.Name]),
                .. undoUntil is { } until ? [new MailText(text["PartnerLeft.Undo", Time(until)])] : Array.Empty<MailBlock>(),
                new MailButton(text["PartnerConfirmed.Button"], urls.Of(PortalUrls.MyPartner), text["PartnerConfirmed.ButtonIntro"]),
                new MailSmall(text["PartnerLeft.NotYou"]),
            ]), ct);
    }

    /// <summary>A client undid that it had left or switched: tells the partner that has it again, and the client.</summary>
    /// <param name="work">The transaction.</param>
    /// <param name="client">The client's account.</param>
    /// <param name="partnerId">Its partner again.</param>
    /// <param name="isShared">That one sees its details, as before.</param>
    /// <param name="ct">Cancels.</param>
    public async Task ClientReturnedAsync(PortalTransaction work, Account client, long partnerId, bool isShared, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        var partner = await work.Db.Accounts.Where(a => a.Id == partnerId).Select(a => a.Name).FirstAsync(ct);
        var shown = isShared ? client.Name : Initials.Of(client.Name);
        await mail.ToAdminsAsync(work, partnerId, MailKinds.ClientReturned, client.Id, () => new MailContent(
            text["ClientReturned.Subject", shown],
            text["ClientReturned.Preheader", program.Name],
            [
                new MailText(text["ClientReturned.Body", shown, program.Name]),
                new MailText(text["ClientReturned.Money"]),
                new MailButton(text["ClientJoined.Button"], urls.Of(PortalUrls.Clients), text["ClientJoined.ButtonIntro"]),
            ]), ct, NotificationKind.ClientJoined);
        await mail.ToAdminsAsync(work, client.Id, MailKinds.PartnerConfirmed, client.Id, () => new MailContent(
            text["PartnerReturned.Subject", partner],
            text["PartnerReturned.Preheader"],
            [
                new MailText(text["PartnerReturned.Body", partner, program.Name]),
                new MailButton(text["PartnerConfirmed.Button"], urls.Of(PortalUrls.MyPartner), text["PartnerConfirmed.ButtonIntro"]),
                new MailSmall(text["PartnerConfirmed.NotYou"]),
            ]), ct);
    }

    /// <summary>For the mail that confirms a new partner: whom it replaces, and until when that can be undone. Nothing when it replaces nobody.</summary>
    internal static IEnumerable<MailBlock> Instead(IStringLocalizer<JourneysText> text, string former, DateTime? undoUntil) => (former, undoUntil) switch
    {
        ("", _) => [],
        (_, { } until) => [new MailText(text["PartnerConfirmed.InsteadUndo", former, Time(until)])],
        _ => [new MailText(text["PartnerConfirmed.Instead", former])],
    };

    private string BodyOf(Attribution ended, string client) => ended.EndedBecause switch
    {
        AttributionEnd.Switched => text["ClientLeft.Switched", client],
        AttributionEnd.TakenBack => text["ClientLeft.TakenBack", client],
        _ => text["ClientLeft.Left", client],
    };

    private static string Time(DateTime utc) => utc.ToString("f", CultureInfo.CurrentCulture) + " UTC";
}
