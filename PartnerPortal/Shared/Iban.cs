using System.Globalization;

namespace PartnerPortal.Shared;

/// <summary>International bank account numbers, ISO 13616: letters of the country, two check digits, up to thirty characters of the country's own.</summary>
public static class Iban
{
    /// <summary>The length in each country, from the registry of IBAN formats (SWIFT, release 97). Of a country that is not here only the bounds are known.</summary>
    private static readonly Dictionary<string, int> Lengths = (
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 "
        + "IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 "
        + "TL23 TN24 TR26 UA29 VA22 VG24 XK20").Split(' ').ToDictionary(c => c[..2], c => int.Parse(c[2..], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    /// <summary>Reads a number with or without spaces; false when a digit of it is wrong, with certainty for one digit or two that changed places.</summary>
    /// <param name="typed">As a person typed it.</param>
    /// <param name="iban">In capitals, without spaces.</param>
    public static bool TryRead(string? typed, out string iban)
    {
        iban = string.Concat((typed ?? "").Where(c => !char.IsWhiteSpace(c) && c is not '-')).ToUpperInvariant();
        return iban.Length is >= 15 and <= 34
            && iban.All(char.IsAsciiLetterOrDigit) && char.IsAsciiLetter(iban[0]) && char.IsAsciiLetter(iban[1]) && char.IsAsciiDigit(iban[2]) && char.IsAsciiDigit(iban[3])
            && (!Lengths.TryGetValue(iban[..2], out var length) || length == iban.Length)
            && Remainder(iban) == 1;
    }

    /// <summary>By ISO 7064, MOD 97-10: the first four characters go to the end, letters count from A = 10.</summary>
    private static int Remainder(string iban)
    {
        var remainder = 0;
        foreach (var c in iban[4..] + iban[..4])
        {
            remainder = char.IsAsciiDigit(c) ? ((remainder * 10) + (c - '0')) % 97 : ((remainder * 100) + (c - 'A' + 10)) % 97;
        }

        return remainder;
    }
}
