namespace PartnerPortal.Features.Commissions;

/// <summary>A referral agreement: a name for a row of versions.</summary>
public sealed class CommissionPlan
{
    private CommissionPlan()
    {
    }

    public CommissionPlan(string name, DateTime now) => (Name, CreatedAt) = (name, now);

    public long Id { get; private set; }

    public string Name { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }
}

/// <summary>The terms of a plan from a time on, until the next version counts. Never changed: old purchases keep theirs.</summary>
public sealed class PlanVersion
{
    private PlanRules? _read;

    private PlanVersion()
    {
    }

    public PlanVersion(long planId, int number, PlanRules rules, DateTime countsFrom, DateTime now) =>
        (PlanId, Number, RulesJson, CountsFrom, PublishedAt) = (planId, number, rules.Write(), countsFrom, now);

    public long Id { get; private set; }

    public long PlanId { get; private set; }

    /// <summary>From 1 on, in the order in which they were published.</summary>
    public int Number { get; private set; }

    /// <summary>UTC; not before it was published. Of two for the same time the later published counts.</summary>
    public DateTime CountsFrom { get; private set; }

    public DateTime PublishedAt { get; private set; }

    public string RulesJson { get; private set; } = "";

    public PlanRules Rules => _read ??= PlanRules.Read(RulesJson);
}

public enum PlanScope
{
    /// <summary>All partners that neither have a plan of their own nor one by their group.</summary>
    Program,

    Group,

    Partner,
}

/// <summary>That a scope has a plan from a time on. Never changed; the latest counts.</summary>
public sealed class PlanAssignment
{
    private PlanAssignment()
    {
    }

    public PlanAssignment(PlanScope scope, long targetId, long? planId, DateTime from) =>
        (Scope, TargetId, PlanId, From) = (scope, targetId, planId, from);

    public long Id { get; private set; }

    public PlanScope Scope { get; private set; }

    /// <summary>The group's id or the partner's account; 0 for the program.</summary>
    public long TargetId { get; private set; }

    /// <summary>Null: from then on the wider scope's plan counts again.</summary>
    public long? PlanId { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime From { get; private set; }
}
