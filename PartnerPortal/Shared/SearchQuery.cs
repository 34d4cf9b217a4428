namespace PartnerPortal.Shared;

/// <summary>What a person typed into a search, taken apart: words that must all be found, and the digits if it may be a phone number.</summary>
/// <param name="Words">Folded; none when nothing was typed.</param>
/// <param name="PhoneDigits">Without the zeros and plus at the start, so that a national spelling finds an international number; null when it is no phone number.</param>
/// <param name="Number">The whole as a number; null when it is none.</param>
public sealed record SearchQuery(IReadOnlyList<string> Words, string? PhoneDigits, long? Number)
{
    /// <summary>Fewer digits are no phone number.</summary>
    private const int LeastDigits = 3;

    public bool IsEmpty => Words.Count == 0;

    public static SearchQuery Parse(string? typed)
    {
        var folded = SearchText.Fold(typed);
        var words = folded.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new SearchQuery(words, Digits(folded), long.TryParse(folded, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null);
    }

    /// <summary>A pattern for <c>LIKE … ESCAPE '\'</c> that finds the text anywhere.</summary>
    public static string Pattern(string text) => $"%{SearchText.EscapeLike(text)}%";

    private static string? Digits(string folded)
    {
        if (folded.Any(sign => !char.IsAsciiDigit(sign) && sign is not ('+' or ' ' or '-' or '(' or ')' or '/' or '.')))
        {
            return null;
        }

        // "+33 (0)6 …": the zero in brackets is not dialled from abroad, nor is a zero at the start part of the stored number.
        var digits = new string([.. folded.Replace("(0)", "", StringComparison.Ordinal).Where(char.IsAsciiDigit)]).TrimStart('0');
        return digits.Length >= LeastDigits ? digits : null;
    }
}
