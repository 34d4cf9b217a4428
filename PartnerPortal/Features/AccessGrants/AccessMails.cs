using System.Globalization;
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

namespace PartnerPortal.Features.AccessGrants;

/// <summary>Tells a client that somebody asks for access, and who asked how it went; each in its language, in the transaction of the step.</summary>
public sealed class AccessMails(Outbox outbox, ProgramSettingsSource settings, PublicUrl urls, IStringLocalizer<AccessText> text)
{
    /// <summary>To the client's admins.</summary>
    public async Task AskedAsync(PortalTransaction work, AccessGrant grant, Actor asker, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        await ToClientAsync(work, grant, MailKinds.AccessAsked, reader =>
        {
            var from = grant.PartnerId is null ? text["Asker.Support", program.Name].Value : asker.AccountName;
            return new MailContent(
                text["Mail.Asked.Subject", from],
                text["Mail.Asked.Preheader", program.Name],
                [
                    new MailText(text["Mail.Hello", reader.Name]),
                    new MailText(text["Mail.Asked.Body", asker.Name, from]),
                    new MailFacts([new(text["Mail.What"], Scopes(grant.AskedScopes)), new(text["Mail.Days"], text.Counted("Days", grant.AskedDays)), new(text["Mail.Why"], grant.Reason)]),
                    new MailText(text["Mail.Asked.Choice"]),
                    new MailButton(text["Mail.Asked.Button"], urls.Of(PortalUrls.Access), text["Mail.Asked.ButtonIntro"]),
                    new MailSmall(text["Mail.Asked.Never"]),
                ]);
        }, ct);
    }

    public Task ApprovedAsync(PortalTransaction work, AccessGrant grant, CancellationToken ct) => ToAskerAsync(work, grant, MailKinds.AccessAnswered, "Approved", ct);

    public Task RefusedAsync(PortalTransaction work, AccessGrant grant, CancellationToken ct) => ToAskerAsync(work, grant, MailKinds.AccessAnswered, "Refused", ct);

    public Task RevokedAsync(PortalTransaction work, AccessGrant grant, CancellationToken ct) => ToAskerAsync(work, grant, MailKinds.AccessEnded, "Revoked", ct);

    /// <summary>To both sides, a day before.</summary>
    public async Task EndsSoonAsync(PortalTransaction work, AccessGrant grant, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        var partner = await NameAsync(work.Db, grant.PartnerId, ct);
        await ToClientAsync(work, grant, MailKinds.AccessEnds, reader =>
        {
            var from = partner ?? text["Asker.Support", program.Name].Value;
            return new MailContent(
                text["Mail.Soon.Subject", from],
                text["Mail.Soon.Preheader"],
                [
                    new MailText(text["Mail.Hello", reader.Name]),
                    new MailText(text["Mail.Soon.Body", from, End(grant)]),
                    new MailText(text["Mail.Soon.Next"]),
                    new MailButton(text["Mail.Soon.Button"], urls.Of(PortalUrls.Access), text["Mail.Soon.ButtonIntro"]),
                ]);
        }, ct);
        await ToAskerAsync(work, grant, MailKinds.AccessEnds, "SoonAsker", ct);
    }

    private async Task ToClientAsync(PortalTransaction work, AccessGrant grant, string kind, Func<MailRecipient, MailContent> compose, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        foreach (var admin in await AccountPeople.AdminsAsync(work.Db, grant.ClientId, ct))
        {
            using (Languages.Speak(admin.Language))
            {
                outbox.Add(work, kind, admin, program.ToMailBrand(urls), compose(admin), grant.ClientId);
            }
        }
    }

    /// <summary>To the person who asked, if it may still know. The client is named as the partner sees it: by initials unless it shares its details.</summary>
    private async Task ToAskerAsync(PortalTransaction work, AccessGrant grant, string kind, string what, CancellationToken ct)
    {
        var db = work.Db;
        var asker = await (
            from u in db.Users
            where u.Id == grant.AskedByUserId && u.EmailConfirmed && u.DisabledAt == null
                && (grant.PartnerId == null ? db.UserRoles.Any(r => r.UserId == u.Id) : db.Members.Any(m => m.UserId == u.Id && m.AccountId == grant.PartnerId))
            select new MailRecipient(u.Email!, u.FullName, u.Language)).FirstOrDefaultAsync(ct);
        if (asker is null)
        {
            return;
        }

        var program = await settings.GetAsync(ct);
        var isShown = grant.PartnerId is null || await db.Consents.AnyAsync(c => c.ClientId == grant.ClientId && c.PartnerId == grant.PartnerId && c.Kind == ConsentKind.Data && c.WithdrawnAt == null, ct);
        var name = await NameAsync(db, grant.ClientId, ct) ?? "";
        using (Languages.Speak(asker.Language))
        {
            var client = isShown ? name : Initials.Of(name);
            List<MailBlock> blocks = [new MailText(text["Mail.Hello", asker.Name]), new MailText(text[$"Mail.{what}.Body", client])];
            if (grant.State is AccessState.Running)
            {
                blocks.Add(new MailFacts([new(text["Mail.What"], Scopes(grant.Scopes)), new(text["Mail.Until"], End(grant))]));
            }

            if (grant.Answer.Length > 0 && what is "Approved" or "Refused")
            {
                blocks.Add(new MailFacts([new(text["Mail.Words"], grant.Answer)]));
            }

            blocks.Add(new MailText(text[$"Mail.{what}.Next"]));
            blocks.Add(new MailButton(text["Mail.Asker.Button"], urls.Of(grant.PartnerId is null ? PortalUrls.SupportClient(grant.ClientId) : PortalUrls.Clients), text["Mail.Asker.ButtonIntro"]));
            outbox.Add(work, kind, asker, program.ToMailBrand(urls), new MailContent(text[$"Mail.{what}.Subject", client], text[$"Mail.{what}.Preheader", program.Name], blocks), grant.ClientId);
        }
    }

    private string Scopes(AccessScopes scopes) => string.Join(" · ", AccessScopeList.Of(scopes).Select(s => text["Scope." + s].Value));

    private static string End(AccessGrant grant) => grant.EndsAt!.Value.ToString("f", CultureInfo.CurrentCulture) + " UTC";

    private static Task<string?> NameAsync(PortalDbContext db, long? accountId, CancellationToken ct) => db.Accounts.Where(a => a.Id == accountId).Select(a => (string?)a.Name).FirstOrDefaultAsync(ct);
}
