using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Reassigning;

/// <summary>What closing a partner is besides the move of its clients: it takes no more, what it sent is withdrawn, and who came meanwhile is moved as well. Nothing here where no partner is closed.</summary>
internal static class PartnerClosing
{
    private const int Batch = 100;

    /// <returns>Null when it can be closed by the actor.</returns>
    public static async Task<Error?> WhyNotAsync(PortalDbContext db, long partnerId, Actor actor, CancellationToken ct)
    {
        if (!await db.Partners.AnyAsync(p => p.AccountId == partnerId && (p.State == PartnerState.Active || p.State == PartnerState.Suspended), ct))
        {
            return new NothingToClose();
        }

        return await OwnAccounts.InvolveAsync(db, actor, [partnerId], ct) ? new OwnAccountInvolved() : null;
    }

    /// <summary>Closes it, then withdraws its next open invitations.</summary>
    /// <returns>Whether there was something to do.</returns>
    public static async Task<bool> BeginAsync(PortalTransaction work, Reassignment reassignment, CancellationToken ct)
    {
        if (reassignment.ClosesPartnerId is not { } closing)
        {
            return false;
        }

        var ids = await work.Db.Invitations
            .Where(i => i.PartnerId == closing && (i.State == InvitationState.Queued || i.State == InvitationState.Sent || i.State == InvitationState.Followed))
            .OrderBy(i => i.Id).Select(i => i.Id).Take(Batch).ToListAsync(ct);
        await work.LockAsync(ids.Select(i => (PortalLock.Installation, i)), ct);
        await work.LockAsync(PortalLock.Partner, closing, ct);
        var partner = await work.Db.Partners.FirstAsync(p => p.AccountId == closing, ct);
        var isClosed = partner.Close(reassignment.Reason, work.Now);
        if (isClosed)
        {
            work.Audit(reassignment.DecidedBy, AuditActions.PartnerClosed, ("account", closing), closing, new { reason = reassignment.Reason, to = reassignment.PartnerId });
            PartnerDesk.Tell(work, closing);
        }

        foreach (var invitation in await work.Db.Invitations.Where(i => ids.Contains(i.Id)).OrderBy(i => i.Id).ToListAsync(ct))
        {
            await WithdrawInvitation.WithinAsync(work, invitation, reassignment.DecidedBy, ct);
        }

        return isClosed || ids.Count > 0;
    }

    /// <summary>Adds the clients who came after they were chosen and before it was closed.</summary>
    /// <returns>Whether there were any.</returns>
    public static async Task<bool> TakeUpAsync(PortalTransaction work, Reassignment reassignment, CancellationToken ct)
    {
        var (id, closing) = (reassignment.Id, reassignment.ClosesPartnerId);
        if (closing is null || !await work.Db.Partners.AnyAsync(p => p.AccountId == closing && p.State == PartnerState.Closed, ct))
        {
            return false;
        }

        var late = await work.Db.Attributions
            .Where(a => a.PartnerId == closing && a.EndedAt == null && !work.Db.ReassignedClients.Any(c => c.ReassignmentId == id && c.ClientId == a.ClientId))
            .OrderBy(a => a.ClientId).Select(a => a.ClientId).ToListAsync(ct);
        if (late.Count == 0)
        {
            return false;
        }

        reassignment.TakeUp(late.Count);
        work.Audit(reassignment.DecidedBy, AuditActions.ReassignmentChanged, ("reassignment", id), closing, new { more = late.Count });
        await work.InsertAsync(late.ConvertAll(c => new ReassignedClient(id, c)), ct);
        return true;
    }

    /// <summary>As the closing is undone: it is open again from now on, suspended if it was before.</summary>
    public static async Task ReopenAsync(PortalTransaction work, Reassignment reassignment, CancellationToken ct)
    {
        if (reassignment.ClosesPartnerId is not { } closed)
        {
            return;
        }

        await work.LockAsync(PortalLock.Partner, closed, ct);
        var partner = await work.Db.Partners.FirstAsync(p => p.AccountId == closed, ct);
        var (before, why) = (await work.Db.PartnerStandings.Where(s => s.AccountId == closed && s.State != PartnerState.Closed).OrderByDescending(s => s.Id).Select(s => s.State).FirstAsync(ct), reassignment.UndoReason);
        // It was reopened since, and another one closed it again: that stands.
        var isClosedAgain = await work.Db.Reassignments.AnyAsync(
            r => r.Id > reassignment.Id && r.ClosesPartnerId == closed && (r.State == ReassignmentState.Running || r.State == ReassignmentState.Done || r.State == ReassignmentState.Undoing), ct);
        if (isClosedAgain || partner.State is not PartnerState.Closed || !partner.Reinstate(work.Now))
        {
            return;
        }

        if (before is PartnerState.Suspended)
        {
            partner.Suspend(why, work.Now);
        }

        work.Audit(reassignment.UndoneBy, AuditActions.PartnerReinstated, ("account", closed), closed, new { reason = why });
        PartnerDesk.Tell(work, closed);
        // Whether its clients can go back to it is asked of the database.
        await work.SaveAsync(ct);
    }
}
