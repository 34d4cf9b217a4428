using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PartnerPortal.Shared;

/// <summary>Turns human spellings into E.164; see <see cref="PhoneNumber"/>.</summary>
internal static partial class PhoneParser
{
    /// <summary>E.164, 6.1: fifteen digits with the calling code.</summary>
    private const int MaxDigits = 15;

    /// <summary>No spelling is longer; keeps the patterns below from working on a pasted letter.</summary>
    private const int MaxInput = 64;

    /// <summary>On so short a text the patterns cannot run away, and a limit of the clock's time fails pages of a machine that is merely busy (seen: a second, at a load of 60).</summary>
    private const int NoLimit = Timeout.Infinite;

    /// <summary>The digits of a spelling; <see cref="OptionalZero"/> is where among them the zero of "(0)" stands, -1 when there is none.</summary>
    internal readonly record struct Typed(string Digits, bool HasPlus, int OptionalZero);

    public static PhoneProblem Parse(string? input, PhoneCountry? country, out string e164)
    {
        e164 = "";
        if (string.IsNullOrWhiteSpace(input))
        {
            return PhoneProblem.Empty;
        }

        if (input.Length > MaxInput)
        {
            return PhoneProblem.TooLong;
        }

        var text = input.Trim();
        text = text.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) ? text[4..] : text;
        if (Extension().IsMatch(text))
        {
            return PhoneProblem.Extension;
        }

        var problem = Read(text, out var typed);
        if (problem != PhoneProblem.None)
        {
            return problem;
        }

