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

    private PartnerFacts(SponsorRows rows, List<PlanAssignment> assignments, List<PlanVersion> versions)
    {
        _sponsors = new SponsorHistory(rows);
        _standings = rows.Standings.ToLookup(s => s.AccountId);
        _assignments = assignments.ToLookup(a => (a.Scope, a.TargetId));
        _versions = versions.ToLookup(v => v.PlanId);
    }

    public static async Task<PartnerFacts> LoadAsync(PortalDbContext db, IReadOnlyCollection<long> partnerIds, CancellationToken ct)
    {
        var ask = new Questions(db);
        var sponsors = SponsorRows.Ask(ask, $"SELECT a.\"Id\" FROM \"Accounts\" a WHERE a.\"Id\" {Questions.In(partnerIds)}");
        await ask.SendAsync(ct);
        return await LoadAsync(db, partnerIds, sponsors, ct);
    }

    /// <param name="db">Reads.</param>
    /// <param name="partnerIds">Of whom.</param>
    /// <param name="sponsors">Who is above them, asked before.</param>
    /// <param name="ct">Cancels.</param>
    internal static async Task<PartnerFacts> LoadAsync(PortalDbContext db, IReadOnlyCollection<long> partnerIds, SponsorRows sponsors, CancellationToken ct)
    {
        var (assignments, versions, partners) = (new List<PlanAssignment>(), new List<PlanVersion>(), Questions.In(partnerIds));
        FormattableString apply = $"""
            WHERE t."Scope" = 'Program' OR (t."Scope" = 'Partner' AND t."TargetId" {partners})
              OR (t."Scope" = 'Group' AND t."TargetId" IN (SELECT s."GroupId" FROM "PartnerStandings" s WHERE s."AccountId" {partners}))
            """;
        await sponsors.ReadAsync(
            db, ask => (assignments, versions) = (ask.Entities<PlanAssignment>(apply), ask.Entities<PlanVersion>($"WHERE t.\"PlanId\" IN (SELECT t.\"PlanId\" FROM \"PlanAssignments\" t {apply})")), ct);
        return new PartnerFacts(sponsors, assignments, versions);
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

    private PartnerStanding? StandingAt(long id, DateTime at) => _standings[id].Where(s => s.From <= at).MaxBy(s => (s.From, s.Id));

    private long? AssignedAt(PlanScope scope, long target, DateTime at) => _assignments[(scope, target)].Where(a => a.From <= at).MaxBy(a => (a.From, a.Id))?.PlanId;
}
