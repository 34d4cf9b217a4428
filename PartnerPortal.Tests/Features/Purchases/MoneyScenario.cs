using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Tests.Features.Commissions;

namespace PartnerPortal.Tests.Features.Purchases;

public enum MoneyEvent
{
    Attribute,
    Leave,
    Suspend,
    Reinstate,
    MoveIn,
    MoveOut,
    Publish,
    AssignGroup,
    AssignPartner,
    Sponsor,
    Buy,
    Refund,

    /// <summary>What a client buys of a partner's is under review from now on, to the end.</summary>
    Review,

    /// <summary>A purchase gives nobody anything.</summary>
    Void,

    /// <summary>Somebody is given something that no purchase earned.</summary>
    Bonus,
}

/// <summary>One thing that happens.</summary>
/// <param name="Gap">Minutes since the one before.</param>
/// <param name="Who">Index of the account; of a plan, or an earlier purchase, where there is no account.</param>
/// <param name="Whom">Index of the other account, or of the plan.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Delays">After how many more events each copy of a purchase or refund arrives.</param>
public sealed record MoneyStep(MoneyEvent Kind, int Gap, int Who, int Whom, long Amount, PlanRules Rules, IReadOnlyList<int> Delays)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind}({Who},{Whom},{Amount},+{Gap}min,{string.Join('/', Delays)}{(Kind is MoneyEvent.Publish ? "," + Rules.Write() : "")})");
}

/// <summary>A tree of sponsors to begin with, and what happens then.</summary>
/// <param name="Sponsors">For each account the one above it, itself for none.</param>
/// <param name="Seed">Shuffles what arrives at the same moment.</param>
public sealed record MoneyScenario(int[] Sponsors, PlanRules[] Plans, MoneyStep[] Steps, int Seed)
{
    public const int People = 12;

    public override string ToString() => $"sponsors {string.Join(',', Sponsors)}, seed {Seed}, plans {string.Join(' ', Plans.Select(p => p.Write()))}\n{string.Join('\n', Steps.Select(s => s.ToString()))}";

    public static Gen<MoneyScenario> Any { get; } =
        from sponsors in Sponsor()
        from plans in PlanGenerator.Rules.ArrayOf(2)
        from steps in Step().ListOf()
        from seed in Gen.Choose(0, 1_000_000)
        select new MoneyScenario(sponsors, plans, [.. steps], seed);

    /// <summary>Halves, quarters and so on of the steps taken away, at last single ones.</summary>
    public static IEnumerable<MoneyScenario> Shorter(MoneyScenario scenario)
    {
        var steps = scenario.Steps;
        for (var size = steps.Length / 2; size > 0; size /= 2)
        {
            for (var start = 0; start < steps.Length; start += size)
            {
                yield return scenario with { Steps = [.. steps[..start], .. steps[Math.Min(start + size, steps.Length)..]] };
            }
        }
    }

    /// <summary>Mostly chains, so that they reach ten levels; some are roots.</summary>
    private static Gen<int[]> Sponsor() =>
        from picks in Gen.Choose(0, 99).ArrayOf(People)
        select picks.Select((pick, i) => i == 0 || pick < 10 ? i : pick < 70 ? i - 1 : pick % i).ToArray();

    private static Gen<MoneyStep> Step() =>
        from kind in Gen.Frequency(
            (12, Gen.Constant(MoneyEvent.Buy)), (6, Gen.Constant(MoneyEvent.Refund)), (3, Gen.Constant(MoneyEvent.Attribute)), (1, Gen.Constant(MoneyEvent.Leave)),
            (2, Gen.Constant(MoneyEvent.Suspend)), (2, Gen.Constant(MoneyEvent.Reinstate)), (1, Gen.Constant(MoneyEvent.MoveIn)), (1, Gen.Constant(MoneyEvent.MoveOut)),
            (1, Gen.Constant(MoneyEvent.Publish)), (1, Gen.Constant(MoneyEvent.AssignGroup)), (1, Gen.Constant(MoneyEvent.AssignPartner)),
            (2, Gen.Constant(MoneyEvent.Sponsor)), (1, Gen.Constant(MoneyEvent.Review)), (2, Gen.Constant(MoneyEvent.Void)), (2, Gen.Constant(MoneyEvent.Bonus)))
        // At the same minute only purchases happen: of two other facts at one moment none is the later.
        from gap in kind is MoneyEvent.Buy ? Gen.Frequency((1, Gen.Constant(0)), (3, Gen.Choose(1, 40_000))) : Gen.Choose(1, 40_000)
        from who in Gen.Choose(0, People - 1)
        from whom in Gen.Choose(0, People - 1)
        from amount in Gen.Frequency((2, Gen.Choose(1, 60)), (3, Gen.Choose(100, 30_000)))
        from rules in PlanGenerator.Rules
        from delays in Gen.Choose(0, 25).NonEmptyListOf()
        select new MoneyStep(kind, gap, who, whom, amount, rules, [.. delays.Take(3)]);
}
