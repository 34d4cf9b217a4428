using System.Globalization;
using System.Text;

namespace PartnerPortal.Shared;

/// <summary>A stretch of text that a search found, or that stands between.</summary>
public readonly record struct SearchMark(string Text, bool IsHit);

/// <summary>Finds in a text, as it is written, what a folded search matched: "jose" marks "José".</summary>
public static class SearchMarks
{
    /// <returns>The whole text in stretches; one stretch when nothing matched.</returns>
    public static IReadOnlyList<SearchMark> Of(string text, SearchQuery query)
    {
        var (folded, starts) = Fold(text);
        var hits = new bool[folded.Length];
        foreach (var word in query.Words)
        {
            for (var at = folded.IndexOf(word, StringComparison.Ordinal); at >= 0; at = folded.IndexOf(word, at + 1, StringComparison.Ordinal))
            {
                Array.Fill(hits, true, at, word.Length);
            }
        }

        return Join(text, folded, starts, hits);
    }

    /// <summary>The text folded grapheme by grapheme, with the place in the original from which each folded sign comes.</summary>
    private static (string Folded, List<int> Starts) Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        var starts = new List<int>(text.Length);
        var graphemes = StringInfo.GetTextElementEnumerator(text);
        while (graphemes.MoveNext())
        {
            var grapheme = graphemes.GetTextElement();
            var piece = string.IsNullOrWhiteSpace(grapheme) ? " " : SearchText.Fold(grapheme);
            folded.Append(piece);
            starts.AddRange(Enumerable.Repeat(graphemes.ElementIndex, piece.Length));
        }

        return (folded.ToString(), starts);
    }

    private static List<SearchMark> Join(string text, string folded, List<int> starts, bool[] hits)
    {
        var marks = new List<SearchMark>();
        var from = 0;
        for (var i = 1; i <= folded.Length; i++)
        {
            // A grapheme that folds to several signs is marked as a whole, by its first.
            var isEdge = i == folded.Length || (hits[i] != hits[i - 1] && starts[i] != starts[i - 1]);
            if (isEdge)
            {
                var end = i == folded.Length ? text.Length : starts[i];
                marks.Add(new SearchMark(text[from..end], hits[i - 1]));
                from = end;
            }
        }

        return marks.Count == 0 ? [new SearchMark(text, false)] : marks;
    }
}
