using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Commissions;

/// <summary>A version that was published.</summary>
/// <param name="CountsFrom">UTC.</param>
public sealed record PublishedVersion(long PlanId, int Number, DateTime CountsFrom);

/// <summary>The owner makes a plan with its first version, which counts at once since nobody has the plan yet, or a new version, which counts from a day to come and is mailed to the partners that have the plan.</summary>
public sealed class PublishPlanVersion(PortalDb portal, AgreementMails mails)
{
    public const int NameLength = 100;

    /// <param name="planId">Null for a new plan.</param>
    /// <param name="name">Of a new plan.</param>
    /// <param name="form">The terms.</param>
    /// <param name="from">The day (UTC) from whose beginning a new version counts; not asked of a new plan.</param>
    /// <param name="actor">An owner.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<PublishedVersion>> ExecuteAsync(long? planId, string? name, PlanForm form, DateOnly? from, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return new NotAllowed();
        }

        if (form.Read() is { Problem: { } problem })
        {
            return problem;
        }

        var rules = form.Read().Rules!;
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.CommissionPlans, 0, ct);
        var plan = planId is { } id ? await work.Db.CommissionPlans.FirstOrDefaultAsync(p => p.Id == id, ct) : null;
        if (planId is null)
        {
            var made = await MakeAsync(work, name?.Trim() ?? "", actor, ct);
            if (!made.Ok)
            {
                return made.Error!;
            }

            plan = made.Value;
        }

        if (plan is null)
        {
            return new PlanRefused(PlanProblem.NoSuchPlan, "Name");
        }

        var number = 1 + await work.Db.PlanVersions.CountAsync(v => v.PlanId == plan.Id, ct);
        if (number > 1 && (from is null || from <= DateOnly.FromDateTime(work.Now)))
        {
            return new PlanRefused(from is null ? PlanProblem.DateUnreadable : PlanProblem.DateTooEarly, "From");
        }

        var version = new PlanVersion(plan.Id, number, rules, number == 1 ? work.Now : from!.Value.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), work.Now);
        work.Db.PlanVersions.Add(version);
        work.Audit(actor, AuditActions.CommissionPlanPublished, ("commission-plan", plan.Id), null, new { plan = plan.Name, version = number, countsFrom = version.CountsFrom });
        if (number > 1)
        {
            await mails.PublishedAsync(work, plan, version, ct);
        }

        await work.CommitAsync(ct);
        return new PublishedVersion(plan.Id, number, version.CountsFrom);
    }

    private static async Task<Result<CommissionPlan>> MakeAsync(PortalTransaction work, string name, Actor actor, CancellationToken ct)
    {
        if (name.Length is 0 or > NameLength)
        {
            return new PlanRefused(name.Length == 0 ? PlanProblem.NameMissing : PlanProblem.NameTooLong, "Name");
        }

        var folded = SearchText.Fold(name);
        // Plans are few; two that differ only in case or accents would be taken for each other.
        if ((await work.Db.CommissionPlans.Select(p => p.Name).ToListAsync(ct)).Any(n => SearchText.Fold(n) == folded))
        {
            return new PlanRefused(PlanProblem.NameTaken, "Name");
        }

        var plan = new CommissionPlan(name, work.Now);
        work.Db.CommissionPlans.Add(plan);
        work.Audit(actor, AuditActions.CommissionPlanCreated, ("commission-plan", null), null, new { name });
        await work.SaveAsync(ct);
        return plan;
    }
}
