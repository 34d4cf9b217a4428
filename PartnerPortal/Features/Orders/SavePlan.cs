using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Orders;

/// <summary>The owner makes a plan or changes one. What was ordered before keeps its terms.</summary>
public sealed class SavePlan(PortalDb portal)
{
    /// <param name="planId">Null for a new one.</param>
    /// <param name="draft">As typed.</param>
    /// <param name="actor">An owner.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The plan's id.</returns>
    public async Task<Result<long>> ExecuteAsync(long? planId, PlanDraft draft, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return new NotAllowed();
        }

        if (planId is null && draft.CodeProblem() is { } bad)
        {
            return bad;
        }

        var (terms, problem) = draft.Read();
        if (problem is not null)
        {
            return problem;
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Installation, 0, ct);
        var plan = planId is { } id ? await work.Db.Plans.FirstOrDefaultAsync(p => p.Id == id, ct) : null;
        if (planId is not null && plan is null)
        {
            return new PlanWrong(PlanFault.PlanUnknown, nameof(draft.Code));
        }

        if (plan is null)
        {
            var code = draft.Code.Trim();
            var codes = await work.Db.Plans.Select(p => p.Code).ToListAsync(ct);
            // Commission plans name products in any case: "Team" and "team" would be one to them.
            if (codes.Contains(code, StringComparer.OrdinalIgnoreCase))
            {
                return new PlanWrong(PlanFault.CodeTaken, nameof(draft.Code));
            }

            work.Db.Plans.Add(plan = new Plan(code, work.Now));
        }

        plan.Change(terms!, work.Now);
        work.Audit(actor, planId is null ? AuditActions.PlanCreated : AuditActions.PlanChanged, ("plan", planId), null, new { product = plan.Code, name = plan.Name, prices = plan.PricesJson });
        await work.CommitAsync(ct);
        return plan.Id;
    }
}
