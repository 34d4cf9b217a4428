using System.Text.RegularExpressions;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Resources;

/// <summary>Every visible string goes through the localiser, in every language, and none lies about unused.</summary>
public sealed partial class TextTests
{
    /// <summary>Texts that are rightly the same in English and Spanish: names, formats, and words both languages have.</summary>
    private static readonly HashSet<string> SameInBoth =
    [
        "Total", "Partner", "Partners", "Error", "Portal", "Control", "Final", "Local", "Visible", "General", "Logo", "SMTP", "HTML", "CSV", "PNG", "SVG", "QR",
        "WhatsApp", "Telegram", "English", "Español", "No", "no", "Admin", "ID", "URL", "d MMM", "d MMM yyyy", "{0} · {1}", "{0}, {1}", "{0}",
    ];

    /// <summary>Literal text that may stand in markup: names and signs that are the same in every language.</summary>
    private static readonly HashSet<string> AllowedLiterals =
        ["PartnerPortal", "PNG", "SVG", "CSV", "HTML", "QR", "WhatsApp", "Telegram", "IP", "J", "K", "Esc", "/", "x", "KM7Q X4WT", "dotnet run --project PartnerPortal -- create-admin"];

    /// <summary>Beginnings of keys that are used with some values of an enum on purpose.</summary>
    private static readonly HashSet<string> PartialPrefixes =
    [
        // Who won did not lose.
        "Lost.",
    ];

    private static readonly Dictionary<string, IReadOnlyList<string>> Enums = typeof(Program).Assembly.GetTypes().Where(t => t.IsEnum)
        .GroupBy(t => t.FullName!).ToDictionary(g => g.Key, g => (IReadOnlyList<string>)Enum.GetNames(g.First()));

    public static TheoryData<string> Markers => [.. TextUses.Sets.Select(s => s.Marker)];

    [Theory, MemberData(nameof(Markers))]
    public void Languages_HoldTheSameKeysAndPlaceholders(string marker)
    {
        var set = SetOf(marker);

        Findings.None(set.English.Keys.Except(set.Spanish.Keys).Select(k => $"{k} is missing in Spanish"));
        Findings.None(set.Spanish.Keys.Except(set.English.Keys).Select(k => $"{k} is missing in English"));
        Findings.None(set.English.Where(e => !Placeholders(e.Value).SequenceEqual(Placeholders(set.Spanish[e.Key]))).Select(e => $"{e.Key}: placeholders differ"));
    }

    [Theory, MemberData(nameof(Markers))]
    public void Texts_AreFilledAndTranslated(string marker)
    {
        var set = SetOf(marker);

        Findings.None(set.English.Concat(set.Spanish).Where(t => string.IsNullOrWhiteSpace(t.Value)).Select(t => $"{t.Key} is empty"));
        Findings.None(set.English
            .Where(e => set.Spanish.GetValueOrDefault(e.Key) == e.Value && e.Value.Any(char.IsLetter) && !SameInBoth.Contains(e.Value) && !SameInBoth.Contains(Bare(e.Value)))
            .Select(e => $"{e.Key} reads the same in both languages: {e.Value}"));
    }

    [Fact]
    public void Markers_HaveAClassOfTheirNameBesideThem()
    {
        var lost = TextUses.Sets.Where(s => !typeof(Program).Assembly.GetTypes().Any(t => t.FullName == s.Path.Replace('/', '.'))).Select(s => s.Path);

        Findings.None(lost);
    }

    [Fact]
    public void Uses_NameKeysThatExist()
    {
        var unknown =
            from use in TextUses.All
            let keys = use.Markers.SelectMany(m => Find(m)?.English.Keys ?? []).ToHashSet()
            from problem in use.Keys.Where(k => !keys.Contains(k)).Select(k => $"no key \"{k}\"")
                .Concat(use.Prefixes.Where(p => !keys.Any(k => k.StartsWith(p, StringComparison.Ordinal) && k.Length > p.Length)).Select(p => $"no key begins with \"{p}\""))
                .Concat(use.Markers.Where(m => Find(m) is null).Select(m => $"{m} has no resource file"))
            select $"{use.File}: {problem} in {string.Join(" or ", use.Markers)}";

        Findings.None(unknown);
    }

    [Fact]
    public void Uses_NameTheirKeysLiterally()
    {
        var computed = TextUses.All.Where(u => u.Keys.Count == 0 && u.Prefixes.Count == 0).Select(u => $"{u.File}: [{u.Argument}] is no literal");

        Findings.None(computed);
    }

    [Fact]
    public void Uses_OfEnumValues_HaveATextForEach()
    {
        var missing =
            from use in TextUses.All
            from marker in use.Markers
            where Find(marker) is not null
            from prefix in use.Prefixes.Where(p => !PartialPrefixes.Contains(p))
            let suffixes = Find(marker)!.English.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Select(k => k[prefix.Length..].Split('.')[0]).ToHashSet()
            let values = EnumOf(suffixes)
            where values is not null
            from value in values.Except(suffixes).Where(v => v != "None")
            select $"{use.File}: {marker} has no \"{prefix}{value}\"";

        Findings.None(missing.Distinct());
    }

    [Theory, MemberData(nameof(Markers))]
    public void Keys_AreUsed(string marker)
    {
        var uses = TextUses.All.Where(u => u.Markers.Contains(marker)).ToList();
        var keys = uses.SelectMany(u => u.Keys).ToHashSet();
        var prefixes = uses.SelectMany(u => u.Prefixes).Where(p => p.Length > 0).ToHashSet();
        var idle = SetOf(marker).English.Keys.Where(k => !keys.Contains(k) && !prefixes.Any(p => k.StartsWith(p, StringComparison.Ordinal)));

        Findings.None(idle);
    }

    [Fact]
    public void Markup_HoldsNoLiteralText()
    {
        var literal =
            from file in Sources.Files("PartnerPortal", ".razor", ".cshtml")
            from text in RazorText.Find(Sources.Read(file))
            where !AllowedLiterals.Contains(text.Literal)
            select $"{file}:{text.Line} {text.Place}: {text.Literal}";

        Findings.None(literal);
    }

    private static TextSet SetOf(string marker) => Find(marker)!;

    private static TextSet? Find(string marker) => TextUses.Sets.FirstOrDefault(s => s.Marker == marker);

    private static List<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal)];

    private static string Bare(string text) => Placeholder().Replace(text, "").Trim(' ', ':', '.', ',', '·');

    /// <summary>The enum whose values these are: the one that most of them belong to, and that they are most of. Null when none fits.</summary>
    private static IReadOnlyList<string>? EnumOf(HashSet<string> suffixes) => Enums.Values
        .Select(v => (Values: v, Common: v.Count(suffixes.Contains)))
        .Where(x => x.Common >= 2 && x.Common * 2 > x.Values.Count && x.Common * 2 > suffixes.Count)
        .OrderByDescending(x => x.Common).ThenBy(x => x.Values.Count)
        .Select(x => x.Values).FirstOrDefault();

    [GeneratedRegex(@"\{(\d+)(?:[,:][^}]*)?\}")]
    private static partial Regex Placeholder();
}
