using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

/// <summary>A part of what is searched for: a line has it when it has all texts of one of the alternatives.</summary>
/// <param name="Alternatives">Folded texts; none is empty.</param>
internal sealed record ClientTerm(IReadOnlyList<IReadOnlyList<string>> Alternatives);

/// <summary>Reads what was typed into the search field.</summary>
internal static class ClientTerms
{
    /// <summary>What is longer was pasted by mistake.</summary>
    private const int MaxSearch = 200;

    private const int MaxWords = 10;

    /// <summary>A line is found when it has every term. "030 231 25" may be three words or one telephone number: what either finds is found.</summary>
    /// <param name="search">As typed.</param>
    /// <param name="country">ISO 3166 alpha-2 in which a telephone number without a country code is read.</param>
    public static IReadOnlyList<ClientTerm> Parse(string? search, string? country)
    {
        var runs = new List<(List<string> Words, bool IsNumber)>();
        foreach (var word in SearchText.Fold(search?.Length > MaxSearch ? search[..MaxSearch] : search).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MaxWords))
        {
            var isNumber = word.Any(char.IsAsciiDigit) && !word.Any(sign => char.IsLetter(sign) || sign is '@' or '%' or '_');
            if (isNumber && runs is [.., { IsNumber: true } last])
            {
                last.Words.Add(word);
            }
            else
            {
                runs.Add(([word], isNumber));
            }
        }

        return [.. runs.Select(r => new ClientTerm(r.IsNumber ? [r.Words, .. PhoneNumber.SearchForms(string.Join(' ', r.Words), country).Select(form => new[] { form })] : [r.Words]))];
    }
}
