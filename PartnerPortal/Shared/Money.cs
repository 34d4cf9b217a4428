using System.Globalization;

namespace PartnerPortal.Shared;

/// <summary>Amounts are <c>long</c> minor units with an ISO 4217 currency beside them; this reads and writes them for people.</summary>
public static class Money
{
    /// <summary>The largest amount that is taken from outside, in minor units: with it no sum or share leaves 64 bits.</summary>
    public const long Largest = 1_000_000_000_000_000;

    /// <summary>"€1,284.50" as the reader's language writes it; a currency without a sign of its own by its code: "CHF 80.00".</summary>
    public static string Write(long minor, string currency) => Write(minor, currency, Currencies.DecimalsOf(currency));

    /// <summary>The same without decimals, rounded: "€1,285"; where the exact figure stands beside it.</summary>
    public static string WriteWhole(long minor, string currency) => Write(minor, currency, 0);

    private static string Write(long minor, string currency, int decimals)
    {
        var format = (NumberFormatInfo)CultureInfo.CurrentCulture.NumberFormat.Clone();
        var sign = SignOf(currency);
        format.CurrencyDecimalDigits = decimals;
        // Patterns 0 and 1 put nothing between sign and figure, which a code of three letters needs (no-break space).
        format.CurrencySymbol = sign ?? (format.CurrencyPositivePattern is 0 ? currency + "\u00A0" : format.CurrencyPositivePattern is 1 ? "\u00A0" + currency : currency);
        return ToDecimal(minor, currency).ToString("C", format);
    }

    /// <summary>"12.5 %" for 1250 basis points, without needless zeros, as the language writes it.</summary>
    public static string WritePercent(int basisPoints)
    {
        var format = (NumberFormatInfo)CultureInfo.CurrentCulture.NumberFormat.Clone();
        format.PercentDecimalDigits = basisPoints % 100 == 0 ? 0 : basisPoints % 10 == 0 ? 1 : 2;
        return (basisPoints / 10_000m).ToString("P", format);
    }

    /// <summary>The amount in the currency's unit, without its sign: "1284.50"; for fields and files.</summary>
    public static string WritePlain(long minor, string currency) =>
        ToDecimal(minor, currency).ToString("F" + Currencies.DecimalsOf(currency).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>
    /// Reads what a person typed, with a point or a comma before the decimals and no marks between thousands: "80", "80.00", "80,00".
    /// False when it is no number, has more decimals than the currency, or is beyond <see cref="Largest"/>.
    /// </summary>
    public static bool TryRead(string? typed, string currency, out long minor)
    {
        minor = 0;
        var text = typed?.Trim().Replace(',', '.') ?? "";
        var decimals = Currencies.DecimalsOf(currency);
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || value > Largest)
        {
            return false;
        }

        var scaled = value * Power(decimals);
        if (scaled != decimal.Truncate(scaled) || scaled > Largest)
        {
            return false;
        }

        minor = (long)scaled;
        return true;
    }

    private static decimal ToDecimal(long minor, string currency) => minor / Power(Currencies.DecimalsOf(currency));

    private static decimal Power(int decimals) => decimals switch { 0 => 1m, 2 => 100m, 3 => 1000m, _ => throw new ArgumentOutOfRangeException(nameof(decimals)) };

    private static string? SignOf(string currency) => currency switch { "EUR" => "€", "USD" => "$", "GBP" => "£", "BRL" => "R$", "INR" => "₹", _ => null };
}
