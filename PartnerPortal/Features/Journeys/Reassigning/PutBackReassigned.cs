using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Purchases;

namespace PartnerPortal.Features.Journeys.Reassigning;

/// <summary>
/// Puts the next clients of a reassignment back, in one transaction with their money: what moved goes back, and what they bought since is given to whom it would have been given. Who left or switched
/// by itself meanwhile stays where it is.
/// </summary>
public sealed class PutBackReassigned(PortalDb portal, RestoreClient restore, JourneyMails mails, PartnerMails partners)
{
    private const int Batch = 40;

    /// <returns>Whether more waits.</returns>
    public async Task<bool> ExecuteAsync(long id, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        if (await ReassignmentBook.TakeAsync(work, id, ct) is not { State: ReassignmentState.Undoing } reassignment)
        {
            return false;
        }

        await PartnerClosing.ReopenAsync(work, reassignment, ct);
        var items = await work.Db.ReassignedClients.Where(c => c.ReassignmentId == id && c.State == ReassignedState.Moved).OrderBy(c => c.Id).Take(Batch).ToListAsync(ct);
        if (items.Count > 0)
        {
            await PutBackAsync(work, reassignment, items, ct);
        }
        else
        {
            await FinishAsync(work, reassignment, ct);
        }

        ReassignmentBook.Tell(work, id);
        await work.CommitAsync(ct);
        return items.Count > 0;
    }

    private async Task PutBackAsync(PortalTransaction work, Reassignment reassignment, List<ReassignedClient> items, CancellationToken ct)
    {
        var since = new Dictionary<long, DateTime>();
        foreach (var item in items.Where(i => i.MadeSponsor))
        {
            // With the sponsor goes what those above got of the clients of this one.
            foreach (var (client, at) in await CommissionMoves.EarnedFromAsync(work.Db, item.ClientId, item.MovedAt!.Value, ct))
            {
                since[client] = since.TryGetValue(client, out var other) && other < at ? other : at;
            }
        }

        var ids = items.ConvertAll(i => i.ClientId);
        var all = ids.Concat(since.Keys).Distinct().ToList();
        await work.LockAsync(all.Select(c => (PortalLock.Client, c)), ct);
        await work.LockAsync(
            all.Select(c => (PortalLock.ClientMoney, c)).Concat(items.Where(i => i.FromPartnerId is not null).Select(i => (PortalLock.ClientList, i.FromPartnerId!.Value)))
                .Append((PortalLock.Sponsors, 0)).Append((PortalLock.Payouts, reassignment.PartnerId ?? 0)), ct);
        var ours = items.Select(i => i.AttributionId).OfType<long>().ToList();
        var released = items.Where(i => i.AttributionId is null).Select(i => i.MovedAt).Min();
        // Also who took another since and has left that one.
        var elsewhere = await work.Db.Attributions.Where(a => ids.Contains(a.ClientId) && (a.EndedAt == null || (a.UndoneAt == null && a.StartedAt >= released))).Select(a => a.ClientId).ToListAsync(ct);
        var attributions = await work.Db.Attributions.Where(a => ours.Contains(a.Id)).ToDictionaryAsync(a => a.Id, ct);
        var clients = await work.Db.Accounts.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, ct);
        var undone = new List<long>();
        foreach (var item in items)
        {
            if (item.AttributionId is not { } opened)
            {
                await restore.ReleasedAsync(work, reassignment, item, clients[item.ClientId], elsewhere.Contains(item.ClientId), ct);
                continue;
            }

            var attribution = attributions[opened];
            if (attribution.EndedBecause is AttributionEnd.Reassigned)
            {
                item.PutBack(ReassignedState.MovedAgain);
                work.Audit(reassignment.UndoneBy, AuditActions.ReassignmentChanged, ("reassignment", reassignment.Id), item.ClientId, new { kept = ReassignedState.MovedAgain });
                continue;
            }

            undone.Add(item.ClientId);
            since[item.ClientId] = attribution.StartedAt;
            attribution.Undo(item.FromPartnerId, work.Now);
            await restore.ExecuteAsync(work, reassignment, item, attribution, clients[item.ClientId], ct);
        }

        await CommissionMoves.RecordAsync(work, await CommissionMoves.BackAsync(work.Db, reassignment.Id, undone, ct), reassignment.Id, null, since, ct);
    }

    private async Task FinishAsync(PortalTransaction work, Reassignment reassignment, CancellationToken ct)
    {
        reassignment.FinishUndo(work.Now);
        var back = await work.Db.ReassignedClients.Where(c => c.ReassignmentId == reassignment.Id && c.State == ReassignedState.Restored)
            .GroupBy(c => c.FromPartnerId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        var restored = back.Sum(b => b.Count);
        work.Audit(reassignment.UndoneBy, AuditActions.ReassignmentUndone, ("reassignment", reassignment.Id), reassignment.PartnerId ?? reassignment.ClosesPartnerId, new { clients = restored });
        if (restored > 0)
        {
            await mails.PartnersRestoredAsync(work, back.Where(b => b.Key is not null && b.Key != reassignment.ClosesPartnerId).ToDictionary(b => b.Key!.Value, b => b.Count), restored, reassignment.PartnerId, ct);
        }

        if (reassignment.ClosesPartnerId is { } closed)
        {
            await partners.DecidedAsync(work, await work.Db.Accounts.FirstAsync(a => a.Id == closed, ct), PartnerDecision.Reopened, reassignment.UndoReason, ct);
        }
    }
}
