using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases.Stripe;

/// <summary>
/// Stripe writes most amounts in the minor units of ISO 4217 and some otherwise (docs.stripe.com/currencies, "Zero-decimal currencies" and "Special cases"): the króna and the
/// shilling of Uganda in hundredths that nobody pays, the ariary without its fifths.
/// </summary>
internal static class StripeMoney
{
    /// <returns>ISO 4217 in capitals.</returns>
    public static string Currency(string code) => code.ToUpperInvariant();

    /// <returns>Minor units.</returns>
    public static long Minor(long amount, string currency) => currency switch
    {
        "ISK" or "UGX" => amount / 100,
        "MGA" => amount > Money.Largest ? amount : amount * 100,
        _ => amount,
    };
}
