using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Partners;

/// <summary>What staff decided about a partner.</summary>
public enum PartnerDecision
{
    Approved,
    Rejected,
    Suspended,
    Reinstated,
    Closed,

    /// <summary>Open again after it was closed.</summary>
    Reopened,

    /// <summary>Staff made an account that existed an integrator, without an application.</summary>
    MadePartner,
}

/// <summary>Mails about being a partner: the decision to its admins, an application to support, the way in to one whom staff created.</summary>
public sealed class PartnerMails(Outbox outbox, ProgramSettingsSource settings, PublicUrl urls, IStringLocalizer<PartnersText> text)
{
    /// <param name="work">The transaction of the decision.</param>
    /// <param name="account">The partner's.</param>
    /// <param name="decision">What was decided.</param>
    /// <param name="reason">Staff's, for a rejection, suspension or closing; null otherwise.</param>
    /// <param name="ct">Cancels.</param>
    public async Task DecidedAsync(PortalTransaction work, Account account, PartnerDecision decision, string? reason, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        foreach (var admin in await AccountPeople.AdminsAsync(work.Db, account.Id, ct))
        {
            using (Languages.Speak(admin.Language))
            {
                List<MailBlock> blocks =
                [
                    new MailText(text["Mail.Hello", admin.Name]),
                    new MailText(text[$"Mail.{decision}.Body", account.Name, program.Name]),
                ];
                if (reason is not null)
                {
                    blocks.Add(new MailText(text["Mail.Reason", reason]));
                }

                blocks.Add(new MailText(text[$"Mail.{decision}.Next"]));
                blocks.Add(new MailButton(text[$"Mail.{decision}.Button"], urls.Of(decision is PartnerDecision.Rejected ? PortalUrls.Apply : PortalUrls.Dashboard), text["Mail.ButtonIntro"]));
                Add(work, MailKinds.PartnerDecision, admin, program, new MailContent(text[$"Mail.{decision}.Subject", account.Name, program.Name], text[$"Mail.{decision}.Preheader"], blocks), account.Id);
            }
        }
    }

    /// <summary>Tells everybody with the Support role that an application waits, and where nobody has it the owners: those who want such mail.</summary>
    public async Task AppliedAsync(PortalTransaction work, Account account, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        var role = await Staff(work.Db, StaffRoles.Support).AnyAsync(ct) ? StaffRoles.Support : StaffRoles.Owner;
        foreach (var reader in await NotificationWish.WhoWantMail(work.Db, Staff(work.Db, role), NotificationKind.Application).OrderBy(u => u.Id)
            .Select(u => new MailRecipient(u.Email!, u.FullName, u.Language)).ToListAsync(ct))
        {
            using (Languages.Speak(reader.Language))
            {
                Add(work, MailKinds.PartnerApplication, reader, program, new MailContent(
                    text["Mail.Applied.Subject", account.Name],
                    text["Mail.Applied.Preheader", program.Name],
                    [
                        new MailText(text["Mail.Applied.Body", account.Name, program.Name]),
                        new MailButton(text["Mail.Applied.Button"], urls.Of(PortalUrls.SupportPartner(account.Id)), text["Mail.ButtonIntro"]),
                    ]), account.Id);
            }
        }
    }

    /// <summary>The one-time link of an integrator whom staff created.</summary>
    /// <param name="work">The transaction that issued it.</param>
    /// <param name="account">The integrator's.</param>
    /// <param name="user">Its admin, in the language to write in.</param>
    /// <param name="token">The link's token in clear.</param>
    /// <param name="expiresAt">UTC.</param>
    /// <param name="ct">Cancels.</param>
    public async Task CreatedAsync(PortalTransaction work, Account account, PortalUser user, string token, DateTime expiresAt, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        using (Languages.Speak(user.Language))
        {
            var until = expiresAt.ToString("D", System.Globalization.CultureInfo.CurrentCulture);
            Add(work, MailKinds.AccountReady, new MailRecipient(user.Email!, user.FullName, user.Language), program, new MailContent(
                text["Mail.Created.Subject", program.Name],
                text["Mail.Created.Preheader"],
                [
                    new MailText(text["Mail.Hello", user.FullName]),
                    new MailText(text["Mail.Created.Body", account.Name, program.Name]),
                    new MailButton(text["Mail.Created.Button"], urls.Of(PortalUrls.Start(token)), text["Mail.Created.ButtonIntro", until], IsSecret: true),
                    new MailSmall(text["Mail.Created.Once", until]),
                    new MailFacts(
                    [
                        new MailFact(text["Mail.Created.Address"], urls.Root, Url: urls.Of(PortalUrls.SignIn)),
                        new MailFact(text["Mail.Created.Login"], user.Email!),
                    ]),
                    new MailSmall(text["Mail.Created.NotYou"]),
                ]), account.Id);
        }
    }

    private void Add(PortalTransaction work, string kind, MailRecipient to, ProgramSettings program, MailContent content, long accountId) =>
        outbox.Add(work, kind, to, program.ToMailBrand(urls), content, accountId);

    private static IQueryable<PortalUser> Staff(PortalDbContext db, string role) =>
        from r in db.Roles
        join ur in db.UserRoles on r.Id equals ur.RoleId
        join u in db.Users on ur.UserId equals u.Id
        where r.Name == role && u.EmailConfirmed && u.DisabledAt == null
        select u;
}
