using FsCheck;
using FsCheck.Fluent;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Shared;

namespace PartnerPortal.Tests.Features.Commissions;

public sealed class CommissionCalculatorTests
{
    private static readonly DateTime At = new(2026, 11, 20, 10, 0, 0, DateTimeKind.Utc);
    private static readonly PlanRules Standard = new() { Levels = [LevelRate.Share(1000), LevelRate.Share(500), LevelRate.Share(250)] };

    [Fact]
    public void Calculate_ThreeLevels_SumExactly()
    {
        var shares = CommissionCalculator.Calculate(Facts(9999), Standard);

        // 17.5 % of 99.99 is 17.498…: 17.50 in all.
        Assert.Equal([(1, 1000L), (2, 500L), (3, 250L)], shares.Select(s => (s.Level, s.Amount)));
        Assert.All(shares, s => Assert.Equal(ShareReason.Earned, s.Reason));
    }

    [Fact]
    public void Calculate_NobodysClient_IsEmpty() => Assert.Empty(CommissionCalculator.Calculate(Facts(8000) with { Chain = [] }, Standard));

    [Fact]
    public void Calculate_NoPlan_SaysSoAtLevelOne() =>
        Assert.Equal([(1, ShareReason.NoPlan)], CommissionCalculator.Calculate(Facts(8000), null).Select(s => (s.Level, s.Reason)));

    [Fact]
    public void Calculate_InactiveSponsorSkipped_LosesItsLevel()
    {
        var shares = CommissionCalculator.Calculate(Facts(8000) with { Chain = [new(1, true), new(2, false), new(3, true)] }, Standard);

        Assert.Equal([(1, 1L, ShareReason.Earned, 800L), (2, 2, ShareReason.Inactive, 0), (3, 3, ShareReason.Earned, 200)], shares.Select(s => (s.Level, s.PartnerId, s.Reason, s.Amount)));
    }

    [Fact]
    public void Calculate_InactiveSponsorPassedUp_TheNextAboveGetsItsLevel()
    {
        var shares = CommissionCalculator.Calculate(Facts(8000) with { Chain = [new(1, true), new(2, false), new(3, true)] }, Standard with { Inactive = InactiveRule.PassUp });

        Assert.Equal([(1, 1L, ShareReason.Earned, 800L), (2, 2, ShareReason.PassedUp, 0), (2, 3, ShareReason.Earned, 400)], shares.Select(s => (s.Level, s.PartnerId, s.Reason, s.Amount)));
    }

    [Fact]
    public void Calculate_BuyerAmongItsOwnSponsors_EarnsNothingByIt()
    {
        var shares = CommissionCalculator.Calculate(Facts(8000) with { BuyerId = 2 }, Standard);

        Assert.Equal([ShareReason.Earned, ShareReason.OwnPurchase, ShareReason.Earned], shares.Select(s => s.Reason));
    }

    [Fact]
    public void Calculate_FixedRates_ByCurrency()
    {
        var rules = new PlanRules { Levels = [new LevelRate(null, new Dictionary<string, long> { ["EUR"] = 1500 }), LevelRate.Share(1000)] };

        Assert.Equal([1500L, 800], CommissionCalculator.Calculate(Facts(8000), rules).Select(s => s.Amount));
        Assert.Equal([(ShareReason.NoRate, 0L), (ShareReason.Earned, 800)], CommissionCalculator.Calculate(Facts(8000) with { Currency = "USD" }, rules).Select(s => (s.Reason, s.Amount)));
    }

    [Theory]
    [InlineData("other", true, 0, ShareReason.OtherProduct)]
    [InlineData("TEAM", false, 0, ShareReason.Earned)]
    [InlineData("team", false, 400, ShareReason.SpanOver)]
    public void Calculate_TermsOfThePlan_GiveTheReason(string product, bool isFirst, int daysSinceFirst, ShareReason expected)
    {
        var rules = Standard with { Products = ["team"], Span = EarningSpan.Months, Months = 12 };

        var shares = CommissionCalculator.Calculate(Facts(8000) with { Product = product, IsFirstPurchase = isFirst, FirstPurchaseAt = At.AddDays(-daysSinceFirst) }, rules);

        Assert.All(shares, s => Assert.Equal(expected, s.Reason));
        Assert.Equal(3, shares.Count);
    }

    [Fact]
    public void Calculate_MonthsOver_EndToTheSecond()
    {
        var rules = Standard with { Span = EarningSpan.Months, Months = 1 };

        Assert.Equal(ShareReason.SpanOver, CommissionCalculator.Calculate(Facts(8000) with { IsFirstPurchase = false, FirstPurchaseAt = At.AddMonths(-1) }, rules)[0].Reason);
        Assert.Equal(ShareReason.Earned, CommissionCalculator.Calculate(Facts(8000) with { IsFirstPurchase = false, FirstPurchaseAt = At.AddMonths(-1).AddSeconds(1) }, rules)[0].Reason);
    }

