using System.Globalization;

namespace PartnerPortal.Shared;

/// <summary>Reads codes that people type: the case, spaces and dashes they put in do not matter.</summary>
internal static class TypedSymbols
{
    /// <summary>The symbols in the alphabet's case; null when there are not exactly <paramref name="length"/>, or others among them.</summary>
    public static string? Read(string? input, int length, string alphabet, Func<char, char> toCase)
    {
        // Four times the length leaves room for any separators, and keeps a pasted letter from being read.
        if (input is null || input.Length > length * 4)
        {
            return null;
        }

        Span<char> symbols = stackalloc char[length];
        var count = 0;
        foreach (var sign in input)
        {
            if (IsSeparator(sign))
            {
                continue;
            }

            // Only ASCII is brought to the other case: elsewhere signs turn into letters (ſ into S, K into k).
            var symbol = char.IsAscii(sign) ? toCase(sign) : sign;
            if (count == length || !alphabet.Contains(symbol, StringComparison.Ordinal))
            {
                return null;
            }

            symbols[count++] = symbol;
        }

        return count == length ? new string(symbols) : null;
    }

    private static bool IsSeparator(char sign) => char.IsWhiteSpace(sign)
        || char.GetUnicodeCategory(sign) is UnicodeCategory.DashPunctuation or UnicodeCategory.Format || sign == '\u2212';
}
