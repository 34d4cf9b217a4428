using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
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
            item.PutBack(ReassignedState.LeftMeanwhile);
            work.Audit(reassignment.UndoneBy, AuditActions.ReassignmentChanged, ("reassignment", reassignment.Id), client.Id, new { kept = ReassignedState.LeftMeanwhile });
            return;
        }

        var actor = reassignment.UndoneBy;
        await ClientMove.EndAsync(work, client, attribution, actor, ct);
        if (item.MadeSponsor && client.SponsorId == attribution.PartnerId)
        {
            client.ForgetSponsor();
        }

        var partner = item.FromPartnerId is { } before ? await work.Db.Accounts.FirstOrDefaultAsync(a => a.Id == before && a.State != AccountState.Closed, ct) : null;
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
        var partner = await work.Db.Accounts.FirstOrDefaultAsync(a => a.Id == item.FromPartnerId && a.State != AccountState.Closed, ct);
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
