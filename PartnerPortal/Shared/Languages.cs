using System.Globalization;

namespace PartnerPortal.Shared;

/// <summary>The languages the portal speaks. Adding one is adding its name here and its resource files.</summary>
public static class Languages
{
    public const string Default = "en";

    /// <summary>IETF tags, in the order in which people are offered them.</summary>
    public static readonly IReadOnlyList<string> All = ["en", "es"];

    /// <summary>The supported language nearest to a tag ("es-MX" gives "es"), or the default.</summary>
    public static string Nearest(string? tag)
    {
        if (string.IsNullOrWhiteSpace(tag))
        {
            return Default;
        }

        return All.FirstOrDefault(l => string.Equals(l, tag, StringComparison.OrdinalIgnoreCase))
            ?? All.FirstOrDefault(l => tag.StartsWith(l + "-", StringComparison.OrdinalIgnoreCase))
            ?? Default;
    }

    public static bool IsSupported(string? tag) => All.Contains(tag, StringComparer.Ordinal);

    /// <summary>The language's name in itself, capitalised as a label: "English", "Español".</summary>
    public static string NameOf(string tag)
    {
        var culture = CultureInfo.GetCultureInfo(tag);
        return culture.TextInfo.ToTitleCase(culture.NativeName);
    }

    /// <summary>Text composed until the result is disposed reads in that language, whoever's request runs.</summary>
    public static IDisposable Speak(string tag) => new Spoken(Nearest(tag));

    private sealed class Spoken : IDisposable
    {
        private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
        private readonly CultureInfo _uiCulture = CultureInfo.CurrentUICulture;

        public Spoken(string tag) => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(tag);

        public void Dispose()
        {
            CultureInfo.CurrentCulture = _culture;
            CultureInfo.CurrentUICulture = _uiCulture;
        }
    }
}
