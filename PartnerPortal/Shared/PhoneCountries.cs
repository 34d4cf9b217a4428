using System.Collections.Frozen;
using System.Globalization;

namespace PartnerPortal.Shared;

/// <summary>All countries and territories with telephone numbers; the facts and their source stand in <see cref="PhoneCountryTable"/>.</summary>
public static class PhoneCountries
{
    private static readonly FrozenSet<string> NorthAmericaShared = PhoneCountryTable.NorthAmericaShared.Split(',').ToFrozenSet();

    private static readonly FrozenDictionary<string, PhoneCountry> ByAlpha2;

    private static readonly FrozenDictionary<string, PhoneCountry[]> ByCode;

    private static readonly FrozenDictionary<string, PhoneCountry> Services;

    static PhoneCountries()
    {
        var dialOut = Lines(PhoneCountryTable.DialOut).ToDictionary(row => row[0], row => row[1].Split(','));
        All = [.. Lines(PhoneCountryTable.Rows).Select(row => Read(row, dialOut))];
        ByAlpha2 = All.ToFrozenDictionary(country => country.Alpha2, StringComparer.OrdinalIgnoreCase);
        ByCode = All.GroupBy(country => country.CallingCode)
            .ToFrozenDictionary(group => group.Key, group => group.OrderByDescending(country => country.IsMain).ToArray());
        Services = PhoneCountryTable.Services.Split(';').Select(row => row.Split(' '))
            .ToFrozenDictionary(row => row[0], row => new PhoneCountry("001", row[0], "", Number(row[1]), Number(row[2])) { KeepsLeadingZero = true });
    }

    /// <summary>All countries, by alpha-2.</summary>
    public static IReadOnlyList<PhoneCountry> All { get; }

    /// <summary>The country of an ISO 3166-1 alpha-2 code in either case; null when there is none.</summary>
    public static PhoneCountry? Find(string? alpha2) => alpha2 is null ? null : ByAlpha2.GetValueOrDefault(alpha2.Trim());

    /// <summary>The countries that share a calling code (digits only), the one with most numbers first; empty for an unknown code.</summary>
    public static IReadOnlyList<PhoneCountry> ForCallingCode(string callingCode) => ByCode.GetValueOrDefault(callingCode, []);

    /// <summary>
    /// The country's name in the reader's language: "Germany", "Alemania". An unknown code is given back as it is.
    /// </summary>
    /// <remarks>
    /// <see cref="RegionInfo.DisplayName"/> does not follow the reader (the runtime keeps the first answer), and
    /// <see cref="RegionInfo.NativeName"/> is in the language of the locale asked for: so the locale "reader's language, that country" is
    /// asked, "es-DE", for which ICU gives the Spanish name.
    /// </remarks>
    public static string NameOf(string alpha2, CultureInfo culture)
    {
        if (Find(alpha2) is not { } country)
        {
            return alpha2;
        }

        var language = culture;
        while (!language.IsNeutralCulture && language.Parent.Name.Length > 0)
        {
            language = language.Parent;
        }

        var name = new RegionInfo($"{(language.Name.Length == 0 ? "en" : language.Name)}-{country.Alpha2}").NativeName;
        return name.Length == 0 ? country.Alpha2 : name;
    }

    /// <summary>Splits international digits (without + or 00) into calling code and national number; null when no code is a prefix of them.</summary>
    internal static (string Code, string National)? SplitCode(string digits)
    {
        // Calling codes are prefix-free (E.164), so the order of trying does not matter.
        for (var length = 1; length <= Math.Min(3, digits.Length); length++)
        {
            var code = digits[..length];
            if (ByCode.ContainsKey(code) || Services.ContainsKey(code))
            {
                return (code, digits[length..]);
            }
        }

        return null;
    }

    /// <summary>The country that a national number of this calling code belongs to; null when the number does not say.</summary>
    internal static PhoneCountry? Owner(string code, string national)
    {
        if (code == "1" && national.Length >= 3 && NorthAmericaShared.Contains(national[..3]))
        {
            return null;
        }

        var countries = ByCode.GetValueOrDefault(code, []);
        return countries.FirstOrDefault(country => country.Leads.Any(lead => national.StartsWith(lead, StringComparison.Ordinal)))
            ?? countries.FirstOrDefault(country => country.IsMain);
    }

    /// <summary>The rules for numbers of a calling code: its owner's, else the widest of those who share it.</summary>
    internal static PhoneCountry PlanOf(string code, string national)
    {
        if (Services.TryGetValue(code, out var service))
        {
            return service;
        }

        var countries = ByCode[code];
        return Owner(code, national)
            ?? countries[0] with { MinDigits = countries.Min(country => country.MinDigits), MaxDigits = countries.Max(country => country.MaxDigits) };
    }

    private static PhoneCountry Read(string[] row, Dictionary<string, string[]> dialOut)
    {
        var trunks = row[2] is "-" or "=" ? [] : row[2].Split('/');
        var leads = row.Length > 5 ? row[5] : "";
        // Mexico's are all former ones: it has no trunk prefix any more.
        var current = row[0] == "MX" || trunks.Length == 0 ? "" : trunks[0];
        return new PhoneCountry(row[0], row[1], current, Number(row[3]), Number(row[4]))
        {
            Trunks = trunks,
            KeepsLeadingZero = row[2] == "=",
            Leads = leads is "" or "-" ? [] : leads.Split(','),
            IsMain = leads.Length == 0,
            DialOut = row[1] == "1" ? ["011"] : dialOut.GetValueOrDefault(row[0], []),
        };
    }

    private static IEnumerable<string[]> Lines(string table) =>
        table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Split(' '));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
