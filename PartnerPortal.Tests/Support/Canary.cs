using System.Text;
using System.Text.RegularExpressions;

namespace PartnerPortal.Tests.Support;

/// <summary>What tells a person apart, to be looked for where it must not be: in any case, and a phone in any spelling.</summary>
public sealed partial record Canary(string Name, string Email, string Phone)
{
    /// <summary>Words of the name, the address, and the digits of the phone without the country's.</summary>
    private IEnumerable<string> Needles => [.. Name.Split(' '), Email, Phone];

    /// <returns>What was found.</returns>
    public IReadOnlyList<string> In(string text)
    {
        var tight = Spacing().Replace(text, "");
        return [.. Needles.Where(n => text.Contains(n, StringComparison.OrdinalIgnoreCase) || tight.Contains(Digits(n), StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>The same in the bytes of a file, whichever way letters are written there.</summary>
    public IReadOnlyList<string> In(byte[] bytes) =>
        [.. new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode }.SelectMany(e => In(e.GetString(bytes))).Concat(In(Encoding.Unicode.GetString(bytes, 1, Math.Max(0, bytes.Length - 1)))).Distinct()];

    private static string Digits(string needle) => needle.StartsWith('+') ? needle[3..] : needle;

    [GeneratedRegex(@"[\s\u00A0()\-]")]
    private static partial Regex Spacing();
}
