using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Orders;

/// <summary>The owner takes a plan off sale for good, or puts it back. Orders of it stay as they are.</summary>
public sealed class ArchivePlan(PortalDb portal)
{
    public async Task<Result<Done>> ExecuteAsync(long planId, bool archived, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Installation, 0, ct);
        if (await work.Db.Plans.FirstOrDefaultAsync(p => p.Id == planId, ct) is not { } plan)
        {
            return new PlanWrong(PlanFault.PlanUnknown, nameof(PlanDraft.Code));
        }

        if (archived == plan.ArchivedAt is not null)
        {
            return Done.Value;
        }

        if (archived)
        {
            plan.Archive(work.Now);
        }
        else
        {
            plan.Restore(work.Now);
        }

        work.Audit(actor, archived ? AuditActions.PlanArchived : AuditActions.PlanRestored, ("plan", plan.Id), null, new { product = plan.Code });
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
