using System.Collections.Frozen;
using System.Globalization;

namespace PartnerPortal.Shared;

/// <summary>
/// How national numbers are set in groups (spaces, as ITU-T E.123 asks for international notation). One line a calling code: rules from
/// left to right, "leading digits:group sizes"; * is any; a + after the sizes means that what remains is grouped in general; a rule whose sizes do
/// not add up to the number is passed over. The habits are those of the countries' own directories and regulators.
/// </summary>
internal static class PhoneGroupings
{
    private const string Table = """
        1 *:3-3-4
        7 *:3-3-2-2
        20 10,11,12,15:3-3-4 2,3:1-4-4 *:2-3-4
        27 *:2-3-4
        30 21:2-4-4 *:3-3-4
        31 6:1-4-4 10,13,15,20,23,24,26,30,33,35,36,38,40,43,45,46,50,53,55,58,70,71,72,73,74,75,76,77,78,79:2-3-4 *:3-3-3
        32 4:3-2-2-2 2,3,4,9:1-3-2-2 *:2-2-2-2
        33 *:1-2-2-2-2
        34 *:3-3-3
        36 1:1-3-4 *:2-3-4 *:2-3-3
        39 3:3-3-4 02,06:2-4-4 02,06:2+ *:3+
        40 21,31:2-3-4 *:3-3-3
        41 *:2-3-2-2
        43 1:1+ *:3+
        44 20,23,24,28,29:2-4-4 11,121,131,141,151,161,171,181,191,3,8,9:3-3-4 *:4-6 *:4-5
        45 *:2-2-2-2
        46 7:2-3-2-2 8:1-3-3-2 8:1-3-2-2 8:1+ 10,11,13,16,18,19,21,23,26,31,33,35,36,40,42,44,46,54,60,63,90:2-3-2-2 10,11,13,16,18,19,21,23,26,31,33,35,36,40,42,44,46,54,60,63,90:2-2-2-2 *:3+
        47 4,9:3-2-3 *:2-2-2-2
        48 45,50,51,53,57,60,66,69,72,73,78,79,80,88:3-3-3 *:2-3-2-2
        49 30,40,69,89:2+ 15:4+ 16,17:3+ 201,202,203,208,209,212,214,228,234:3+ 2?1,3?1,4?1,5?1,6?1,7?1,8?1,9?1:3+ *:4+
        51 9:3-3-3 1:1-3-4 *:2-3-3
        52 55,56,33,81:2-4-4 *:3-3-4
        54 911:1-2-4-4 9:1-3-3-4 11:2-4-4 *:3-3-4
        55 *:2-5-4 *:2-4-4
        56 9,2:1-4-4 *:2-3-4
        57 *:3-3-4
        58 *:3-3-4
        60 11:2-4-4 1:2-3-4 3:1-4-4 *:1-3-4
        61 4:3-3-3 *:1-4-4
        63 *:3-3-4
        64 2:2-3-4 *:1-3-4 2:2-3-3
        65 *:4-4
        66 *:2-3-4
        81 3,6:1-4-4 *:2-4-4 *:2-3-4
        82 10:2-4-4 2:1-4-4 2:1-3-4 *:2-4-4 *:2-3-4
        84 *:3-3-3
        86 1:3-4-4 10,2:2-4-4 *:3-4-4
        90 *:3-3-2-2
        91 11,20,22,33,40,44:2-4-4 6,7,8,9:5-5 *:3-3-4
        92 *:3-3-4
        93 *:2-3-4
        94 *:2-3-4
        212 *:1-2-2-2-2
        213 *:3-2-2-2
        216 *:2-3-3
        218 *:2-3-4
        221 *:2-3-2-2
        222 *:2-2-2-2
        223 *:2-2-2-2
        224 *:3-2-2-2
        225 *:2-2-2-4
        226 *:2-2-2-2
        227 *:2-2-2-2
        228 *:2-2-2-2
        229 *:2-2-2-2-2
        234 *:3-3-4
        235 *:2-2-2-2
        236 *:2-2-2-2
        249 *:2-3-4
        250 *:3-3-3
        251 *:2-3-4
        253 *:2-2-2-2
        254 *:3-3-3
        255 *:3-3-3
        256 *:3-3-3
        257 *:2-2-2-2
        258 *:2-3-4
        260 *:2-3-4
        262 *:3-2-2-2
        263 *:2-3-4
        264 *:2-3-4
        265 *:3-2-2-2
        267 *:2-3-3
        298 *:2-2-2
        299 *:2-2-2
        350 *:2-3-3
        351 21,22:2-3-4 *:3-3-3
        353 1:1-3-4 8:2-3-4 *:2+
        358 *:2-3-4 *:2+
        371 *:2-3-3
        375 *:2-3-2-2
        377 6:1-2-2-2-2 *:2-2-2-2
        378 *:2-2-2-2
        380 *:2-3-2-2
        381 *:2-3-4 *:2-3-3
        382 *:2-3-3
        383 *:2-3-3
        385 *:2-3-4
        386 *:2-3-3
        387 *:2-3-3
        389 *:2-3-3
        420 *:3-3-3
        421 2:1-4-4 *:3-3-3
        502 *:4-4
        503 *:4-4
        504 *:4-4
        505 *:4-4
        506 *:4-4
        507 *:4-4
        508 *:2-2-2
        509 *:2-2-2-2
        590 *:3-2-2-2
        591 *:4-4
        593 9:2-3-4 *:1-3-4
        594 *:3-2-2-2
        595 9:3-3-3 *:2-3-4
        596 *:3-2-2-2
        598 9:2-3-3 *:4-4
        681 *:2-2-2
        687 *:2-2-2
        689 *:2-2-2-2
        852 *:4-4
        880 *:4-6
        961 *:2-3-3
        962 7:1-4-4 *:1-3-4
        964 *:3-3-4
        965 *:4-4
        966 *:2-3-4
        968 *:4-4
        971 5:2-3-4 *:1-3-4
        972 5:2-3-4 *:1-3-4
        973 *:4-4
        974 *:4-4
        992 *:2-3-2-2
        994 *:2-3-2-2
        995 *:3-2-2-2
        998 *:2-3-2-2
        """;

