using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Partners;

namespace PartnerPortal.Features.Commissions;

/// <summary>The recorded facts about some partners and all above them: sponsors, standings and plans, each with the time from which it counts.</summary>
public sealed class PartnerFacts
{
    /// <summary>How far up is looked; far more than ten levels, since inactive ones may be passed over.</summary>
    private const int Height = 64;

    private readonly Dictionary<long, (long Id, DateTime From)> _sponsors = [];
    private readonly ILookup<long, PartnerStanding> _standings;
    private readonly ILookup<(PlanScope, long), PlanAssignment> _assignments;
    private readonly ILookup<long, PlanVersion> _versions;
    private readonly Dictionary<long, string> _names;

    private PartnerFacts(List<PartnerStanding> standings, List<PlanAssignment> assignments, List<PlanVersion> versions, Dictionary<long, string> names)
    {
        _standings = standings.ToLookup(s => s.AccountId);
        _assignments = assignments.ToLookup(a => (a.Scope, a.TargetId));
        _versions = versions.ToLookup(v => v.PlanId);
        _names = names;
    }

    public static async Task<PartnerFacts> LoadAsync(PortalDbContext db, IReadOnlyCollection<long> partnerIds, CancellationToken ct)
    {
        var sponsors = (await UpAsync(db, partnerIds, ct)).DistinctBy(s => s.Id).ToDictionary(s => s.Id, s => s.SponsorId);
        var all = partnerIds.Concat(sponsors.Keys).Concat(sponsors.Values).Distinct().ToList();
        var standings = await db.PartnerStandings.AsNoTracking().Where(s => all.Contains(s.AccountId)).ToListAsync(ct);
        var groups = standings.Where(s => partnerIds.Contains(s.AccountId)).Select(s => s.GroupId).OfType<long>().Distinct().ToList();
        var assignments = await db.PlanAssignments.AsNoTracking().Where(a => a.Scope == PlanScope.Program
            || (a.Scope == PlanScope.Group && groups.Contains(a.TargetId)) || (a.Scope == PlanScope.Partner && partnerIds.Contains(a.TargetId))).ToListAsync(ct);
        var plans = assignments.Select(a => a.PlanId).OfType<long>().Distinct().ToList();
        var facts = new PartnerFacts(
            standings, assignments,
            await db.PlanVersions.AsNoTracking().Where(v => plans.Contains(v.PlanId)).ToListAsync(ct),
            await db.CommissionPlans.Where(p => plans.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct));
        await facts.DateSponsorsAsync(db, sponsors, ct);
        return facts;
    }

    /// <summary>The partner and those above it, as they stood at a time.</summary>
    public IReadOnlyList<Holder> ChainAt(long partnerId, DateTime at)
    {
        var chain = new List<Holder> { new(partnerId, IsActive(partnerId)) };
        while (chain.Count < Height && _sponsors.TryGetValue(chain[^1].PartnerId, out var sponsor) && sponsor.From <= at)
        {
            chain.Add(new Holder(sponsor.Id, IsActive(sponsor.Id)));
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

    /// <summary>A sponsor counts from the start of the first attribution, which made it one.</summary>
    private async Task DateSponsorsAsync(PortalDbContext db, Dictionary<long, long> sponsors, CancellationToken ct)
    {
        var ids = sponsors.Keys.ToList();
        var starts = await db.Attributions.Where(a => ids.Contains(a.ClientId) && a.UndoneAt == null).Select(a => new { a.ClientId, a.PartnerId, a.StartedAt }).ToListAsync(ct);
        foreach (var (id, sponsor) in sponsors)
        {
            var from = starts.Where(s => s.ClientId == id && s.PartnerId == sponsor).Select(s => (DateTime?)s.StartedAt).Min();
            _sponsors[id] = (sponsor, from ?? DateTime.MinValue);
        }
    }

    private static async Task<List<Step>> UpAsync(PortalDbContext db, IReadOnlyCollection<long> partnerIds, CancellationToken ct)
    {
        if (partnerIds.Count == 0)
        {
            return [];
        }

        // UNION draws together what several partners have above them.
        var sql = $$"""
            WITH RECURSIVE up(id, sponsor, height) AS (
                SELECT "Id", "SponsorId", 1 FROM "Accounts" WHERE "Id" IN ({{string.Join(", ", partnerIds.Select((_, i) => $"{{{i}}}"))}})
                UNION
                SELECT a."Id", a."SponsorId", up.height + 1 FROM "Accounts" a JOIN up ON a."Id" = up.sponsor WHERE up.height < {{Height}})
            SELECT DISTINCT id AS "Id", sponsor AS "SponsorId" FROM up WHERE sponsor IS NOT NULL
            """;
        return await db.Database.SqlQueryRaw<Step>(sql, [.. partnerIds]).ToListAsync(ct);
    }

    /// <summary>One account and its sponsor.</summary>
    private sealed record Step(long Id, long SponsorId);
}
