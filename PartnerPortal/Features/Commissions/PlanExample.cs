using PartnerPortal.Shared;

namespace PartnerPortal.Features.Commissions;

/// <summary>What a purchase of a client deep down would pay by terms that are being typed: by the calculator that reckons real ones.</summary>
/// <param name="Price">Minor units.</param>
/// <param name="Discount">Taken off the first purchase; minor units.</param>
/// <param name="Shares">One for each level, all active.</param>
public sealed record PlanExample(string Currency, long Price, long Discount, IReadOnlyList<Share> Shares)
{
    public long Total => Shares.Sum(s => s.Amount);

    /// <summary>The first purchase of a client with an active partner on every level of the plan.</summary>
    /// <param name="rules">Read from the form.</param>
    /// <param name="price">Minor units, above zero.</param>
    /// <param name="currency">ISO 4217.</param>
    public static PlanExample Of(PlanRules rules, long price, string currency)
    {
        var discount = rules.Discount?.Of(price, currency, isFirstPurchase: true) ?? 0;
        var at = DateTime.UnixEpoch;
        var facts = new EarningFacts(0, currency, price - discount, rules.Products.Count > 0 ? rules.Products[0] : "", at, at, true, 0,
            [.. Enumerable.Range(1, rules.Levels.Count).Select(level => new Holder(level, IsActive: true))]);
        return new PlanExample(currency, price, discount, CommissionCalculator.Calculate(facts, rules));
    }

    /// <summary>The same of what was typed; null when the amount or the currency cannot be read.</summary>
    public static PlanExample? Of(PlanRules rules, string? price, string currency) =>
        Currencies.IsKnown(currency) && Money.TryRead(price, currency, out var minor) && minor > 0 ? Of(rules, minor, currency) : null;
}
