using System.Globalization;
using System.Text;

namespace PartnerPortal.Shared;

/// <summary>What a partner sees of a name it may not see (any more).</summary>
public static class Initials
{
    /// <summary>
    /// The first letters of the first and the last word: "M. Á." for "María José Álvarez", "M." for one word. A letter is what a reader takes for
    /// one (a grapheme cluster, Unicode UAX #29). Chinese, Japanese and Korean names get no full stop, as a character is no abbreviation
    /// there. Empty when the name has no letter or digit.
    /// </summary>
    public static string Of(string? name)
    {
        var letters = (name ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(First).Where(letter => letter.Length > 0).ToList();
        var shown = letters.Count > 1 ? [letters[0], letters[^1]] : letters;
        return string.Join(' ', shown.Select(letter => IsIdeograph(letter) ? letter : $"{letter}."));
    }

    private static string First(string word)
    {
        var graphemes = StringInfo.GetTextElementEnumerator(word);
        while (graphemes.MoveNext())
        {
            var grapheme = graphemes.GetTextElement();
            if (Rune.TryGetRuneAt(grapheme, 0, out var rune) && Rune.IsLetterOrDigit(rune))
            {
                return grapheme.ToUpperInvariant();
            }
        }

        return "";
    }

    /// <summary>Han, kana, Hangul, bopomofo.</summary>
    private static bool IsIdeograph(string grapheme) => Rune.GetRuneAt(grapheme, 0).Value
        is >= 0x2E80 and <= 0x9FFF or >= 0xA960 and <= 0xA97F or >= 0xAC00 and <= 0xD7FF or >= 0xF900 and <= 0xFAFF
        or >= 0x1100 and <= 0x11FF or >= 0x20000 and <= 0x3FFFF;
}
