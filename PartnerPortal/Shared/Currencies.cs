using System.Diagnostics.CodeAnalysis;

namespace PartnerPortal.Shared;

/// <summary>The currencies of ISO 4217 in which people pay, and into how many decimals each is divided.</summary>
public static class Currencies
{
    /// <summary>Divided otherwise than into a hundred parts (ISO 4217, list one of 2026).</summary>
    private static readonly Dictionary<string, int> Odd = new(StringComparer.Ordinal)
    {
        ["BIF"] = 0,
        ["CLP"] = 0,
        ["DJF"] = 0,
        ["GNF"] = 0,
        ["ISK"] = 0,
        ["JPY"] = 0,
        ["KMF"] = 0,
        ["KRW"] = 0,
        ["PYG"] = 0,
        ["RWF"] = 0,
        ["UGX"] = 0,
        ["VND"] = 0,
        ["VUV"] = 0,
        ["XAF"] = 0,
        ["XOF"] = 0,
        ["XPF"] = 0,
        ["BHD"] = 3,
        ["IQD"] = 3,
        ["JOD"] = 3,
        ["KWD"] = 3,
        ["LYD"] = 3,
        ["OMR"] = 3,
        ["TND"] = 3,
    };

    private static readonly HashSet<string> Codes =
    [
        .. ("AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG "
            + "HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR "
            + "SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG").Split(' '),
        .. Odd.Keys,
    ];

    /// <summary>In alphabetical order.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Codes.Order(StringComparer.Ordinal)];

    /// <summary>Upper case only: "eur" is no code.</summary>
    public static bool IsKnown([NotNullWhen(true)] string? code) => code is not null && Codes.Contains(code);

    /// <summary>How many decimals a minor unit is below the currency's unit: 2 for EUR, 0 for JPY, 3 for KWD.</summary>
    public static int DecimalsOf(string code) => Odd.GetValueOrDefault(code, 2);
}
