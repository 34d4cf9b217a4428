using System.Text.RegularExpressions;
using PartnerPortal.Features.Clients;

namespace PartnerPortal.Tests.Bench.Circuits;

/// <summary>Recognises the lines of "My clients" by the ids of their links, so that nothing is measured that shows none.</summary>
internal static partial class ShownLines
{
    private static ReadOnlySpan<byte> Id => "id=\"client-"u8;

    /// <summary>A whole page of lines is drawn.</summary>
    public static bool AreWhole(RenderBatch batch)
    {
        var rest = batch.Bytes.Span;
        var lines = 0;
        for (var at = rest.IndexOf(Id); at >= 0; at = rest.IndexOf(Id))
        {
            rest = rest[(at + Id.Length)..];
            lines += rest[0] is >= (byte)'0' and <= (byte)'9' ? 1 : 0;
        }

        return lines >= ClientQueries.PageSize;
    }

    /// <summary>The ids that stand on the screen, from the top.</summary>
    public static IReadOnlyList<string> On(Screen screen) => [.. screen.All.SelectMany(n => Link().Matches(n.Words)).Select(m => m.Groups[1].Value)];

    /// <summary>The button for the lines that came before those.</summary>
    public static Node Older(Screen screen) => screen.Find("nav", n => n["class"] == "pager").All.Last(n => n.Tag == "button");

    /// <summary>The name's link; the cells of a line come as markup.</summary>
    [GeneratedRegex("id=\"(client-[0-9]+)\"")]
    private static partial Regex Link();
}
