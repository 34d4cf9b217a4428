using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Purchases;

namespace PartnerPortal.Features.Journeys.Reassigning;

/// <summary>Moves the next clients of a reassignment, in one transaction with their money, their mails and their steps: after a crash the next batch begins where the last one ended.</summary>
public sealed class MoveReassigned(PortalDb portal, ClientMove move, JourneyMails mails, PartnerMails partners, ProgramSettingsSource settings)
{
    /// <summary>Clients a transaction: few enough that others who write wait a moment only.</summary>
    private const int Batch = 40;

    /// <returns>Whether more waits.</returns>
    public async Task<bool> ExecuteAsync(long id, CancellationToken ct)
    {
        var days = (await settings.GetAsync(ct)).ReassignUndoDays;
        await using var work = await portal.BeginAsync(ct);
        if (await ReassignmentBook.TakeAsync(work, id, ct) is not { State: ReassignmentState.Running } reassignment)
        {
            return false;
        }

        reassignment.Begin(days, work.Now);
        var isMore = await PartnerClosing.BeginAsync(work, reassignment, ct) || await MoveNextAsync(work, reassignment, ct) || await PartnerClosing.TakeUpAsync(work, reassignment, ct);
        if (!isMore)
        {
            await FinishAsync(work, reassignment, ct);
        }

        ReassignmentBook.Tell(work, id);
        await work.CommitAsync(ct);
        return isMore;
    }

    private async Task<bool> MoveNextAsync(PortalTransaction work, Reassignment reassignment, CancellationToken ct)
    {
        var items = await work.Db.ReassignedClients.Where(c => c.ReassignmentId == reassignment.Id && c.State == ReassignedState.Waiting).OrderBy(c => c.Id).Take(Batch).ToListAsync(ct);
        if (items.Count > 0)
        {
            await MoveAsync(work, reassignment, items, ct);
        }

        return items.Count > 0;
    }

    private async Task MoveAsync(PortalTransaction work, Reassignment reassignment, List<ReassignedClient> items, CancellationToken ct)
    {
        var ids = items.ConvertAll(i => i.ClientId);
        await work.LockAsync(ids.Select(c => (PortalLock.Client, c)), ct);
        var open = await work.Db.Attributions.Where(a => ids.Contains(a.ClientId) && a.EndedAt == null).ToDictionaryAsync(a => a.ClientId, ct);
        await work.LockAsync(
            ids.Select(c => (PortalLock.ClientMoney, c)).Concat(open.Values.Select(a => (PortalLock.Payouts, a.PartnerId))).Append((PortalLock.ClientList, reassignment.PartnerId ?? 0)).Append((PortalLock.Sponsors, 0)), ct);
        Account? target = null;
        if (reassignment.PartnerId is { } targetId)
        {
            var found = await ReassignTarget.FindAsync(work.Db, targetId, reassignment.DecidedBy, ct);
            if (!found.Ok)
            {
                items.ForEach(i => i.Refuse(ReassignRefusal.TargetInactive));
                work.Audit(reassignment.DecidedBy, AuditActions.ReassignmentChanged, ("reassignment", reassignment.Id), targetId, new { refused = items.Count });
                return;
            }

            target = found.Value;
        }

        var (first, last, decider) = (items[0].Id, items[^1].Id, reassignment.DecidedByUserId);
        var verdicts = await ReassignJudgement.Of(work.Db, reassignment, decider, first, last).ToDictionaryAsync(j => j.ItemId, j => j.Verdict, ct);
        var lines = reassignment.Lines is UnpaidLines.Move
            ? await ReassignJudgement.LinesOf(work.Db, reassignment, decider, first, last).Where(l => l.Fate == nameof(LineFate.Moves)).ToListAsync(ct) : [];
        var clients = await work.Db.Accounts.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, ct);
        foreach (var item in items)
        {
            if (verdicts[item.Id] is { } verdict)
            {
                item.Refuse(Enum.Parse<ReassignRefusal>(verdict));
                work.Audit(reassignment.DecidedBy, AuditActions.ReassignmentChanged, ("reassignment", reassignment.Id), item.ClientId, new { refused = verdict });
                continue;
            }

            await MoveOneAsync(work, reassignment, item, clients[item.ClientId], open.GetValueOrDefault(item.ClientId), item.ClientId == target?.Id ? null : target, ct);
        }

        await CommissionMoves.RecordAsync(
            work, [.. lines.OrderBy(l => l.PurchaseId).Select(l => new LineToMove(l.PurchaseId, l.ClientId, l.PartnerId, target!.Id))], reassignment.Id, reassignment.HeldUntil, new Dictionary<long, DateTime>(), ct);
    }

    private async Task MoveOneAsync(PortalTransaction work, Reassignment reassignment, ReassignedClient item, Account client, Attribution? current, Account? target, CancellationToken ct)
    {
        if (target is null)
        {
            await ClientMove.ReleaseAsync(work, client, current!, reassignment.Reason, reassignment.DecidedBy, ct);
            item.Move(current!.PartnerId, current.Id, null, false, work.Now);
            await mails.ClientReleasedAsync(work, client, current.PartnerId, ct);
            return;
        }

        var hadSponsor = client.SponsorId is not null;
        var opened = await move.ToAsync(work, client, current, target, new MoveReason(reassignment.Reason, ReassignmentId: reassignment.Id), reassignment.DecidedBy, ct);
        opened.Hold(reassignment.HeldUntil!.Value);
        await work.SaveAsync(ct);
        item.Move(current?.PartnerId, current?.Id, opened.Id, !hadSponsor && client.SponsorId == target.Id, work.Now);
        await mails.ClientReassignedAsync(work, client, target, ct);
    }

    private async Task FinishAsync(PortalTransaction work, Reassignment reassignment, CancellationToken ct)
    {
        reassignment.Finish(work.Now);
        var from = await work.Db.ReassignedClients.Where(c => c.ReassignmentId == reassignment.Id && c.State == ReassignedState.Moved)
            .GroupBy(c => c.FromPartnerId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        var moved = from.Sum(f => f.Count);
        work.Audit(reassignment.DecidedBy, AuditActions.ReassignmentDone, ("reassignment", reassignment.Id), reassignment.PartnerId ?? reassignment.ClosesPartnerId, new { to = reassignment.PartnerId, clients = moved });
        // Who is closed is told that, with what became of its clients.
        if (moved > 0 && reassignment.PartnerId is { } targetId)
        {
            await mails.PartnersReassignedAsync(work, from.Where(f => f.Key is not null && f.Key != reassignment.ClosesPartnerId).ToDictionary(f => f.Key!.Value, f => f.Count), moved, targetId, ct);
        }

        if (reassignment.ClosesPartnerId is { } closed)
        {
            await partners.DecidedAsync(work, await work.Db.Accounts.FirstAsync(a => a.Id == closed, ct), PartnerDecision.Closed, reassignment.Reason, ct);
        }
    }
}
