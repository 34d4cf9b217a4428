using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Resources;

/// <summary>The string resources of one marker class, in every language.</summary>
/// <param name="Marker">The class's name.</param>
/// <param name="Path">Of the English file, without ending, from the repository's root.</param>
/// <param name="English">Key and text.</param>
/// <param name="Others">Key and text, by language.</param>
public sealed record TextSet(string Marker, string Path, IReadOnlyDictionary<string, string> English, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Others)
{
    /// <summary>Keys of texts with a count, without the form.</summary>
    public IReadOnlySet<string> Counted { get; } = English.Keys.Where(k => k.EndsWith(".Other", StringComparison.Ordinal)).Select(k => k[..^".Other".Length])
        .Where(k => English.ContainsKey(k + ".One")).ToHashSet(StringComparer.Ordinal);

    /// <summary>The keys that a language must have: those of English, with the forms of its own plurals.</summary>
    public IEnumerable<string> KeysFor(string language) => English.Keys.Where(k => CountedOf(k) is null)
        .Concat(Counted.SelectMany(k => Plurals.FormsOf(language).Select(f => $"{k}.{f}")));

    /// <summary>The counted text that a key is a form of; null when it is none.</summary>
    public string? CountedOf(string key) => key.LastIndexOf('.') is > 0 and var dot && Enum.TryParse<PluralForm>(key[(dot + 1)..], out _) && Counted.Contains(key[..dot]) ? key[..dot] : null;
}

/// <summary>One use of a localizer's indexer.</summary>
/// <param name="File">And line.</param>
/// <param name="Markers">The classes that the variable may stand for; one, unless a file gives two localizers the same name.</param>
/// <param name="Keys">Whole keys.</param>
/// <param name="Prefixes">Beginnings of keys, the rest of which is computed.</param>
/// <param name="Argument">As written.</param>
public sealed record TextUse(string File, IReadOnlyList<string> Markers, IReadOnlyList<string> Keys, IReadOnlyList<string> Prefixes, string Argument);

/// <summary>Finds string resources and where they are used, in the sources.</summary>
public static partial class TextUses
{
    public static IReadOnlyList<TextSet> Sets { get; } =
    [
        .. Sources.Files("PartnerPortal", ".resx").Where(f => System.IO.Path.GetFileName(f).Count(c => c == '.') == 1).Select(f =>
        {
            var path = f[..^".resx".Length];
            return new TextSet(System.IO.Path.GetFileName(path), path, Load(f),
                Languages.All.Where(l => l != Languages.Default).ToDictionary(l => l, l => (IReadOnlyDictionary<string, string>)Load($"{path}.{l}.resx")));
        }),
    ];

    private static readonly ILookup<string, string> ByName = Sources.Files("PartnerPortal", ".cs").ToLookup(f => System.IO.Path.GetFileNameWithoutExtension(f));

    public static IReadOnlyList<TextUse> All { get; } = [.. Groups().SelectMany(OfGroup)];

