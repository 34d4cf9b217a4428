using System.Globalization;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>Reads what people write of a purchase, in a form or a file.</summary>
public static class TypedPurchase
{
    private static readonly string[] Times =
        ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "dd.MM.yyyy", "dd.MM.yyyy HH:mm", "dd.MM.yyyy HH:mm:ss"];

    /// <summary>Digits are an account's number, what has an at sign an e-mail, anything else what another system calls it.</summary>
    public static ClientReference Client(string? typed) => typed?.Trim() switch
    {
        null or "" => new ClientReference(null, null, null),
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => new ClientReference(number, null, null),
        var text when text.Contains('@', StringComparison.Ordinal) => new ClientReference(null, null, text),
        var text => new ClientReference(null, text, null),
    };

    /// <summary>Minor units of an amount in the currency's unit, with a point or a comma. What is below zero or too large is read too, so that it can be said.</summary>
    public static bool TryAmount(string? typed, string currency, out long minor)
    {
        var text = typed?.Trim() ?? "";
        if (text is ['-', ..] && Money.TryRead(text[1..], currency, out minor))
        {
            minor = -minor;
            return true;
        }

        if (Money.TryRead(text, currency, out minor))
        {
            return true;
        }

        minor = Money.Largest + 1;
        return decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value > Money.Largest / Scale(currency);
    }

    /// <summary>A time with its offset, or without one a time or a day of UTC.</summary>
    public static bool TryTime(string? typed, out DateTime utc)
    {
        var text = typed?.Trim();
        return ApiTime.TryRead(text, out utc)
            || DateTime.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out utc);
    }

    private static long Scale(string currency) => Currencies.DecimalsOf(currency) switch { 0 => 1, 2 => 100, _ => 1000 };
}
