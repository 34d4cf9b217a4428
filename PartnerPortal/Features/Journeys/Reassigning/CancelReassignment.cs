using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Reassigning;

/// <summary>Support gives up a draft, or one that waits for its time.</summary>
public sealed class CancelReassignment(PortalDb portal)
{
    public async Task<Result<Done>> ExecuteAsync(long id, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        if (await ReassignmentBook.TakeAsync(work, id, ct) is not { } reassignment)
        {
            return new NoSuchReassignment();
        }

        if (!reassignment.Cancel(work.Now))
        {
            return new ReassignmentMovedOn(reassignment.State);
        }

        work.Audit(actor, AuditActions.ReassignmentCancelled, ("reassignment", id), reassignment.PartnerId);
        ReassignmentBook.Tell(work, id);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
