using System.Diagnostics.CodeAnalysis;

namespace PartnerPortal.Shared;

/// <summary>Why a text is not a telephone number.</summary>
public enum PhoneProblem
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Nothing was typed.</summary>
    Empty,

    /// <summary>Letters, as in 1-800-FLOWERS.</summary>
    Letters,

    /// <summary>A sign that no telephone number has.</summary>
    BadCharacter,

    /// <summary>An extension was typed: E.164 has no place for it, and dropping it would reach someone else.</summary>
    Extension,

    /// <summary>Fewer digits than any number of that country.</summary>
    TooShort,

    /// <summary>More digits than any number of that country, or than the 15 of E.164.</summary>
    TooLong,

    /// <summary>No country has that calling code.</summary>
    UnknownCountryCode,

    /// <summary>A national number, and no (known) country to read it in.</summary>
    NoCountry,

    /// <summary>No number of that country starts so.</summary>
    ImpossibleStart,
}

/// <summary>
/// A telephone number in the form of ITU-T E.164, read from any human spelling. Only the form is checked: calling code, length, first digit;
/// whether somebody answers is not.
/// </summary>
public sealed record PhoneNumber
{
    private PhoneNumber(string e164) => E164 = e164;

    /// <summary>"+4930231250": a plus, the calling code, the national number; at most 15 digits.</summary>
    public string E164 { get; }

    /// <summary>The digits of <see cref="E164"/>, for search; see <see cref="SearchForms"/>.</summary>
    public string Digits => E164[1..];

    /// <summary>ISO 3166-1 alpha-2; null when the number does not say which of several countries it belongs to.</summary>
    public string? Country => PhoneCountries.SplitCode(Digits) is var (code, national) ? PhoneCountries.Owner(code, national)?.Alpha2 : null;

    /// <summary>International notation with spaces (ITU-T E.123), grouped as people of that country do; parses back to the same number.</summary>
    public string Display => PhoneCountries.SplitCode(Digits) is var (code, national) ? $"+{code} {PhoneGroupings.Group(code, national)}" : E164;

    /// <summary>A kept number as <see cref="Display"/> writes it. It is not read again, which takes long for a whole list; what is none comes back as it is.</summary>
    public static string DisplayOf(string e164) => e164 is ['+', _, ..] && e164.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0 ? new PhoneNumber(e164).Display : e164;

    /// <summary>Reads a number in any spelling.</summary>
    /// <param name="input">What was typed: "030 231 25-0", "+49 (0)30 23125-0", "0049…".</param>
    /// <param name="defaultCountry">ISO 3166-1 alpha-2 of the country a number without calling code is read in.</param>
    public static bool TryParse(string? input, string? defaultCountry, [NotNullWhen(true)] out PhoneNumber? number, out PhoneProblem problem)
    {
        problem = PhoneParser.Parse(input, PhoneCountries.Find(defaultCountry), out var e164);
        number = problem == PhoneProblem.None ? new PhoneNumber(e164) : null;
        return number is not null;
    }

    /// <summary>Reads back what <see cref="E164"/> gave (a column); throws <see cref="FormatException"/> on anything else.</summary>
    public static PhoneNumber FromE164(string e164) =>
        TryParse(e164, null, out var number, out _) && number.E164 == e164 ? number : throw new FormatException("Not an E.164 number.");

    /// <summary>
    /// The digit runs to look for inside <see cref="Digits"/> when someone searches by a number or a part of it, most literal first:
    /// "030 231", "+49 30 231" and "0049 30231" all lead to "4930231…". Empty for a query with letters or with fewer than three digits, which
    /// would find nearly everyone.
    /// </summary>
    /// <param name="query">What was typed in the search box.</param>
    /// <param name="defaultCountry">Whose trunk prefix is dropped besides 0; null when not known.</param>
    public static IReadOnlyList<string> SearchForms(string? query, string? defaultCountry = null)
    {
        if (query is null || !PhoneParser.TryReadDigits(query, out var typed))
        {
            return [];
        }

        var forms = new List<string> { typed.Digits };
        var international = typed.HasPlus ? typed.Digits
            : typed.Digits.StartsWith("00", StringComparison.Ordinal) ? typed.Digits[2..] : null;
        if (international is not null)
        {
            forms.Add(international);
            if (PhoneCountries.SplitCode(international) is var (code, national) && national.StartsWith('0')
                && !PhoneCountries.PlanOf(code, national).KeepsLeadingZero)
            {
                forms.Add(code + national[1..]);
            }
        }
        else
        {
            forms.AddRange((PhoneCountries.Find(defaultCountry)?.Trunks ?? []).Append("0")
                .Where(trunk => typed.Digits.StartsWith(trunk, StringComparison.Ordinal))
                .Select(trunk => typed.Digits[trunk.Length..]));
        }

        return [.. forms.Where(form => form.Length >= 3).Distinct()];
    }

    /// <summary>The E.164 form.</summary>
    public override string ToString() => E164;
}
