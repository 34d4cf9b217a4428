using FsCheck;
using FsCheck.Fluent;
using PartnerPortal.Features.Commissions;

namespace PartnerPortal.Tests.Features.Commissions;

/// <summary>Random plans, in which all kinds of terms occur.</summary>
internal static class PlanGenerator
{
    public static readonly string[] Products = ["team", "solo"];
    public static readonly string[] Currencies = ["EUR", "JPY"];

    private static readonly Gen<IReadOnlyDictionary<string, long>> Amounts =
        from count in Gen.Choose(0, 2)
        from amount in Gen.Choose(0, 3000)
        select (IReadOnlyDictionary<string, long>)Currencies.Take(count).ToDictionary(c => c, _ => (long)amount);

    private static readonly Gen<LevelRate> Rate = Gen.Frequency(
        (4, Gen.Choose(0, 1000).Select(LevelRate.Share)), (1, Amounts.Select(a => new LevelRate(null, a))));

    /// <summary>Any whole number from the one to the other, both included.</summary>
    public static Gen<long> Long(long least, long most) =>
        from high in Gen.Choose(0, 1_000_000)
        from low in Gen.Choose(0, 1_000_000)
        select least + (long)((Int128)(most - least) * (((long)high * 1_000_001) + low) / ((1_000_000L * 1_000_001) + 1_000_000));

    public static Gen<PlanRules> Rules { get; } =
        from count in Gen.Choose(1, PlanRules.MaxLevels)
        from levels in Rate.ListOf(count)
        from products in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Constant(1)))
        from span in Gen.Elements(Enum.GetValues<EarningSpan>())
        from months in Gen.Choose(1, 4)
        from hold in Gen.Choose(0, 40)
        from perPurchase in Gen.Frequency((2, Gen.Constant((IReadOnlyDictionary<string, long>)new Dictionary<string, long>())), (1, Amounts))
        from perClient in Gen.Frequency((2, Gen.Constant((IReadOnlyDictionary<string, long>)new Dictionary<string, long>())), (1, Amounts))
        from share in Gen.Frequency((2, Gen.Constant((int?)null)), (1, Gen.Choose(0, 3000).Select(n => (int?)n)))
        from inactive in Gen.Elements(Enum.GetValues<InactiveRule>())
        select new PlanRules
        {
            Levels = [.. levels],
            Products = [.. Products.Take(products)],
            Span = span,
            Months = months,
            HoldDays = hold,
            MaxPerPurchase = perPurchase,
            MaxPerClient = perClient,
            MaxShareBasisPoints = share,
            Inactive = inactive,
        };
}
