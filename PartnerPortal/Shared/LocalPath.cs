using System.Diagnostics.CodeAnalysis;

namespace PartnerPortal.Shared;

/// <summary>
/// Addresses to come back to (<c>?to=</c>, <c>returnUrl</c>): only paths of this site. An open redirect lends our name to a stranger's page
/// (OWASP, Unvalidated Redirects and Forwards). Stricter than the framework's check, as browsers mend addresses that it lets through (WHATWG URL: backslashes
/// count as slashes, tabs and line ends are dropped) and proxies may decode them.
/// </summary>
public static class LocalPath
{
    private const int MaxLength = 2000;

    /// <summary>
    /// Whether it is a path of this site: begins with one slash; has, also after decoding, no second slash beside another, no backslash, no control
    /// character in its path; and no control characters or backslashes anywhere.
    /// </summary>
    public static bool IsSafe([NotNullWhen(true)] string? path)
    {
        if (path is null || path.Length is 0 or > MaxLength || path[0] != '/' || path.Any(IsForbidden))
        {
            return false;
        }

        // What follows ? or # stays text, whatever it holds.
        var end = path.IndexOfAny(['?', '#']);
        var walk = end < 0 ? path : path[..end];
        while (!walk.Contains("//", StringComparison.Ordinal) && !walk.Any(IsForbidden) && !HasDotSegment(walk))
        {
            // Decoding makes a text shorter or leaves it, so this ends.
            var decoded = Uri.UnescapeDataString(walk);
            if (decoded == walk)
            {
                return true;
            }

            walk = decoded;
        }

        return false;
    }

    /// <summary>The path if it is safe, else the fallback.</summary>
    public static string OrDefault(string? path, string fallback) => IsSafe(path) ? path : fallback;

    private static bool IsForbidden(char sign) => sign == '\\' || char.IsControl(sign) || char.IsSurrogate(sign) || sign is '\u2028' or '\u2029';

    /// <summary>"." and ".." as segments: they are resolved by the browser, so what is checked would not be what is opened.</summary>
    private static bool HasDotSegment(string path) => path.Split('/').Any(segment => segment is "." or "..");
}
