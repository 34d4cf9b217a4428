using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Partners;

namespace PartnerPortal.Features.Commissions;

/// <summary>The recorded facts about some partners and all above them: sponsors, standings and plans, each with the time from which it counts.</summary>
public sealed class PartnerFacts
{
    private readonly SponsorHistory _sponsors;
    private readonly ILookup<long, PartnerStanding> _standings;
    private readonly ILookup<(PlanScope, long), PlanAssignment> _assignments;
    private readonly ILookup<long, PlanVersion> _versions;
    private readonly Dictionary<long, string> _names;

    private PartnerFacts(SponsorHistory sponsors, List<PartnerStanding> standings, List<PlanAssignment> assignments, List<PlanVersion> versions, Dictionary<long, string> names)
    {
        _sponsors = sponsors;
        _standings = standings.ToLookup(s => s.AccountId);
        _assignments = assignments.ToLookup(a => (a.Scope, a.TargetId));
        _versions = versions.ToLookup(v => v.PlanId);
        _names = names;
    }

    public static async Task<PartnerFacts> LoadAsync(PortalDbContext db, IReadOnlyCollection<long> partnerIds, CancellationToken ct)
    {
        var sponsors = await SponsorHistory.LoadAsync(db, partnerIds, ct);
        var all = sponsors.All;
        var standings = await db.PartnerStandings.AsNoTracking().Where(s => all.Contains(s.AccountId)).ToListAsync(ct);
        var groups = standings.Where(s => partnerIds.Contains(s.AccountId)).Select(s => s.GroupId).OfType<long>().Distinct().ToList();
        var assigned = await (
            from a in db.PlanAssignments.AsNoTracking()
            from p in db.CommissionPlans.Where(p => p.Id == a.PlanId).DefaultIfEmpty()
            from v in db.PlanVersions.Where(v => v.PlanId == a.PlanId).DefaultIfEmpty()
            where a.Scope == PlanScope.Program || (a.Scope == PlanScope.Group && groups.Contains(a.TargetId)) || (a.Scope == PlanScope.Partner && partnerIds.Contains(a.TargetId))
            select new { Assignment = a, Plan = p, Version = v }).ToListAsync(ct);
        return new PartnerFacts(
            sponsors, standings,
            [.. assigned.Select(x => x.Assignment).DistinctBy(a => a.Id)],
            [.. assigned.Select(x => x.Version).OfType<PlanVersion>().DistinctBy(v => v.Id)],
            assigned.Select(x => x.Plan).OfType<CommissionPlan>().DistinctBy(p => p.Id).ToDictionary(p => p.Id, p => p.Name));
    }

    /// <summary>The partner and those above it, as they stood at a time.</summary>
    public IReadOnlyList<Holder> ChainAt(long partnerId, DateTime at)
    {
        var chain = new List<Holder> { new(partnerId, IsActive(partnerId)) };
        // A change counts some minutes after it was made, a first attribution at once: for those minutes two may stand above each other, and each has its first place only.
        while (chain.Count < SponsorHistory.Height && _sponsors.At(chain[^1].PartnerId, at) is { } sponsor && chain.TrueForAll(h => h.PartnerId != sponsor))
        {
            chain.Add(new Holder(sponsor, IsActive(sponsor)));
        }

        return chain;

        bool IsActive(long id) => StandingAt(id, at)?.State is PartnerState.Active;
    }

    /// <summary>The plan version in force for a partner at a time: by its own plan, else its group's, else the program's. Null when there was none.</summary>
    public PlanVersion? PlanAt(long partnerId, DateTime at)
    {
        var group = StandingAt(partnerId, at)?.GroupId;
        var plan = AssignedAt(PlanScope.Partner, partnerId, at) ?? (group is { } id ? AssignedAt(PlanScope.Group, id, at) : null) ?? AssignedAt(PlanScope.Program, 0, at);
        return plan is { } planId ? _versions[planId].Where(v => v.CountsFrom <= at).MaxBy(v => (v.CountsFrom, v.Number)) : null;
    }

    /// <summary>The version of a plan that counts next after a time; null when none is published.</summary>
    public PlanVersion? NextAfter(long planId, DateTime at) => _versions[planId].Where(v => v.CountsFrom > at).OrderBy(v => v.CountsFrom).ThenByDescending(v => v.Number).FirstOrDefault();

    /// <summary>A version of these partners' plans has a cap on all purchases of one client.</summary>
    public bool HaveClientCaps => _versions.Any(plan => plan.Any(v => v.Rules.MaxPerClient.Count > 0));

    public string PlanName(long planId) => _names.GetValueOrDefault(planId, "");

    private PartnerStanding? StandingAt(long id, DateTime at) => _standings[id].Where(s => s.From <= at).MaxBy(s => (s.From, s.Id));

    private long? AssignedAt(PlanScope scope, long target, DateTime at) => _assignments[(scope, target)].Where(a => a.From <= at).MaxBy(a => (a.From, a.Id))?.PlanId;
}
