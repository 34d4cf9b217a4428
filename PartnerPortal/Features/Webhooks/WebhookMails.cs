using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Webhooks;

/// <summary>Tells those who run an endpoint that the portal stopped calling it: the admins of the partner, or the program's owners.</summary>
public sealed class WebhookMails(Outbox outbox, ProgramSettingsSource settings, PublicUrl urls, IStringLocalizer<WebhooksText> text)
{
    public async Task PausedAsync(PortalTransaction work, WebhookEndpoint endpoint, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        var step = endpoint.State is WebhookState.Gone ? "Gone" : "Failing";
        var readers = endpoint.AccountId is { } partner ? await AccountPeople.AdminsAsync(work.Db, partner, ct) : await OwnersAsync(work.Db, ct);
        foreach (var reader in readers)
        {
            using (Languages.Speak(reader.Language))
            {
                outbox.Add(work, MailKinds.WebhookPaused, reader, program.ToMailBrand(urls), new MailContent(
                    text[$"Mail.{step}.Subject", Host(endpoint)],
                    text[$"Mail.{step}.Preheader"],
                    [
                        new MailText(text[$"Mail.{step}.Body", program.Name]),
                        new MailFacts([new MailFact(text["Url"], endpoint.Url, IsCode: true)]),
                        new MailText(text[$"Mail.{step}.Next"]),
                        new MailButton(text["Mail.Button"], urls.Of(PortalUrls.Webhook(endpoint.Id, endpoint.AccountId is null)), text["Mail.ButtonIntro"]),
                    ]), endpoint.AccountId);
            }
        }
    }

    private static string Host(WebhookEndpoint endpoint) => new Uri(endpoint.Url).Host;

    private static async Task<IReadOnlyList<MailRecipient>> OwnersAsync(PortalDbContext db, CancellationToken ct) => await (
        from h in db.UserRoles
        join r in db.Roles on h.RoleId equals r.Id
        join u in db.Users on h.UserId equals u.Id
        where r.Name == StaffRoles.Owner && u.EmailConfirmed && u.DisabledAt == null
        orderby u.Id
        select new MailRecipient(u.Email!, u.FullName, u.Language)).ToListAsync(ct);
}
