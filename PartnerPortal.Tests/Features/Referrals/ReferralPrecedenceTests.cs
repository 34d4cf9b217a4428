using FsCheck;
using FsCheck.Fluent;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;

namespace PartnerPortal.Tests.Features.Referrals;

/// <summary>What must hold of the precedence for any clues.</summary>
public sealed class ReferralPrecedenceTests
{
    private static readonly DateTime Start = new(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly AttributionRule[] Rules = [AttributionRule.TypedCode, AttributionRule.Invitation, AttributionRule.Address, AttributionRule.Cookie];

    [Fact]
    public void Decide_AnyClues_OneWonOrNobody() => ForAll(s =>
    {
        var (decision, inPlay) = s.Decide();
        var won = inPlay.Where(c => c.Outcome is ContenderOutcome.Won).ToList();
        return inPlay.Count == s.Candidates.Count
            && (decision is null ? won.Count == 0 : won.Count == 1 && won[0].PartnerId == decision.PartnerId && won[0].Rule == decision.Rule && decision.Contenders.SequenceEqual(inPlay));
    });

    [Fact]
    public void Decide_AnyClues_FirstRuleWithSomebodyWins() => ForAll(s =>
    {
        var able = s.Able().ToList();
        var (decision, inPlay) = s.Decide();
        return decision is null
            ? able.Count == 0
            : decision.Rule == able.Min(c => c.Rule) && inPlay.Select(c => c.Rule).SequenceEqual(inPlay.Select(c => c.Rule).Order());
    });

    [Fact]
    public void Decide_SeveralOfOneRule_FirstOrLastTouchWins() => ForAll(s =>
    {
        var (decision, inPlay) = s.Decide();
        if (decision is null)
        {
            return true;
        }

        var same = s.Able().Where(c => c.Rule == decision.Rule).ToList();
        var expected = s.Touch is TouchRule.Last ? same.MaxBy(c => c.SeenAt) : same.MinBy(c => c.SeenAt);
        var lost = s.Touch is TouchRule.Last ? ContenderOutcome.EarlierTouch : ContenderOutcome.LaterTouch;
        return inPlay.Single(c => c.Outcome is ContenderOutcome.Won).SeenAt == expected!.SeenAt
            && same.Where(c => c != expected).All(c => inPlay.Single(p => p.SeenAt == c.SeenAt).Outcome == lost);
    });

    [Fact]
    public void Decide_AnyOrderOfClues_SameDecision() => ForAll(s =>
    {
        var (decision, inPlay) = s.Decide();
        var (again, inPlayAgain) = (s with { Candidates = [.. s.Candidates.Reverse()] }).Decide();
        return decision?.PartnerId == again?.PartnerId && inPlay.SequenceEqual(inPlayAgain);
    });

    [Fact]
    public void Decide_RemovedOnTheForm_NobodyWins() => ForAll(s => (s with { Removed = true }).Decide().Decision is null);

    [Fact]
    public void Decide_OwnOrInactivePartner_NeverWins() => ForAll(s =>
        s.Decide().Decision is not { } decision || (!s.Own.Contains(decision.PartnerId) && s.Candidates.Any(c => c.PartnerId == decision.PartnerId && c.TakesClients)));

    [Fact]
    public void Decide_EveryLoser_IsToldTheReasonThatIsTrue() => ForAll(s => s.Decide().InPlay.All(c => s.Candidates.Single(x => x.SeenAt == c.SeenAt) is var candidate && c.Outcome switch
    {
        ContenderOutcome.OwnAccount => s.Own.Contains(c.PartnerId),
        ContenderOutcome.PartnerInactive => !candidate.TakesClients,
        ContenderOutcome.InvitationInvalid => c.Rule is AttributionRule.Invitation && !candidate.InvitationIsOpen,
        ContenderOutcome.Removed => s.Removed,
        ContenderOutcome.LaterRule => s.Able().Any(x => x.Rule < c.Rule),
        ContenderOutcome.EarlierTouch => s.Able().Any(x => x.Rule == c.Rule && x.SeenAt > c.SeenAt),
        ContenderOutcome.LaterTouch => s.Able().Any(x => x.Rule == c.Rule && x.SeenAt < c.SeenAt),
        ContenderOutcome.Won => s.Able().Contains(candidate),
        // Known to the journeys only.
        ContenderOutcome.Ended or ContenderOutcome.NotAnswered or ContenderOutcome.AnotherChosen or ContenderOutcome.ClaimOpen => false,
    }));

    private static void ForAll(Func<Situation, bool> holds) => Prop.ForAll(Arb.From(Situations()), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static Gen<Situation> Situations() =>
        from count in Gen.Choose(0, 7)
        from parts in (
            from rule in Gen.Elements(Rules)
            from partner in Gen.Choose(1, 5)
            from takes in Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false)))
            from open in Gen.Elements(true, false)
            from source in Gen.Elements<string?>(null, "qr", "mail")
            select (rule, partner, takes, open, source)).ListOf(count)
        from minutes in Gen.Shuffle(Enumerable.Range(0, count))
        from touch in Gen.Elements(TouchRule.First, TouchRule.Last)
        from removed in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
        from own in Gen.Choose(1, 8)
        select new Situation(
            [.. parts.Select((p, i) => new ReferralCandidate(p.rule, p.partner, $"P{p.partner}", "ACDEFHJK", p.source, Start.AddMinutes(minutes[i]), p.takes, p.rule is AttributionRule.Invitation ? i : null, p.open))],
            touch, removed, new HashSet<long> { own });

    private sealed record Situation(IReadOnlyList<ReferralCandidate> Candidates, TouchRule Touch, bool Removed, IReadOnlySet<long> Own)
    {
        public (ReferralDecision? Decision, IReadOnlyList<Contender> InPlay) Decide() => ReferralPrecedence.Decide(Candidates, Touch, Removed, Own);

        public IEnumerable<ReferralCandidate> Able() => Candidates.Where(c =>
            !Removed && c.TakesClients && !Own.Contains(c.PartnerId) && (c.Rule is not AttributionRule.Invitation || c.InvitationIsOpen));
    }
}
