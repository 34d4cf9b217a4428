using System.Runtime.InteropServices;

namespace PartnerPortal.Features.Commissions;

/// <summary>A partner that a purchase may pay, as it stood at the purchase's time.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Holder(long PartnerId, bool IsActive);

/// <summary>All that what a purchase earns depends on, besides the plan.</summary>
/// <param name="BuyerId">The account that bought.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Base">Minor units after discount, without tax.</param>
/// <param name="Product">Its code.</param>
/// <param name="At">UTC.</param>
/// <param name="FirstPurchaseAt">UTC, of the client's first purchase ever.</param>
/// <param name="IsFirstPurchase">This is that purchase.</param>
/// <param name="GivenBefore">What the client's earlier purchases in this currency earned over all levels, in minor units.</param>
/// <param name="Chain">The level-1 partner, its sponsor, that one's sponsor and so on, as far as they go.</param>
public sealed record EarningFacts(
    long BuyerId, string Currency, long Base, string Product, DateTime At, DateTime FirstPurchaseAt, bool IsFirstPurchase, long GivenBefore, IReadOnlyList<Holder> Chain);

/// <summary>Why a line is as high as it is.</summary>
public enum ShareReason
{
    /// <summary>The rate on the base.</summary>
    Earned,

    /// <summary>The rate on the base, less what a cap took.</summary>
    Reduced,

    /// <summary>Nothing: the cap had no room left.</summary>
    CapReached,

    /// <summary>Nothing: the partner was not active.</summary>
    Inactive,

    /// <summary>Nothing: the partner was not active, and its level went to the next above.</summary>
    PassedUp,

    /// <summary>Nothing: nobody earns by its own purchase.</summary>
    OwnPurchase,

    OtherProduct,

    /// <summary>Nothing: the plan pays the first purchase only.</summary>
    NotFirstPurchase,

    /// <summary>Nothing: the months from the client's first purchase are over.</summary>
    SpanOver,

    /// <summary>Nothing: the plan gives this level nothing in this currency.</summary>
    NoRate,

    /// <summary>Nothing: the share is less than half a minor unit.</summary>
    TooSmall,

    /// <summary>Nothing: no plan was in force for the partner.</summary>
    NoPlan,

    /// <summary>Nothing: after the discount there was nothing to pay.</summary>
    NothingPaid,

    /// <summary>Nothing any more: facts that came later put somebody else, or nobody, here.</summary>
    Superseded,

    /// <summary>As it was earned by the partner before: staff moved it here with the client.</summary>
    MovedHere,

    /// <summary>Nothing any more: staff moved it to another partner with the client.</summary>
    MovedAway,

    /// <summary>Nothing any more: support voided it after a review.</summary>
    Voided,
}

/// <summary>Which cap reduced a line.</summary>
public enum ShareCap
{
    PerPurchase,
    PerClient,
    OverAllLevels,
}

/// <summary>What one partner gets by a purchase and why; also when it is nothing.</summary>
/// <param name="Level">1 for the partner whose client bought.</param>
/// <param name="BasisPoints">The rate, when it is a share.</param>
/// <param name="Fixed">The rate in minor units, when it is fixed.</param>
/// <param name="BeforeCaps">Minor units that the rate alone gives.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Cap">Which cap made the difference between the two; null when none did.</param>
public sealed record Share(int Level, long PartnerId, ShareReason Reason, int? BasisPoints, long? Fixed, long BeforeCaps, long Amount, ShareCap? Cap);

/// <summary>
/// What a purchase earns whom. Pure: the same facts and rules give the same lines. The share of all paid levels together is rounded once, commercially, and divided
/// by the largest remainder, so that the lines sum exactly.
/// </summary>
public static class CommissionCalculator
{
    /// <param name="facts">Of the purchase.</param>
    /// <param name="rules">The level-1 partner's plan version in force; null when there was none.</param>
    /// <returns>By level; empty when the client was nobody's.</returns>
    public static IReadOnlyList<Share> Calculate(EarningFacts facts, PlanRules? rules)
    {
        if (facts.Chain.Count == 0)
        {
            return [];
        }

        if (rules is null)
        {
            return [new Share(1, facts.Chain[0].PartnerId, ShareReason.NoPlan, null, null, 0, 0, null)];
        }

        var shares = Seat(facts, rules, Refusal(facts, rules));
        Pay(shares, facts);
        return Cap(shares, facts, rules);
    }

