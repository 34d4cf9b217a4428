using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Program;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Commissions;

/// <summary>Tells partners of terms to come.</summary>
public sealed class AgreementMails(Outbox outbox, ProgramSettingsSource settings, PublicUrl urls, IStringLocalizer<AgreementText> text)
{
    /// <summary>To the admins of every partner that has the plan now.</summary>
    /// <param name="work">The transaction that publishes.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="version">Counts from a day to come.</param>
    /// <param name="ct">Cancels.</param>
    public async Task PublishedAsync(PortalTransaction work, CommissionPlan plan, PlanVersion version, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        foreach (var accountId in await HoldersAsync(work, plan.Id, ct))
        {
            foreach (var admin in await AccountPeople.AdminsAsync(work.Db, accountId, ct))
            {
                using (Languages.Speak(admin.Language))
                {
                    // Versions count from the beginning of a day in UTC; the reader's zone is not known here.
                    var from = version.CountsFrom.ToString("D", System.Globalization.CultureInfo.CurrentCulture);
                    outbox.Add(work, MailKinds.AgreementChanged, admin, program.ToMailBrand(urls), new MailContent(
                        text["Mail.Subject", program.Name, from],
                        text["Mail.Preheader"],
                        [
                            new MailText(text["Mail.Hello", admin.Name]),
                            new MailText(text["Mail.Body", version.Number, plan.Name, from]),
                            new MailText(text["Mail.Next"]),
                            new MailButton(text["Mail.Button"], urls.Of(PortalUrls.Profile), text["Mail.ButtonIntro"]),
                        ]), accountId);
                }
            }
        }
    }

    private static async Task<List<long>> HoldersAsync(PortalTransaction work, long planId, CancellationToken ct)
    {
        // Assignments are few: one for each change that an owner made.
        var latest = (await work.Db.PlanAssignments.AsNoTracking().ToListAsync(ct)).GroupBy(a => (a.Scope, a.TargetId)).ToDictionary(g => g.Key, g => g.MaxBy(a => (a.From, a.Id))!.PlanId);
        var partners = await work.Db.Partners.Where(p => p.State == PartnerState.Active || p.State == PartnerState.Suspended).OrderBy(p => p.AccountId)
            .Select(p => new { p.AccountId, p.GroupId }).ToListAsync(ct);
        return [.. partners.Where(p => PlanOf(p.AccountId, p.GroupId) == planId).Select(p => p.AccountId)];

        long? PlanOf(long account, long? group) => latest.GetValueOrDefault((PlanScope.Partner, account))
            ?? (group is { } id ? latest.GetValueOrDefault((PlanScope.Group, id)) : null) ?? latest.GetValueOrDefault((PlanScope.Program, 0));
    }
}
