using System.Globalization;

namespace PartnerPortal.Features.Commissions;

/// <summary>A plan version as it is typed.</summary>
public sealed class PlanForm
{
    public const int MaxDays = 365;
    public const int MaxMonths = 120;
    private const int MaxProducts = 50;

    /// <summary>A percentage or amounts for each level.</summary>
    public List<string> Levels { get; } = ["10 %"];

    /// <summary>Parted by commas; empty for all.</summary>
    public string Products { get; set; } = "";

    public EarningSpan Span { get; set; }

    public string Months { get; set; } = "12";

    public string HoldDays { get; set; } = "30";

    public string MaxPerPurchase { get; set; } = "";

    public string MaxPerClient { get; set; } = "";

    public string MaxShare { get; set; } = "";

    public InactiveRule Inactive { get; set; }

    /// <summary>A percentage or amounts; empty for none.</summary>
    public string Discount { get; set; } = "";

    public static PlanForm Of(PlanRules rules)
    {
        var form = new PlanForm
        {
            Products = string.Join(", ", rules.Products),
            Span = rules.Span,
            Months = Text(rules.Months == 0 ? 12 : rules.Months),
            HoldDays = Text(rules.HoldDays),
            MaxPerPurchase = TypedTerms.WriteAmounts(rules.MaxPerPurchase),
            MaxPerClient = TypedTerms.WriteAmounts(rules.MaxPerClient),
            MaxShare = rules.MaxShareBasisPoints is { } share ? TypedTerms.WritePercent(share) : "",
            Inactive = rules.Inactive,
            Discount = rules.Discount is { } discount ? TypedTerms.WriteRate(discount.BasisPoints, discount.Fixed) : "",
        };
        form.Levels.Clear();
        form.Levels.AddRange(rules.Levels.Select(l => TypedTerms.WriteRate(l.BasisPoints, l.Fixed)));
        return form;
    }

    /// <summary>The terms; or the first thing that is wrong.</summary>
    public (PlanRules? Rules, PlanRefused? Problem) Read()
    {
        var levels = new List<LevelRate>();
        for (var i = 0; i < Levels.Count; i++)
        {
            if (!TypedTerms.TryReadRate(Levels[i], out var rate))
            {
                return Wrong(PlanProblem.LevelUnreadable, FormattableString.Invariant($"Level{i + 1}"));
            }

            levels.Add(rate);
        }

        if (levels.Count is 0 or > PlanRules.MaxLevels)
        {
            return Wrong(levels.Count == 0 ? PlanProblem.LevelsMissing : PlanProblem.LevelsTooMany, "Level1");
        }

        if (levels.Sum(l => l.BasisPoints ?? 0) > 10_000)
        {
            return Wrong(PlanProblem.LevelsAboveWhole, "Level1");
        }

        return ReadTerms(levels);
    }

    private (PlanRules? Rules, PlanRefused? Problem) ReadTerms(List<LevelRate> levels)
    {
        var products = Products.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (products.Count > MaxProducts || products.Exists(p => p.Length > 100))
        {
            return Wrong(PlanProblem.ProductsTooLong, nameof(Products));
        }

        var months = 0;
        if (Span is EarningSpan.Months && !(TryNumber(Months, out months) && months is > 0 and <= MaxMonths))
        {
            return Wrong(PlanProblem.MonthsWrong, nameof(Months));
        }

        if (!TryNumber(HoldDays, out var days) || days > MaxDays)
        {
            return Wrong(PlanProblem.HoldDaysWrong, nameof(HoldDays));
        }

        if (!TypedTerms.TryReadAmounts(MaxPerPurchase, out var perPurchase))
        {
            return Wrong(PlanProblem.AmountsUnreadable, nameof(MaxPerPurchase));
        }

        if (!TypedTerms.TryReadAmounts(MaxPerClient, out var perClient))
        {
            return Wrong(PlanProblem.AmountsUnreadable, nameof(MaxPerClient));
        }

        var share = 0;
        if (!string.IsNullOrWhiteSpace(MaxShare) && !TypedTerms.TryReadPercent(MaxShare, out share))
        {
            return Wrong(PlanProblem.PercentUnreadable, nameof(MaxShare));
        }

        var discount = LevelRate.Share(0);
        if (!string.IsNullOrWhiteSpace(Discount) && !TypedTerms.TryReadRate(Discount, out discount))
        {
            return Wrong(PlanProblem.DiscountUnreadable, nameof(Discount));
        }

        return (new PlanRules
        {
            Levels = levels,
            Products = products,
            Span = Span,
            Months = months,
            HoldDays = days,
            MaxPerPurchase = perPurchase,
            MaxPerClient = perClient,
            MaxShareBasisPoints = string.IsNullOrWhiteSpace(MaxShare) ? null : share,
            Inactive = Inactive,
            Discount = string.IsNullOrWhiteSpace(Discount) ? null : new ClientDiscount(discount.BasisPoints, discount.Fixed),
        }, null);
    }

    private static bool TryNumber(string? typed, out int number) => int.TryParse(typed?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static (PlanRules?, PlanRefused?) Wrong(PlanProblem problem, string field) => (null, new PlanRefused(problem, field));
}
