using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PartnerPortal.Features.Purchases;

/// <summary>A print of what a request says, so that the same again is told from another with the same key.</summary>
internal static class RequestHash
{
    /// <summary>SHA-256 over the parts, each with its length before it: 64 hexadecimal digits.</summary>
    public static string Of(params ReadOnlySpan<object?> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            var written = part is DateTime time ? time.ToString("O", CultureInfo.InvariantCulture) : Convert.ToString(part, CultureInfo.InvariantCulture) ?? "";
            text.Append(part is null ? -1 : written.Length).Append(':').Append(written);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>A number to lock by.</summary>
    public static long Number(string source, string externalId) => BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"{source.Length}:{source}{externalId}")));
}
