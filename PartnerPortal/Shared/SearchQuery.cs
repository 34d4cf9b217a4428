using System.Globalization;

namespace PartnerPortal.Shared;

/// <summary>What a person typed into a search, taken apart: words that must all be found, and what it may mean as a number.</summary>
/// <param name="Words">Folded; none when nothing was typed.</param>
/// <param name="PhoneForms">The digit runs to look for in a phone number, see <see cref="PhoneNumber.SearchForms"/>; none when it is no phone number.</param>
/// <param name="Number">The whole as a number; null when it is none.</param>
public sealed record SearchQuery(IReadOnlyList<string> Words, IReadOnlyList<string> PhoneForms, long? Number)
{
    public bool IsEmpty => Words.Count == 0;

    public static SearchQuery Parse(string? typed)
    {
        var folded = SearchText.Fold(typed);
        return new SearchQuery(
            folded.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            PhoneNumber.SearchForms(folded),
            long.TryParse(folded, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null);
    }

    /// <summary>A pattern for <c>LIKE … ESCAPE '\'</c> that finds the text anywhere.</summary>
    public static string Pattern(string text) => $"%{SearchText.EscapeLike(text)}%";
}
