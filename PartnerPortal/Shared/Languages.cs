using System.Globalization;

namespace PartnerPortal.Shared;

/// <summary>The languages the portal speaks. Adding one is adding its name here, its resource files and, when its plurals are new, its rule in <see cref="Plurals"/>.</summary>
public static class Languages
{
    public const string Default = "en";

    /// <summary>IETF tags, in the order in which people are offered them.</summary>
    public static readonly IReadOnlyList<string> All = ["en", "es", "pt-BR", "ar"];

    private static readonly Dictionary<string, CultureInfo> Cultures = All.ToDictionary(l => l, MakeCulture, StringComparer.OrdinalIgnoreCase);

    /// <summary>The supported language of the request or the mail that runs now.</summary>
    public static string Current => Nearest(CultureInfo.CurrentUICulture.Name);

    /// <summary>The supported language nearest to a tag ("es-MX" gives "es", "pt-PT" gives "pt-BR"), or the default.</summary>
    public static string Nearest(string? tag) => Find(tag) ?? Default;

    /// <summary>The supported language nearest to a tag; null when none is a variant of the same language.</summary>
    public static string? Find(string? tag)
    {
        if (string.IsNullOrWhiteSpace(tag))
        {
            return null;
        }

        return All.FirstOrDefault(l => string.Equals(l, tag, StringComparison.OrdinalIgnoreCase))
            ?? All.FirstOrDefault(l => string.Equals(PrimaryOf(l), PrimaryOf(tag), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>How a supported language writes numbers and dates.</summary>
    /// <exception cref="KeyNotFoundException">The language is not one of <see cref="All"/>.</exception>
    public static CultureInfo CultureOf(string language) => Cultures[language];

    /// <summary>Whether a supported language is written from right to left.</summary>
    public static bool IsRightToLeft(string language) => CultureOf(language).TextInfo.IsRightToLeft;

    public static bool IsSupported(string? tag) => All.Contains(tag, StringComparer.Ordinal);

    /// <summary>The language's name in itself, capitalised as a label: "English", "Español".</summary>
    public static string NameOf(string tag)
    {
        var culture = CultureInfo.GetCultureInfo(tag);
        return char.ToUpper(culture.NativeName[0], culture) + culture.NativeName[1..];
    }

    /// <summary>Text composed until the result is disposed reads in that language, whoever's request runs.</summary>
    public static IDisposable Speak(string tag) => new Spoken(Nearest(tag));

    private static string PrimaryOf(string tag) => tag.Split('-', '_')[0];

    /// <summary>
    /// The runtime writes the digits 0 to 9 in every language. Where its data pair other digits with their own separators and marks (Arabic),
    /// those of the Latin numbering system are taken, as CLDR has them for that language with these digits.
    /// </summary>
    private static CultureInfo MakeCulture(string language)
    {
        var culture = (CultureInfo)CultureInfo.GetCultureInfo(language).Clone();
        if (culture.NumberFormat.NumberDecimalSeparator is not ("." or ","))
        {
            var latin = (NumberFormatInfo)CultureInfo.InvariantCulture.NumberFormat.Clone();
            (latin.CurrencySymbol, latin.CurrencyPositivePattern, latin.CurrencyNegativePattern) =
                (culture.NumberFormat.CurrencySymbol, culture.NumberFormat.CurrencyPositivePattern, culture.NumberFormat.CurrencyNegativePattern);
            (latin.PercentPositivePattern, latin.PercentNegativePattern) = (1, 1);
            culture.NumberFormat = latin;
        }

        return CultureInfo.ReadOnly(culture);
    }

    private sealed class Spoken : IDisposable
    {
        private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
        private readonly CultureInfo _uiCulture = CultureInfo.CurrentUICulture;

        public Spoken(string tag) => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureOf(tag);

        public void Dispose()
        {
            CultureInfo.CurrentCulture = _culture;
            CultureInfo.CurrentUICulture = _uiCulture;
        }
    }
}
