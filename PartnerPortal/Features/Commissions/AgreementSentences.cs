using System.Globalization;
using Microsoft.Extensions.Localization;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Commissions;

/// <summary>Tells the terms of a plan version as the partner reads them: what it gets, of what, how long, when, and up to what.</summary>
internal static class AgreementSentences
{
    public static IEnumerable<string> Terms(this IStringLocalizer<AgreementText> text, PlanRules rules)
    {
        for (var i = 0; i < rules.Levels.Count; i++)
        {
            var rate = text.Rate(rules.Levels[i].BasisPoints, rules.Levels[i].Fixed);
            yield return i == 0 ? text["Terms.Own", rate] : text["Terms.Level", i + 1, rate];
        }

        yield return rules.Products.Count == 0 ? text["Terms.AllProducts"] : text["Terms.Products", string.Join(", ", rules.Products)];
        yield return rules.Span is EarningSpan.Months ? text.Counted("Terms.Months", rules.Months) : text["Terms." + rules.Span];
        yield return rules.HoldDays == 0 ? text["Terms.NoHold"] : text.Counted("Terms.Hold", rules.HoldDays);
        if (rules.MaxPerPurchase.Count > 0)
        {
            yield return text["Terms.MaxPerPurchase", Amounts(rules.MaxPerPurchase)];
        }

        if (rules.MaxPerClient.Count > 0)
        {
            yield return text["Terms.MaxPerClient", Amounts(rules.MaxPerClient)];
        }

        if (rules.MaxShareBasisPoints is { } share)
        {
            yield return text["Terms.MaxShare", Money.WritePercent(share)];
        }

        yield return text["Terms.Inactive." + rules.Inactive];
        yield return rules.Discount is { } discount ? text[rules.Products.Count == 0 ? "Terms.Discount" : "Terms.Discount.Products", text.Rate(discount.BasisPoints, discount.Fixed)] : text["Terms.NoDiscount"];
    }

    private static string Rate(this IStringLocalizer<AgreementText> text, int? basisPoints, IReadOnlyDictionary<string, long>? amounts) =>
        basisPoints is { } share ? Money.WritePercent(share) : text["Terms.Fixed", Amounts(amounts ?? new Dictionary<string, long>())];

    private static string Amounts(IReadOnlyDictionary<string, long> amounts) => string.Join(CultureInfo.CurrentCulture.TextInfo.ListSeparator + " ",
        amounts.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => Money.Write(a.Value, a.Key)));
}
