using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Resources;

/// <summary>The string resources of one marker class, in both languages.</summary>
/// <param name="Marker">The class's name.</param>
/// <param name="Path">Of the English file, without ending, from the repository's root.</param>
/// <param name="English">Key and text.</param>
/// <param name="Spanish">Key and text.</param>
public sealed record TextSet(string Marker, string Path, IReadOnlyDictionary<string, string> English, IReadOnlyDictionary<string, string> Spanish);

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
        .. Sources.Files("PartnerPortal", ".resx").Where(f => !f.EndsWith(".es.resx", StringComparison.Ordinal)).Select(f =>
        {
            var path = f[..^".resx".Length];
            return new TextSet(System.IO.Path.GetFileName(path), path, Load(f), Load(path + ".es.resx"));
        }),
    ];

    public static IReadOnlyList<TextUse> All { get; } = [.. Groups().SelectMany(OfGroup)];

    private static Dictionary<string, string> Load(string file) => File.Exists(System.IO.Path.Combine(Sources.Root, file))
        ? XDocument.Parse(Sources.Read(file)).Root!.Elements("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value)
        : [];

    /// <summary>A page, its code-behind and its model share what is injected into one of them.</summary>
    private static IEnumerable<IGrouping<string, string>> Groups() => Sources.Files("PartnerPortal", ".cs", ".razor", ".cshtml")
        .GroupBy(f => f.EndsWith(".razor.cs", StringComparison.Ordinal) || f.EndsWith(".cshtml.cs", StringComparison.Ordinal) ? f[..^3] : f);

    private static IEnumerable<TextUse> OfGroup(IGrouping<string, string> group)
    {
        var sources = group.Append(ImportsOf(group.Key)).OfType<string>().ToDictionary(f => f, Sources.Read);
        var variables = sources.Values.SelectMany(s => Localizer().Matches(s)).ToLookup(m => m.Groups["name"].Value, m => m.Groups["marker"].Value);
        if (variables.Count == 0)
        {
            yield break;
        }

        var uses = new Regex(@"(?<![\w""'])(?:Model\.|this\.)?(?<name>" + string.Join('|', variables.Select(v => Regex.Escape(v.Key))) + @")\[");
        foreach (var (file, source) in sources)
        {
            foreach (Match use in uses.Matches(source))
            {
                var argument = FirstArgument(source, use.Index + use.Length);
                var line = 1 + source.AsSpan(0, use.Index).Count('\n');
                var (keys, prefixes) = Read(argument);
                yield return new TextUse(string.Create(CultureInfo.InvariantCulture, $"{file}:{line}"), [.. variables[use.Groups["name"].Value].Distinct()], keys, prefixes, argument);
            }
        }
    }

    private static string? ImportsOf(string file)
    {
        if (!file.EndsWith(".razor", StringComparison.Ordinal))
        {
            return null;
        }

        for (var folder = System.IO.Path.GetDirectoryName(file); !string.IsNullOrEmpty(folder); folder = System.IO.Path.GetDirectoryName(folder))
        {
            var imports = $"{folder}/_Imports.razor".Replace('\\', '/');
            if (imports != file && File.Exists(System.IO.Path.Combine(Sources.Root, imports)))
            {
                return imports;
            }
        }

        return null;
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

    [GeneratedRegex("\"((?:[^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex StringLiteral();

    [GeneratedRegex(@"\bnameof\((?:[\w.]+\.)?(\w+)\)")]
    private static partial Regex NameOf();
}