    private sealed record Rule(string[] Leads, int[] Sizes, bool Open);

    private static readonly FrozenDictionary<string, Rule[]> Rules = Table
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(' '))
        .ToFrozenDictionary(words => words[0], words => words.Skip(1).Select(Read).ToArray());

    /// <summary>The national number with spaces.</summary>
    public static string Group(string code, string national)
    {
        foreach (var rule in Rules.GetValueOrDefault(code, []))
        {
            var fits = rule.Open ? rule.Sizes.Sum() < national.Length : rule.Sizes.Sum() == national.Length;
            if (fits && rule.Leads.Any(lead => Starts(national, lead)))
            {
                return string.Join(' ', Cut(national, rule.Sizes));
            }
        }

        return string.Join(' ', Cut(national, []));
    }

    private static IEnumerable<string> Cut(string digits, int[] sizes)
    {
        var at = 0;
        var rest = digits.Length - sizes.Sum();
        foreach (var size in sizes.Concat(General(rest)))
        {
            yield return digits.Substring(at, size);
            at += size;
        }
    }

    /// <summary>Groups of three, the last ones of four where three do not fit; short numbers stay whole.</summary>
    private static int[] General(int length) => length switch
    {
        0 => [],
        <= 4 => [length],
        5 => [2, 3],
        _ => [.. Enumerable.Repeat(3, (length / 3) - (length % 3)), .. Enumerable.Repeat(4, length % 3)],
    };

    private static bool Starts(string national, string lead) =>
        lead == "*" || (national.Length >= lead.Length && lead.Zip(national).All(pair => pair.First == '?' || pair.First == pair.Second));

    private static Rule Read(string text)
    {
        var (leads, sizes) = (text[..text.IndexOf(':', StringComparison.Ordinal)], text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        return new Rule(leads.Split(','), [.. sizes.TrimEnd('+').Split('-').Select(size => int.Parse(size, CultureInfo.InvariantCulture))], sizes.EndsWith('+'));
    }
}
