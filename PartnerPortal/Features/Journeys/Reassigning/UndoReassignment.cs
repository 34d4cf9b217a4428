using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Reassigning;

/// <summary>Support takes a reassignment back as a whole, within its days. A worker puts clients and money back.</summary>
public sealed class UndoReassignment(PortalDb portal)
{
    public async Task<Result<Done>> ExecuteAsync(long id, string reason, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new NotAllowed();
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return new ReasonMissing();
        }

        if (reason.Trim().Length > Reassignment.ReasonLength)
        {
            return new ReasonTooLong(Reassignment.ReasonLength);
        }

        await using var work = await portal.BeginAsync(ct);
        if (await ReassignmentBook.TakeAsync(work, id, ct) is not { } reassignment)
        {
            return new NoSuchReassignment();
        }

        if (await InvolvesOwnAsync(work.Db, reassignment, actor, ct))
        {
            return new OwnAccountInvolved();
        }

        if (!reassignment.BeginUndo(actor, reason, work.Now))
        {
            return new ReassignmentMovedOn(reassignment.State);
        }

        work.Audit(actor, AuditActions.ReassignmentUndoConfirmed, ("reassignment", id), reassignment.PartnerId, new { reason = reassignment.UndoReason });
        ReassignmentBook.Tell(work, id);
        await work.CommitAsync(ct);
        return Done.Value;
    }

    /// <summary>Nobody decides about an account of its own, on any side of it.</summary>
    private static Task<bool> InvolvesOwnAsync(PortalDbContext db, Reassignment reassignment, Actor actor, CancellationToken ct)
    {
        var (id, target, closed) = (reassignment.Id, reassignment.PartnerId, reassignment.ClosesPartnerId);
        return db.Members.AnyAsync(m => m.UserId == actor.UserId && (m.AccountId == target || m.AccountId == closed || db.ReassignedClients.Any(
            c => c.ReassignmentId == id && c.State == ReassignedState.Moved && (c.ClientId == m.AccountId || c.FromPartnerId == m.AccountId))), ct);
    }
}