    /// <summary>Why the whole purchase earns nothing; null when it does.</summary>
    private static ShareReason? Refusal(EarningFacts facts, PlanRules rules) =>
        facts.Base <= 0 ? ShareReason.NothingPaid
        : !rules.Covers(facts.Product) ? ShareReason.OtherProduct
        : rules.Span is EarningSpan.FirstPurchase && !facts.IsFirstPurchase ? ShareReason.NotFirstPurchase
        : rules.Span is EarningSpan.Months && facts.At >= facts.FirstPurchaseAt.AddMonths(rules.Months) ? ShareReason.SpanOver
        : null;

    /// <summary>Gives each level of the plan its partner, with the reason when that gets nothing.</summary>
    private static List<Share> Seat(EarningFacts facts, PlanRules rules, ShareReason? refusal)
    {
        var shares = new List<Share>();
        var level = 1;
        foreach (var holder in facts.Chain)
        {
            if (level > rules.Levels.Count)
            {
                break;
            }

            var rate = rules.Levels[level - 1];
            var passes = !holder.IsActive && rules.Inactive is InactiveRule.PassUp;
            var reason = refusal
                ?? (!holder.IsActive ? passes ? ShareReason.PassedUp : ShareReason.Inactive
                : holder.PartnerId == facts.BuyerId ? ShareReason.OwnPurchase
                : RateOf(rate, facts.Currency) == 0 ? ShareReason.NoRate
                : ShareReason.Earned);
            shares.Add(new Share(level, holder.PartnerId, reason, rate.BasisPoints, FixedOf(rate, facts.Currency), 0, 0, null));
            level += passes ? 0 : 1;
        }

        return shares;
    }

    /// <summary>Sets what the rates alone give.</summary>
    private static void Pay(List<Share> shares, EarningFacts facts)
    {
        var byPercent = Enumerable.Range(0, shares.Count).Where(i => shares[i] is { Reason: ShareReason.Earned, BasisPoints: not null }).ToList();
        var weights = byPercent.Select(i => (long)shares[i].BasisPoints!.Value).ToList();
        var parts = Apportion.LargestRemainder(Apportion.Rounded(facts.Base, weights.Sum(), 10_000), weights);
        for (var n = 0; n < byPercent.Count; n++)
        {
            shares[byPercent[n]] = shares[byPercent[n]] with { BeforeCaps = parts[n], Amount = parts[n], Reason = parts[n] == 0 ? ShareReason.TooSmall : ShareReason.Earned };
        }

        for (var i = 0; i < shares.Count; i++)
        {
            if (shares[i] is { Reason: ShareReason.Earned, Fixed: { } amount })
            {
                shares[i] = shares[i] with { BeforeCaps = amount, Amount = amount };
            }
        }
    }

    /// <summary>Cuts all lines in proportion when they are above the lowest cap together.</summary>
    private static List<Share> Cap(List<Share> shares, EarningFacts facts, PlanRules rules)
    {
        var total = shares.Sum(s => s.Amount);
        var lowest = Limits(facts, rules).OrderBy(l => l.Limit).Cast<(long Limit, ShareCap Cap)?>().FirstOrDefault();
        if (lowest is not { } bound || bound.Limit >= total)
        {
            return shares;
        }

        var parts = Apportion.LargestRemainder(bound.Limit, [.. shares.Select(s => s.Amount)]);
        return
        [
            .. shares.Select((s, i) => s.Amount == parts[i] ? s : s with
            {
                Amount = parts[i],
                Cap = bound.Cap,
                Reason = parts[i] == 0 ? ShareReason.CapReached : ShareReason.Reduced,
            }),
        ];
    }

    private static IEnumerable<(long Limit, ShareCap Cap)> Limits(EarningFacts facts, PlanRules rules)
    {
        if (rules.MaxPerPurchase.TryGetValue(facts.Currency, out var perPurchase))
        {
            yield return (perPurchase, ShareCap.PerPurchase);
        }

        if (rules.MaxPerClient.TryGetValue(facts.Currency, out var perClient))
        {
            yield return (Math.Max(0, perClient - facts.GivenBefore), ShareCap.PerClient);
        }

        if (rules.MaxShareBasisPoints is { } share)
        {
            yield return (Apportion.Floored(facts.Base, share, 10_000), ShareCap.OverAllLevels);
        }
    }

    private static long RateOf(LevelRate rate, string currency) => rate.BasisPoints ?? FixedOf(rate, currency) ?? 0;

    private static long? FixedOf(LevelRate rate, string currency) => rate.BasisPoints is null ? rate.Fixed?.GetValueOrDefault(currency) ?? 0 : null;
}
