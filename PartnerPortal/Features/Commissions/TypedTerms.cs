using System.Globalization;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Commissions;

/// <summary>Reads terms as a person types them: "12.5 %", "12,5", "15 EUR", "15.00 EUR; 16 USD".</summary>
public static class TypedTerms
{
    private const int Whole = 10_000;

    /// <summary>A percentage of at most two decimals from 0 to 100, with or without its sign, as hundredths of a percent.</summary>
    public static bool TryReadPercent(string? typed, out int basisPoints)
    {
        basisPoints = 0;
        var text = (typed ?? "").Replace("%", "", StringComparison.Ordinal).Trim().Replace(',', '.');
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || value * 100 > Whole || value * 100 != decimal.Truncate(value * 100))
        {
            return false;
        }

        basisPoints = (int)(value * 100);
        return true;
    }

    /// <summary>Amounts above zero, each with its currency, parted by semicolons. Empty text is no amount.</summary>
    public static bool TryReadAmounts(string? typed, out IReadOnlyDictionary<string, long> amounts)
    {
        var read = new Dictionary<string, long>(StringComparer.Ordinal);
        amounts = read;
        foreach (var part in (typed ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var first, var second])
            {
                return false;
            }

            var (amount, currency) = char.IsLetter(first[0]) ? (second, first.ToUpperInvariant()) : (first, second.ToUpperInvariant());
            if (!Currencies.IsKnown(currency) || !Money.TryRead(amount, currency, out var minor) || minor == 0 || !read.TryAdd(currency, minor))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A share, or fixed amounts: whichever was typed.</summary>
    public static bool TryReadRate(string? typed, out LevelRate rate)
    {
        if (TryReadPercent(typed, out var share))
        {
            rate = LevelRate.Share(share);
            return true;
        }

        rate = new LevelRate(null, new Dictionary<string, long>());
        if (!TryReadAmounts(typed, out var amounts) || amounts.Count == 0)
        {
            return false;
        }

        rate = new LevelRate(null, amounts);
        return true;
    }

    public static string WritePercent(int basisPoints) => (basisPoints / 100m).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    public static string WriteAmounts(IReadOnlyDictionary<string, long> amounts) =>
        string.Join("; ", amounts.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{Money.WritePlain(a.Value, a.Key)} {a.Key}"));

    public static string WriteRate(int? basisPoints, IReadOnlyDictionary<string, long>? amounts) =>
        basisPoints is { } share ? WritePercent(share) : WriteAmounts(amounts ?? new Dictionary<string, long>());
}
