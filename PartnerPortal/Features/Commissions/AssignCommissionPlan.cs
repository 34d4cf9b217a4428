using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Commissions;

/// <summary>The owner says who has a plan from now on: all partners, a group, or one partner. What was bought before keeps its plan.</summary>
public sealed class AssignCommissionPlan(PortalDb portal)
{
    /// <param name="scope">Who.</param>
    /// <param name="targetId">The group's id, or the partner's account; 0 for all partners.</param>
    /// <param name="planId">Null takes the scope's own plan away; the wider one counts then.</param>
    /// <param name="actor">An owner.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<Done>> ExecuteAsync(PlanScope scope, long targetId, long? planId, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.CommissionPlans, 0, ct);
        if (await RefusalAsync(work, scope, targetId, planId, actor, ct) is { } refusal)
        {
            return refusal;
        }

        var name = planId is null ? null : await work.Db.CommissionPlans.Where(p => p.Id == planId).Select(p => p.Name).SingleAsync(ct);
        work.Db.PlanAssignments.Add(new PlanAssignment(scope, scope is PlanScope.Program ? 0 : targetId, planId, work.Now));
        work.Audit(actor, AuditActions.CommissionPlanAssigned, ("commission-plan", planId), scope is PlanScope.Partner ? targetId : null, new { plan = name, scope });
        await work.CommitAsync(ct);
        return Done.Value;
    }

    private static async Task<Error?> RefusalAsync(PortalTransaction work, PlanScope scope, long targetId, long? planId, Actor actor, CancellationToken ct)
    {
        if (planId is not null && !await work.Db.CommissionPlans.AnyAsync(p => p.Id == planId, ct))
        {
            return new PlanRefused(PlanProblem.NoSuchPlan, "Plan");
        }

        if (planId is not null && !await work.Db.PlanVersions.AnyAsync(v => v.PlanId == planId && v.CountsFrom <= work.Now, ct))
        {
            return new PlanRefused(PlanProblem.NoVersion, "Plan");
        }

        return scope switch
        {
            PlanScope.Program => null,
            PlanScope.Group => await work.Db.PartnerGroups.AnyAsync(g => g.Id == targetId, ct) ? null : new PlanRefused(PlanProblem.NoSuchGroup, "Target"),
            PlanScope.Partner => !await work.Db.Partners.AnyAsync(p => p.AccountId == targetId, ct) ? new PlanRefused(PlanProblem.NoSuchPartner, "Target")
                : await OwnAccounts.InvolveAsync(work.Db, actor, [targetId], ct) ? new OwnAccountInvolved() : null,
        };
    }
}
