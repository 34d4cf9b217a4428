using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Commissions;

/// <summary>A version of a plan. Times are UTC.</summary>
public sealed record PlanVersionRow(int Number, DateTime CountsFrom, DateTime PublishedAt, PlanRules Rules);

/// <summary>Who has a plan now.</summary>
/// <param name="Target">The group's or the partner's name; empty for all partners.</param>
/// <param name="From">UTC.</param>
public sealed record PlanHolder(PlanScope Scope, long TargetId, string Target, DateTime From);

/// <summary>A plan with its versions, the newest first.</summary>
/// <param name="InForce">The number of the version that counts now; null when none does.</param>
public sealed record PlanRow(long Id, string Name, int? InForce, IReadOnlyList<PlanVersionRow> Versions, IReadOnlyList<PlanHolder> Holders);

/// <summary>The owner's plans.</summary>
public sealed class CommissionPlanQueries(PortalDb portal, TimeProvider clock)
{
    /// <summary>By name; empty for anybody but an owner.</summary>
    public async Task<IReadOnlyList<PlanRow>> ListAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return [];
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await portal.ReadAsync(ct);
        var plans = await db.CommissionPlans.OrderBy(p => p.Name).ToListAsync(ct);
        var versions = (await db.PlanVersions.ToListAsync(ct)).ToLookup(v => v.PlanId);
        var holders = await HoldersAsync(db, ct);
        return
        [
            .. plans.Select(p => new PlanRow(
                p.Id, p.Name, versions[p.Id].Where(v => v.CountsFrom <= now).MaxBy(v => (v.CountsFrom, v.Number))?.Number,
                [.. versions[p.Id].OrderByDescending(v => v.Number).Select(v => new PlanVersionRow(v.Number, v.CountsFrom, v.PublishedAt, v.Rules))], [.. holders[p.Id]])),
        ];
    }

    private static async Task<ILookup<long, PlanHolder>> HoldersAsync(PortalDbContext db, CancellationToken ct)
    {
        // Assignments are few: one for each change that an owner made.
        var latest = (await db.PlanAssignments.ToListAsync(ct)).GroupBy(a => (a.Scope, a.TargetId)).Select(g => g.MaxBy(a => (a.From, a.Id))!).Where(a => a.PlanId is not null).ToList();
        var partners = latest.Where(a => a.Scope is PlanScope.Partner).Select(a => a.TargetId).ToList();
        var names = await db.Accounts.Where(a => partners.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Name, ct);
        var groups = await db.PartnerGroups.ToDictionaryAsync(g => g.Id, g => g.Name, ct);
        return latest.OrderBy(a => a.Scope).ToLookup(a => a.PlanId!.Value, a => new PlanHolder(
            a.Scope, a.TargetId, a.Scope switch { PlanScope.Program => "", PlanScope.Group => groups.GetValueOrDefault(a.TargetId, ""), PlanScope.Partner => names.GetValueOrDefault(a.TargetId, "") }, a.From));
    }
}
