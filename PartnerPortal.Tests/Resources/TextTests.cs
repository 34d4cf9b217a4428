using System.Text.RegularExpressions;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Resources;

/// <summary>Every visible string goes through the localiser, in every language, and none lies about unused.</summary>
public sealed partial class TextTests
{
    /// <summary>Texts that are rightly the same in English and another language: names, formats, and words both have.</summary>
    private static readonly HashSet<string> SameInBoth =
    [
        "{0} KB", "{0} MB", "{0} ms", "Webhooks", "webhook-id", "Total", "Partner", "Partners", "Error", "Portal", "Control", "Final", "Local", "Visible", "General", "Logo", "SMTP", "HTML", "CSV", "PNG", "SVG", "QR",
        "WhatsApp", "Telegram", "English", "Español", "No", "no", "Admin", "ID", "URL", "d MMM", "d MMM yyyy", "d MMMM yyyy", "E-mail", "Link", "link", "Login", "Menu", "QR code", "{0} · {1}", "{0}, {1}", "{0}",
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

        foreach (var (language, texts) in set.Others)
        {
            var due = set.KeysFor(language).ToHashSet(StringComparer.Ordinal);
            Findings.None(due.Except(texts.Keys).Select(k => $"{k} is missing in {language}"));
            Findings.None(texts.Keys.Except(due).Select(k => $"{k} stands in {language} and nowhere asks for it"));
            Findings.None(texts.Where(t => !HasItsPlaceholders(set, t.Key, t.Value)).Select(t => $"{t.Key} in {language}: placeholders differ"));
        }
    }

    [Theory, MemberData(nameof(Markers))]
    public void Texts_AreFilledAndTranslated(string marker)
    {
        var set = SetOf(marker);

        Findings.None(set.English.Concat(set.Others.Values.SelectMany(o => o)).Where(t => string.IsNullOrWhiteSpace(t.Value)).Select(t => $"{t.Key} is empty"));
        Findings.None(
            from other in set.Others
            from text in set.English
            where other.Value.GetValueOrDefault(text.Key) == text.Value && text.Value.Any(char.IsLetter) && !SameInBoth.Contains(text.Value) && !SameInBoth.Contains(Bare(text.Value))
            select $"{text.Key} reads in {other.Key} as in English: {text.Value}");
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

    /// <summary>A form of a counted text may say the number in words; whatever else the text holds, each form holds.</summary>
    private static bool HasItsPlaceholders(TextSet set, string key, string text)
    {
        if (set.CountedOf(key) is not { } counted)
        {
            return Placeholders(text).SequenceEqual(Placeholders(set.English[key]));
        }

        var due = Placeholders(set.English[counted + ".Other"]);
        return key.EndsWith(".Other", StringComparison.Ordinal) ? Placeholders(text).SequenceEqual(due) : Placeholders(text).Append("0").Distinct().Order(StringComparer.Ordinal).SequenceEqual(due.Append("0").Distinct().Order(StringComparer.Ordinal));
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
