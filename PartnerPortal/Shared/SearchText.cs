using System.Globalization;
using System.Text;

namespace PartnerPortal.Shared;

/// <summary>
/// Text as it is compared in searches: both what is stored for search and what is typed goes through <see cref="Fold"/>, so "jose" finds "José".
/// </summary>
public static class SearchText
{
    /// <summary>
    /// Without case (invariant), accents and points (Unicode UAX #15 NFKD), with letters that have no decomposition spelled out (ß, ł, ø, æ),
    /// Arabic letter forms unified, digits of all scripts as 0-9, and single spaces. Folding twice changes nothing. Signs of other scripts stay,
    /// where they are letters rather than accents (Devanagari, Thai, Japanese).
    /// </summary>
    public static string Fold(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        var folded = new StringBuilder(text.Length);
        foreach (var rune in Decomposed(text).EnumerateRunes())
        {
            if (!IsDropped(rune))
            {
                Append(folded, rune);
            }
        }

        return string.Join(' ', folded.ToString().Normalize(NormalizationForm.FormC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>
    /// The text with LIKE's wildcards (% and _) and the escape sign itself escaped, for <c>LIKE … ESCAPE</c> (ISO 9075).
    /// </summary>
    public static string EscapeLike(string text, char escape = '\\')
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var sign in text)
        {
            if (sign is '%' or '_' || sign == escape)
            {
                escaped.Append(escape);
            }

            escaped.Append(sign);
        }

        return escaped.ToString();
    }

    /// <summary>Lower case and taken apart. What normalisation refuses, lone halves of surrogate pairs and U+FFFE, becomes U+FFFD.</summary>
    private static string Decomposed(string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            whole.Append(rune.Value == 0xFFFE ? Rune.ReplacementChar : rune);
        }

        // Taken apart first: some compatibility forms hold capitals (™), and İ lowers to i only without its dot.
        return whole.ToString().Normalize(NormalizationForm.FormKD).ToLowerInvariant().Normalize(NormalizationForm.FormKD);
    }

    /// <summary>Marks that are accents or vowel points in their script: Latin, Greek, Cyrillic, Hebrew, Arabic; the Arabic tatweel; invisible signs.</summary>
    private static bool IsDropped(Rune rune) => rune.Value switch
    {
        >= 0x0300 and <= 0x036F or >= 0x1AB0 and <= 0x1AFF or >= 0x1DC0 and <= 0x1DFF or >= 0x20D0 and <= 0x20FF or >= 0xFE20 and <= 0xFE2F => true,
        >= 0x0483 and <= 0x0489 => true,
        >= 0x0591 and <= 0x05BD or 0x05BF or 0x05C1 or 0x05C2 or 0x05C4 or 0x05C5 or 0x05C7 => true,
        >= 0x0610 and <= 0x061A or >= 0x064B and <= 0x065F or 0x0670 or 0x0640 or >= 0x06D6 and <= 0x06DC or >= 0x06DF and <= 0x06E4 => true,
        0x06E7 or 0x06E8 or >= 0x06EA and <= 0x06ED or >= 0x08D3 and <= 0x08FF => true,
        // The hamza alone, as it is left out as often as not.
        0x0621 => true,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control && !Rune.IsWhiteSpace(rune),
    };

    private static void Append(StringBuilder folded, Rune rune)
    {
        // Ask for digits only: superscripts and fractions are taken apart before.
        if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
        {
            folded.Append((int)Rune.GetNumericValue(rune));
            return;
        }

        folded.Append(rune.Value switch
        {
            'ß' => "ss",
            'ł' => "l",
            'ø' => "o",
            'đ' or 'ð' => "d",
            'þ' => "th",
            'æ' => "ae",
            'œ' => "oe",
            'ı' => "i",
            'ħ' => "h",
            'ŧ' => "t",
            'ŋ' => "n",
            'ĸ' => "k",
            'ς' => "σ",
            // Apostrophes of all kinds: O’Brien, O'Brien.
            0x2018 or 0x2019 or 0x02BC or 0x02BB => "'",
            // Arabic: alef wasla and others to alef, alef maksura and the Persian yeh to yeh, the Persian kaf to kaf, taa marbuta to haa.
            // (Alef, waw and yeh with hamza or madda were taken apart, and their marks dropped.)
            0x0671 or 0x0672 or 0x0673 or 0x0675 => "\u0627",
            0x0649 or 0x06CC => "\u064A",
            0x06A9 => "\u0643",
            0x0629 => "\u0647",
            _ => rune.ToString(),
        });
    }
}
