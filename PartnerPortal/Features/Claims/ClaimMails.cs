using System.Globalization;
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

namespace PartnerPortal.Features.Claims;

/// <summary>
/// Tells both sides how it stands with a claim, each in its language, in the transaction of the step. A mail to the claimant says nothing of the client beyond what it typed; one to the
/// other side names the client as that side sees it, and not who claims.
/// </summary>
public sealed class ClaimMails(Outbox outbox, ProgramSettingsSource settings, PublicUrl urls, IStringLocalizer<ClaimsText> text)
{
    public Task FiledAsync(PortalTransaction work, ClientClaim claim, CancellationToken ct) => ToClaimantAsync(work, claim, MailKinds.ClaimFiled, "Filed", ct);

    /// <summary>Nothing is sent for a claim without another side.</summary>
    public Task AskedAsync(PortalTransaction work, ClientClaim claim, CancellationToken ct) => ToOtherAsync(work, claim, MailKinds.ClaimAsked, "Asked", ct);

    public Task RemindAsync(PortalTransaction work, ClientClaim claim, CancellationToken ct) => ToOtherAsync(work, claim, MailKinds.ClaimReminder, "Soon", ct);

    public Task AnsweredAsync(PortalTransaction work, ClientClaim claim, CancellationToken ct) => ToOtherAsync(work, claim, MailKinds.ClaimAnswered, "Answered", ct);

    public async Task WithdrawnAsync(PortalTransaction work, ClientClaim claim, CancellationToken ct)
    {
        await ToClaimantAsync(work, claim, MailKinds.ClaimWithdrawn, "Withdrawn", ct);
        await ToOtherAsync(work, claim, MailKinds.ClaimWithdrawn, "OtherWithdrawn", ct);
    }

    public async Task DecidedAsync(PortalTransaction work, ClientClaim claim, CancellationToken ct)
    {
        await ToClaimantAsync(work, claim, MailKinds.ClaimDecided, claim.State.ToString(), ct);
        await ToOtherAsync(work, claim, MailKinds.ClaimDecided, "Other" + claim.State, ct);
    }

    private Task ToClaimantAsync(PortalTransaction work, ClientClaim claim, string kind, string step, CancellationToken ct) =>
        SendAsync(work, claim, claim.ClaimantId, claim.FiledByUserId, kind, step, claim.Named, ct);

    private async Task ToOtherAsync(PortalTransaction work, ClientClaim claim, string kind, string step, CancellationToken ct)
    {
        if (claim is { OtherId: { } other, ClientId: { } client })
        {
            var name = await work.Db.Accounts.Where(a => a.Id == client).Select(a => a.Name).FirstAsync(ct);
            var isShown = await work.Db.Consents.AnyAsync(c => c.ClientId == client && c.PartnerId == other && c.Kind == ConsentKind.Data && c.WithdrawnAt == null, ct);
            await SendAsync(work, claim, other, claim.AnsweredByUserId, kind, step, isShown ? name : Initials.Of(name), ct);
        }
    }

    /// <summary>To the account's admins, and to the person who filed or answered.</summary>
    private async Task SendAsync(PortalTransaction work, ClientClaim claim, long accountId, long? userId, string kind, string step, string client, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        var admins = await AccountPeople.AdminsAsync(work.Db, accountId, ct);
        var person = await (
            from m in work.Db.Members
            join u in work.Db.Users on m.UserId equals u.Id
            where m.AccountId == accountId && m.UserId == userId && m.Role == Identity.MemberRole.Seller && u.EmailConfirmed && u.DisabledAt == null
            select new MailRecipient(u.Email!, u.FullName, u.Language)).ToListAsync(ct);
        foreach (var reader in admins.Concat(person))
        {
            using (Languages.Speak(reader.Language))
            {
                var due = claim.AnswerDueAt?.ToString("f", CultureInfo.CurrentCulture) + " UTC";
                List<MailFact> facts = [new(text["Mail.Number"], ClaimNumber.Write(claim.Id)), new(text["Mail.Client"], client)];
                if (step is "Asked" or "Soon")
                {
                    facts.Add(new(text["Mail.Due"], due));
                }

                if (claim.Reason.Length > 0)
                {
                    facts.Add(new(text["Mail.Reason"], claim.Reason));
                }

                outbox.Add(work, kind, reader, program.ToMailBrand(urls), new MailContent(text[$"Mail.{step}.Subject", client], text[$"Mail.{step}.Preheader", program.Name],
                [
                    new MailText(text["Mail.Hello", reader.Name]),
                    new MailText(text[$"Mail.{step}.Body", client, program.Name]),
                    new MailFacts(facts),
                    new MailText(text[$"Mail.{step}.Next"]),
                    new MailButton(text["Mail.Button"], urls.Of(PortalUrls.Claim(claim.Id)), text["Mail.ButtonIntro"]),
                ]), accountId);
            }
        }
    }
}