    [Fact]
    public void Calculate_FirstPurchaseOnly_TheSecondEarnsNothing() =>
        Assert.All(CommissionCalculator.Calculate(Facts(8000) with { IsFirstPurchase = false }, Standard with { Span = EarningSpan.FirstPurchase }), s => Assert.Equal(ShareReason.NotFirstPurchase, s.Reason));

    [Fact]
    public void Calculate_Caps_TheLowestCutsInProportion()
    {
        var rules = Standard with
        {
            MaxPerPurchase = new Dictionary<string, long> { ["EUR"] = 700 },
            MaxPerClient = new Dictionary<string, long> { ["EUR"] = 1000 },
            MaxShareBasisPoints = 1000,
        };

        var shares = CommissionCalculator.Calculate(Facts(8000), rules);
        Assert.Equal([(400L, 800L), (200, 400), (100, 200)], shares.Select(s => (s.Amount, s.BeforeCaps)));
        Assert.All(shares, s => Assert.Equal((ShareReason.Reduced, ShareCap.PerPurchase), (s.Reason, s.Cap)));

        var last = CommissionCalculator.Calculate(Facts(8000) with { GivenBefore = 1000 }, rules);
        Assert.All(last, s => Assert.Equal((ShareReason.CapReached, ShareCap.PerClient, 0L), (s.Reason, s.Cap, s.Amount)));
    }

    [Fact]
    public void Calculate_AnyPlanAndFacts_KeepsTheRules()
    {
        var cases = from rules in PlanGenerator.Rules
                    from amount in Gen.OneOf(PlanGenerator.Long(0, 50), PlanGenerator.Long(0, 100_000), PlanGenerator.Long(0, Money.Largest))
                    from product in Gen.Elements(PlanGenerator.Products)
                    from currency in Gen.Elements(PlanGenerator.Currencies)
                    from length in Gen.Choose(0, 14)
                    from active in Gen.Elements(true, true, true, false).ListOf(length)
                    from days in Gen.Choose(0, 150)
                    from given in PlanGenerator.Long(0, 4000)
                    select (rules, facts: new EarningFacts(
                        5, currency, amount, product, At, At.AddDays(-days), days == 0, given, [.. active.Select((a, i) => new Holder(i + 1, a))]));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Arb.From(cases), c => Assert.Empty(Broken(c.facts, c.rules))));
    }

    private static IEnumerable<string> Broken(EarningFacts facts, PlanRules rules)
    {
        var shares = CommissionCalculator.Calculate(facts, PlanRules.Read(rules.Write()));
        var total = shares.Sum(s => s.Amount);
        var percent = shares.Where(s => s.BasisPoints is not null && s.BeforeCaps > 0).ToList();
        if (shares.Any(s => s.Amount < 0 || s.Amount > s.BeforeCaps || s.Amount > 0 != (s.Reason is ShareReason.Earned or ShareReason.Reduced)))
        {
            yield return "an amount does not fit its reason";
        }

        if ((rules.MaxPerPurchase.TryGetValue(facts.Currency, out var perPurchase) && total > perPurchase)
            || (rules.MaxPerClient.TryGetValue(facts.Currency, out var perClient) && total > Math.Max(0, perClient - facts.GivenBefore))
            || (rules.MaxShareBasisPoints is { } most && (Int128)total * 10_000 > (Int128)facts.Base * most))
        {
            yield return "a cap is exceeded";
        }

        var paid = percent.Sum(s => (long)s.BasisPoints!.Value);
        if (percent.Any(s => Int128.Abs(((Int128)s.BeforeCaps * 10_000) - ((Int128)facts.Base * s.BasisPoints!.Value)) > 10_000)
            || (percent.Count > 0 && shares.All(s => s.Reason is not ShareReason.TooSmall) && percent.Sum(s => s.BeforeCaps) != Apportion.Rounded(facts.Base, paid, 10_000)))
        {
            yield return "shares are not their rates of the base";
        }

        if (shares.Select(s => s.PartnerId).Distinct().Count() != shares.Count || shares.Any(s => s.Level > rules.Levels.Count) || (facts.Chain.Count > 0) == (shares.Count == 0)
            || shares.Any(s => s.PartnerId == facts.BuyerId && s.Amount > 0) || shares.Any(s => !facts.Chain.Single(h => h.PartnerId == s.PartnerId).IsActive && s.Amount > 0))
        {
            yield return "somebody has a line who should have none, or the other way round";
        }
    }

    private static EarningFacts Facts(long amount) => new(99, "EUR", amount, "team", At, At, true, 0, [new(1, true), new(2, true), new(3, true)]);
}
