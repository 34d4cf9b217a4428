using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Features.Journeys.Reassigning;

/// <summary>What the steps of a reassignment have in common.</summary>
internal static class ReassignmentBook
{
    /// <summary>Takes the reassignment's lock and reads it; null when there is none.</summary>
    public static async Task<Reassignment?> TakeAsync(PortalTransaction work, long id, CancellationToken ct)
    {
        await work.LockAsync(PortalLock.Reassignment, id, ct);
        return await work.Db.Reassignments.SingleOrDefaultAsync(r => r.Id == id, ct);
    }

    /// <summary>Tells the worker and open pages that it was decided or got further.</summary>
    public static void Tell(PortalTransaction work, long id) => work.Signal(RunReassignments.Signal, RunReassignments.PayloadOf(id));
}