    private static Dictionary<string, string> Load(string file) => File.Exists(System.IO.Path.Combine(Sources.Root, file))
        ? XDocument.Parse(Sources.Read(file)).Root!.Elements("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value)
        : [];

    /// <summary>A page, its code-behind, its model and further parts of its class (Page.Part.cs) share what is injected into one of them.</summary>
    private static IEnumerable<IGrouping<string, string>> Groups()
    {
        var files = Sources.Files("PartnerPortal", ".cs", ".razor", ".cshtml");
        var pages = files.Where(f => !f.EndsWith(".cs", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        return files.GroupBy(PageOf);

        string PageOf(string file)
        {
            var folder = file[..(file.LastIndexOf('/') + 1)];
            var name = file[folder.Length..].Split('.')[0];
            return new[] { ".razor", ".cshtml" }.Select(ending => folder + name + ending).FirstOrDefault(pages.Contains) ?? folder + name;
        }
    }

    private static IEnumerable<TextUse> OfGroup(IGrouping<string, string> group)
    {
        var sources = group.ToDictionary(f => f, Sources.Read);
        var declaring = group.Concat(ImportsOf(group.Key)).Concat(BasesOf(group)).Select(Sources.Read);
        var variables = declaring.SelectMany(s => Localizer().Matches(s)).ToLookup(m => m.Groups["name"].Value, m => m.Groups["marker"].Value);
        if (variables.Count == 0)
        {
            yield break;
        }

        var uses = new Regex(@"(?<![\w""'])(?:Model\.|this\.)?(?<name>" + string.Join('|', variables.Select(v => Regex.Escape(v.Key))) + @")(?:\[|(?<counted>\.Counted\())");
        foreach (var (file, source) in sources)
        {
            foreach (Match use in uses.Matches(source))
            {
                var argument = FirstArgument(source, use.Index + use.Length);
                var line = 1 + source.AsSpan(0, use.Index).Count('\n');
                var (keys, prefixes) = Read(argument);
                if (use.Groups["counted"].Success)
                {
                    keys = [.. keys.SelectMany(k => Plurals.FormsOf(Languages.Default).Select(f => $"{k}.{f}"))];
                }

                yield return new TextUse(string.Create(CultureInfo.InvariantCulture, $"{file}:{line}"), [.. variables[use.Groups["name"].Value].Distinct()], keys, prefixes, argument);
            }
        }
    }

    /// <summary>What is injected into every page of a folder, and of those above it.</summary>
    private static IEnumerable<string> ImportsOf(string page)
    {
        var name = page.EndsWith(".razor", StringComparison.Ordinal) ? "_Imports.razor" : page.EndsWith(".cshtml", StringComparison.Ordinal) ? "_ViewImports.cshtml" : null;
        for (var folder = System.IO.Path.GetDirectoryName(page); name is not null && !string.IsNullOrEmpty(folder); folder = System.IO.Path.GetDirectoryName(folder))
        {
            var imports = $"{folder}/{name}".Replace('\\', '/');
            if (imports != page && File.Exists(System.IO.Path.Combine(Sources.Root, imports)))
            {
                yield return imports;
            }
        }
    }

    /// <summary>The files of the classes that these derive from: what a base holds for them, they use.</summary>
    private static IEnumerable<string> BasesOf(IEnumerable<string> files)
    {
        var seen = files.ToHashSet(StringComparer.Ordinal);
        for (var next = seen.ToList(); next.Count > 0;)
        {
            next = [.. next.SelectMany(f => BaseClass().Matches(Sources.Read(f))).SelectMany(m => ByName[m.Groups["name"].Value]).Where(seen.Add)];
            foreach (var file in next)
            {
                yield return file;
            }
        }
    }

    /// <summary>Whole keys, and beginnings of keys that something is added to. Neither when the argument holds no literal.</summary>
    private static (List<string> Keys, List<string> Prefixes) Read(string argument)
    {
        var keys = new List<string>();
        var prefixes = new List<string>();
        foreach (Match literal in StringLiteral().Matches(argument))
        {
            var text = literal.Groups[1].Value;
            var after = argument[(literal.Index + literal.Length)..].TrimStart();
            var isInterpolated = literal.Index > 0 && argument[literal.Index - 1] == '$' && text.Contains('{', StringComparison.Ordinal);
            // The words of a condition before a question mark are no keys.
            if (after.StartsWith('?') || argument[..literal.Index].TrimEnd().EndsWith("==", StringComparison.Ordinal)
                || argument[..literal.Index].TrimEnd().EndsWith(" is", StringComparison.Ordinal))
            {
                continue;
            }

            if (isInterpolated)
            {
                prefixes.Add(text[..text.IndexOf('{', StringComparison.Ordinal)]);
            }
            else if (after.StartsWith('+'))
            {
                prefixes.Add(text);
            }
            else if (!argument[..literal.Index].TrimEnd().EndsWith('+'))
            {
                keys.Add(text);
            }
        }

        keys.AddRange(NameOf().Matches(argument).Select(m => m.Groups[1].Value));
        return (keys, prefixes);
    }

    private static string FirstArgument(string source, int start)
    {
        var depth = 0;
        var isQuoted = false;
        for (var i = start; i < source.Length; i++)
        {
            if (source[i] == '"' && source[i - 1] != '\\')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && source[i] is '(' or '[' or '{')
            {
                depth++;
            }
            else if (!isQuoted && ((source[i] == ',' && depth == 0) || (source[i] is ')' or ']' or '}' && depth-- == 0)))
            {
                return source[start..i];
            }
        }

        return source[start..];
    }

    [GeneratedRegex(@"I(?:String|Html|View)Localizer<(?:[\w.]+\.)?(?<marker>\w+)>\??\s+(?<name>\w+)")]
    private static partial Regex Localizer();

    [GeneratedRegex(@"\bclass\s+\w+(?:\([^{;]*?\))?\s*:\s*(?<name>\w+)", RegexOptions.Singleline)]
    private static partial Regex BaseClass();

    [GeneratedRegex("\"((?:[^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex StringLiteral();

    [GeneratedRegex(@"\bnameof\((?:[\w.]+\.)?(\w+)\)")]
    private static partial Regex NameOf();
}