        return InternationalStart(typed, country) is { } start
            ? International(typed.Digits[start..], typed.OptionalZero - start, out e164)
            : National(typed.Digits, country, out e164);
    }

    /// <summary>The digits of a search; false when it holds anything that a number does not.</summary>
    public static bool TryReadDigits(string text, out Typed typed)
    {
        typed = default;
        return text.Length <= MaxInput && Read(text, out typed) == PhoneProblem.None;
    }

    private static PhoneProblem Read(string text, out Typed typed)
    {
        typed = default;
        var digits = new StringBuilder();
        var hasPlus = false;
        var optionalZero = OptionalZeroSign().Match(text) is { Success: true } match ? match.Index : -1;
        var zeroAt = -1;
        for (var i = 0; i < text.Length; i++)
        {
            var sign = text[i];
            if (CharUnicodeInfo.GetDecimalDigitValue(sign) is >= 0 and var value)
            {
                zeroAt = optionalZero >= 0 && i > optionalZero && zeroAt < 0 && digits.Length > 0 ? digits.Length : zeroAt;
                digits.Append((char)('0' + value));
            }
            else if (sign is '+' or '\uFF0B' && !hasPlus && digits.Length == 0)
            {
                hasPlus = true;
            }
            else if (char.IsLetter(sign))
            {
                return PhoneProblem.Letters;
            }
            else if (!IsSeparator(sign))
            {
                return PhoneProblem.BadCharacter;
            }
        }

        typed = new Typed(digits.ToString(), hasPlus, zeroAt);
        return digits.Length == 0 ? PhoneProblem.TooShort : PhoneProblem.None;
    }

    /// <summary>Where the calling code starts; null for a national spelling.</summary>
    private static int? InternationalStart(Typed typed, PhoneCountry? country)
    {
        if (!typed.HasPlus && country is not null)
        {
            // A dial-out prefix can begin like a national number (Russia's 810, North America's 011): only what is too long for one is read so.
            foreach (var prefix in country.DialOut)
            {
                if (typed.Digits.StartsWith(prefix, StringComparison.Ordinal) && typed.Digits.Length > country.MaxDigits)
                {
                    return prefix.Length;
                }
            }
        }

        return typed.Digits.StartsWith("00", StringComparison.Ordinal) ? 2 : typed.HasPlus ? 0 : null;
    }

    private static PhoneProblem International(string digits, int optionalZero, out string e164)
    {
        e164 = "";
        if (PhoneCountries.SplitCode(digits) is not var (code, national))
        {
            return PhoneProblem.UnknownCountryCode;
        }

        var plan = PhoneCountries.PlanOf(code, national);
        if (optionalZero == code.Length && !plan.KeepsLeadingZero)
        {
            national = national[1..];
        }
        else
        {
            national = WithoutTrunk(national, plan);
        }

        return Check(code, national, out e164);
    }

    private static PhoneProblem National(string digits, PhoneCountry? country, out string e164)
    {
        e164 = "";
        if (country is null)
        {
            return PhoneProblem.NoCountry;
        }

        var problem = Check(country.CallingCode, WithoutTrunk(digits, country), out e164);
        if (problem == PhoneProblem.TooLong && digits.StartsWith(country.CallingCode, StringComparison.Ordinal)
            && International(digits, -1, out var withCode) == PhoneProblem.None)
        {
            // The calling code without its plus: "34 612 345 678" in Spain.
            e164 = withCode;
            return PhoneProblem.None;
        }

        return problem;
    }

    private static PhoneProblem Check(string code, string national, out string e164)
    {
        e164 = "";
        national = code == "54" ? ArgentineMobile(national) : national;
        var plan = PhoneCountries.PlanOf(code, national);
        if (national.Length > plan.MaxDigits || code.Length + national.Length > MaxDigits)
        {
            return PhoneProblem.TooLong;
        }

        if (national.Length < plan.MinDigits)
        {
            return PhoneProblem.TooShort;
        }

        // Where a zero is the trunk prefix or is not used at all, no number starts with one; in North America none starts with 0 or 1 (NANP).
        if ((national[0] == '0' && !plan.KeepsLeadingZero) || (code == "1" && national[0] == '1'))
        {
            return PhoneProblem.ImpossibleStart;
        }

        e164 = $"+{code}{national}";
        return PhoneProblem.None;
    }

    /// <summary>Drops the first trunk prefix that fits. One that could begin a number (8, 1) goes only from what is too long with it.</summary>
    private static string WithoutTrunk(string national, PhoneCountry plan)
    {
        var trunk = plan.Trunks.FirstOrDefault(prefix => national.StartsWith(prefix, StringComparison.Ordinal)
            && (prefix[0] == '0' || national.Length > plan.MaxDigits));
        return trunk is null ? national : national[trunk.Length..];
    }

    /// <summary>An Argentine mobile, written with 15 after the area code at home ("11 15 2345 6789"), has a 9 before it from abroad.</summary>
    private static string ArgentineMobile(string national) =>
        HomeMobile().Match(national) is { Success: true } match ? $"9{match.Groups["area"].Value}{match.Groups["number"].Value}" : national;

    /// <summary>Spaces, dashes, dots, slashes, brackets, and the invisible direction marks that address books paste along.</summary>
    private static bool IsSeparator(char sign) =>
        sign is '.' or '/' or '(' or ')' or '[' or ']' or '\u00B7' or '\u2212' || char.IsWhiteSpace(sign)
        || char.GetUnicodeCategory(sign) is UnicodeCategory.DashPunctuation or UnicodeCategory.Format;

    [GeneratedRegex(@"\(\s?0\s?\)", RegexOptions.CultureInvariant, NoLimit)]
    private static partial Regex OptionalZeroSign();

    // RFC 3966 ";ext=", pauses of dialling programs, and what people write on cards.
    [GeneratedRegex(@"\d[\s.)]*(?:[,;#]|x\s*\d|\(?(?:ext|extension|extn|dw|durchwahl|poste|int|interno|anexo|ramal|wew|доб)\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, NoLimit)]
    private static partial Regex Extension();

    [GeneratedRegex("^(?=[0-9]{12}$)(?<area>11|[0-9]{3,4})15(?<number>[0-9]{6,8})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, NoLimit)]
    private static partial Regex HomeMobile();
}
