using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Program;

namespace PartnerPortal.Features.Journeys.Reassigning;

/// <summary>Gives one client back to the partner it had, with what it had agreed to with that one.</summary>
public sealed class RestoreClient(PartnerChange change, ProgramSettingsSource settings, JourneyMails mails)
{
    /// <param name="work">Holds the client's lock.</param>
    /// <param name="reassignment">That is undone.</param>
    /// <param name="item">The client's step in it.</param>
    /// <param name="attribution">That it opened, marked as undone.</param>
    /// <param name="client">The client's account.</param>
    /// <param name="ct">Cancels.</param>
    public async Task ExecuteAsync(PortalTransaction work, Reassignment reassignment, ReassignedClient item, Attribution attribution, Account client, CancellationToken ct)
    {
        if (attribution.EndedAt is not null)
        {
            // The entry first: forgetting the sponsor may save what has changed until then.
            work.Audit(reassignment.UndoneBy, AuditActions.ReassignmentChanged, ("reassignment", reassignment.Id), client.Id, new { kept = ReassignedState.LeftMeanwhile });
            await ForgetSponsorAsync(work, item, attribution, client, ct);
            item.PutBack(ReassignedState.LeftMeanwhile);
            return;
        }

        var actor = reassignment.UndoneBy;
        await ClientMove.EndAsync(work, client, attribution, actor, ct);
        await ForgetSponsorAsync(work, item, attribution, client, ct);
        var partner = await FormerAsync(work.Db, item, ct);
        if (partner is not null)
        {
            await OpenAsync(work, reassignment, item, client, attribution, partner, ct);
        }

        item.PutBack(ReassignedState.Restored);
        work.Audit(actor, AuditActions.AttributionReassigned, ("account", client.Id), client.Id, new { from = attribution.PartnerId, to = partner?.Id, reason = reassignment.UndoReason });
        await mails.ClientRestoredAsync(work, client, partner, ct);
    }

    /// <summary>The same of one that was released, and so is nobody's, or another's by now.</summary>
    public async Task ReleasedAsync(PortalTransaction work, Reassignment reassignment, ReassignedClient item, Account client, bool isAnothers, CancellationToken ct)
    {
        var actor = reassignment.UndoneBy;
        var partner = await FormerAsync(work.Db, item, ct);
        if (isAnothers || partner is null || client.State is AccountState.Closed)
        {
            item.PutBack(ReassignedState.LeftMeanwhile);
            work.Audit(actor, AuditActions.ReassignmentChanged, ("reassignment", reassignment.Id), client.Id, new { kept = ReassignedState.LeftMeanwhile });
            return;
        }

        await OpenAsync(work, reassignment, item, client, null, partner, ct);
        item.PutBack(ReassignedState.Restored);
        work.Audit(actor, AuditActions.AttributionReassigned, ("account", client.Id), client.Id, new { to = partner.Id, reason = reassignment.UndoReason });
        await mails.ClientRestoredAsync(work, client, partner, ct);
    }

    /// <summary>Null when it had none, and when that one has been closed since, as an account or as a partner.</summary>
    private static Task<Account?> FormerAsync(PortalDbContext db, ReassignedClient item, CancellationToken ct) => db.Accounts.FirstOrDefaultAsync(
        a => a.Id == item.FromPartnerId && a.State != AccountState.Closed && !db.Partners.Any(p => p.AccountId == a.Id && p.State == PartnerState.Closed), ct);

    /// <summary>The sponsor that it made is none any more, unless staff said who it is since. Whom the client took itself meanwhile was its first partner, then.</summary>
    private static async Task ForgetSponsorAsync(PortalTransaction work, ReassignedClient item, Attribution undone, Account client, CancellationToken ct)
    {
        if (!item.MadeSponsor || client.SponsorId != undone.PartnerId || await work.Db.SponsorChanges.AnyAsync(c => c.AccountId == client.Id && c.DecidedAt >= item.MovedAt, ct))
        {
            return;
        }

        client.ForgetSponsor();
        if (await work.Db.Attributions.Where(a => a.ClientId == client.Id && a.UndoneAt == null && a.Id != undone.Id).OrderBy(a => a.Id).Select(a => (long?)a.PartnerId).FirstOrDefaultAsync(ct) is { } first)
        {
            // What is asked of the tree is asked of the database.
            await work.SaveAsync(ct);
            await SponsorTree.RecommendAsync(work, client, first, ct);
        }
    }

    private async Task OpenAsync(PortalTransaction work, Reassignment reassignment, ReassignedClient item, Account client, Attribution? undone, Account partner, CancellationToken ct)
    {
        var actor = reassignment.UndoneBy;
        var cameBy = await work.Db.Attributions.Where(a => a.Id == item.FromAttributionId).Select(a => a.CameBy).SingleAsync(ct);
        var contenders = await InPlay.WithOthersAsync(
            work, client, null, undone, [new(AttributionRule.Staff, partner.Id, partner.Name, partner.Code, null, work.Now, ContenderOutcome.Won)], ct);
        var receipt = new Receipt(AttributionRule.Staff, contenders, actor, reassignment.UndoReason, null, work.Now)
        {
            Facts = new ReceiptFacts((await settings.GetAsync(ct)).TouchRule, reassignmentId: reassignment.Id),
        };
        await change.OpenAsync(work, client, partner.Id, cameBy, receipt, null, ClientEventKind.MovedHere, actor, ct);
        await OwnConsent.RestoreAsync(work, client, partner.Id, item.MovedAt!.Value, ct);
    }
}
