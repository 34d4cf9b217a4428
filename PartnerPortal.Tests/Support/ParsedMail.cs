using System.Text;
using System.Text.RegularExpressions;

namespace PartnerPortal.Tests.Support;

/// <summary>A mail read as a mail program would: headers unfolded and decoded (RFC 2047), parts decoded (RFC 2045).</summary>
/// <param name="Headers">By name, whatever its case; decoded.</param>
/// <param name="Text">The text/plain part, line breaks as LF.</param>
/// <param name="Html">The text/html part, line breaks as LF.</param>
public sealed partial record ParsedMail(IReadOnlyDictionary<string, string> Headers, string Text, string Html)
{
    /// <summary>The pictures in it, by their Content-ID.</summary>
    public IReadOnlyDictionary<string, byte[]> Pictures { get; private init; } = new Dictionary<string, byte[]>();

    public string this[string header] => Headers.TryGetValue(header, out var value) ? value : throw new KeyNotFoundException(header + " in " + string.Join(", ", Headers.Keys));

    /// <param name="source">The whole message, each byte as a character.</param>
    public static ParsedMail Read(string source)
    {
        var (headers, body) = Split(source);
        var boundary = Boundary().Match(headers["Content-Type"]).Groups[1].Value;
        Assert.StartsWith("multipart/alternative", headers["Content-Type"], StringComparison.OrdinalIgnoreCase);
        var parts = body.Split("--" + boundary)[1..^1].Select(p => Split(p.TrimStart('\r', '\n'))).ToList();
        Assert.Equal(2, parts.Count);
        // RFC 2046: the best alternative stands last.
        Assert.StartsWith("text/plain", parts[0].Headers["Content-Type"], StringComparison.OrdinalIgnoreCase);
        var related = Related(parts[1]);
        Assert.StartsWith("text/html", related[0].Headers["Content-Type"], StringComparison.OrdinalIgnoreCase);
        return new ParsedMail(headers, Decode(parts[0]), Decode(related[0]))
        {
            Pictures = related.Skip(1).ToDictionary(p => p.Headers["Content-ID"].Trim('<', '>'), p => Convert.FromBase64String(p.Body.Trim())),
        };
    }

    /// <summary>The HTML, and what belongs to it (RFC 2387).</summary>
    private static List<(Dictionary<string, string> Headers, string Body)> Related((Dictionary<string, string> Headers, string Body) part)
    {
        if (!part.Headers["Content-Type"].StartsWith("multipart/related", StringComparison.OrdinalIgnoreCase))
        {
            return [part];
        }

        var boundary = Boundary().Match(part.Headers["Content-Type"]).Groups[1].Value;
        return [.. part.Body.Split("--" + boundary)[1..^1].Select(p => Split(p.TrimStart('\r', '\n')))];
    }

    /// <summary>The first address in the text that has this part.</summary>
    public string LinkWith(string part) =>
        Link().Matches(Text).Select(m => m.Value).FirstOrDefault(l => l.Contains(part, StringComparison.Ordinal)) ?? throw new InvalidOperationException($"No link with {part} in: {Text}");

    public static ParsedMail ReadFile(string path) => Read(File.ReadAllText(path, Encoding.Latin1));

    private static (Dictionary<string, string> Headers, string Body) Split(string source)
    {
        var end = source.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var unfolded = Fold().Replace(source[..end], " ");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in unfolded.Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            // A header that stands twice would be an injected one.
            headers.Add(line[..colon], Words(line[(colon + 1)..].Trim()));
        }

        return (headers, source[(end + 4)..]);
    }

    /// <summary>Encoded words; the space between two of them is none.</summary>
    private static string Words(string value) => EncodedWord().Replace(Between().Replace(value, "?==?"), m =>
    {
        var bytes = m.Groups[2].Value is "B" or "b"
            ? Convert.FromBase64String(m.Groups[3].Value)
            : QuotedPrintable(m.Groups[3].Value.Replace('_', ' '));
        return Encoding.GetEncoding(m.Groups[1].Value).GetString(bytes);
    });

    private static string Decode((Dictionary<string, string> Headers, string Body) part)
    {
        Assert.Contains("charset=utf-8", part.Headers["Content-Type"], StringComparison.OrdinalIgnoreCase);
        var bytes = part.Headers["Content-Transfer-Encoding"].ToUpperInvariant() switch
        {
            "BASE64" => Convert.FromBase64String(part.Body.Trim()),
            "QUOTED-PRINTABLE" => QuotedPrintable(part.Body),
            var other => throw new NotSupportedException(other),
        };
        // The line break before the boundary belongs to the boundary.
        return Encoding.UTF8.GetString(bytes).ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
    }

    private static byte[] QuotedPrintable(string text)
    {
        var joined = text.Replace("=\r\n", "", StringComparison.Ordinal);
        var bytes = new List<byte>(joined.Length);
        for (var i = 0; i < joined.Length; i++)
        {
            if (joined[i] == '=')
            {
                bytes.Add(Convert.ToByte(joined.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                bytes.Add((byte)joined[i]);
            }
        }

        return [.. bytes];
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();

    [GeneratedRegex("""boundary="?([^";]+)"?""")]
    private static partial Regex Boundary();

    [GeneratedRegex(@"\r\n[ \t]+")]
    private static partial Regex Fold();

    [GeneratedRegex(@"\?=\s+=\?")]
    private static partial Regex Between();

    [GeneratedRegex(@"=\?([^?]+)\?([BbQq])\?([^?]*)\?=")]
    private static partial Regex EncodedWord();
}
