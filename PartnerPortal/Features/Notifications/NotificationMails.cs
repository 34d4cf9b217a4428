using System.Globalization;
using Microsoft.Extensions.Localization;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Program;
using PartnerPortal.Resources;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Notifications;

/// <summary>What somebody was told in one of its accounts.</summary>
/// <param name="AccountName">Null as staff.</param>
public sealed record DigestPart(string? AccountName, IReadOnlyList<NotificationLine> Lines);

/// <summary>Mails what stands in the portal as well: a line at once, or all of a day together.</summary>
public sealed class NotificationMails(Outbox outbox, ProgramSettingsSource settings, PublicUrl urls, StopLinkSeal seal, IStringLocalizer<NotificationsText> text)
{
    /// <summary>The names that a line needs are looked up in the transaction.</summary>
    internal async Task AtOnceAsync(PortalTransaction work, MailRecipient to, Notification told, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        using (Languages.Speak(to.Language))
        {
            var line = (await NotificationLines.OfAsync(work.Db, [told], ct))[0];
            var (said, stop) = (text.Say(line), seal.Seal(new StopWish(told.UserId, told.Kind)));
            outbox.Add(work, MailKinds.Notification, to, program.ToMailBrand(urls), new MailContent(
                said,
                text["Mail.Preheader", program.Name],
                [
                    new MailText(text["Mail.Hello", to.Name]),
                    new MailText(said),
                    new MailButton(text["Mail.Button"], urls.Of(line.Href ?? PortalUrls.Notifications), text["Mail.ButtonIntro"]),
                    new MailSmall(text["Mail.Why", text["Kind." + told.Kind]]),
                    new MailQuietLink(text["Mail.Stop"], urls.Of(PortalUrls.StopNotifications(stop))),
                ]), told.AccountId, unsubscribeUrl: urls.Of(PortalUrls.StopNotificationsAtOnce(stop)));
        }
    }

    /// <param name="work">The transaction that notes the day.</param>
    /// <param name="userId">Whose day.</param>
    /// <param name="to">The same.</param>
    /// <param name="day">As the reader's calendar has it.</param>
    /// <param name="parts">Not empty.</param>
    /// <param name="ct">Cancels.</param>
    public async Task DigestAsync(PortalTransaction work, long userId, MailRecipient to, DateOnly day, IReadOnlyList<DigestPart> parts, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        var stop = seal.Seal(new StopWish(userId, null));
        var count = parts.Sum(p => p.Lines.Count);
        List<MailBlock> blocks = [new MailText(text["Mail.Hello", to.Name]), new MailText(text.Counted("Digest.Intro", count, program.Name))];
        foreach (var part in parts)
        {
            if (part.AccountName is { Length: > 0 } name && parts.Count > 1)
            {
                blocks.Add(new MailHeading(name));
            }

            blocks.AddRange(part.Lines.Select(line => line.Href is { } href ? (MailBlock)new MailQuietLink(text.Say(line), urls.Of(href)) : new MailText(text.Say(line))));
        }

        blocks.Add(new MailButton(text["Digest.Button"], urls.Of(PortalUrls.Notifications), text["Digest.ButtonIntro"]));
        blocks.Add(new MailQuietLink(text["Digest.Settings"], urls.Of(PortalUrls.NotificationSettings)));
        blocks.Add(new MailQuietLink(text["Digest.Stop"], urls.Of(PortalUrls.StopNotifications(stop))));
        var date = day.ToString(text["Format.Day"], CultureInfo.CurrentCulture);
        outbox.Add(work, MailKinds.Digest, to, program.ToMailBrand(urls), new MailContent(text["Digest.Subject", program.Name, date], text.Say(parts[0].Lines[0]), blocks), null, unsubscribeUrl: urls.Of(PortalUrls.StopNotificationsAtOnce(stop)));
    }
}
