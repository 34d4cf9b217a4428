using System.Security.Cryptography;
using System.Text;

namespace PartnerPortal.Shared;

/// <summary>
/// The alphabet of secrets and tokens: 32 lower-case symbols, exactly five bits each. Of the 36 letters and digits the two pairs that no font
/// and no handwriting keeps apart are left out on both sides, 0/o and 1/l. (Lower case keeps 2/z, 5/s and 8/b apart.)
/// </summary>
internal static class SpokenAlphabet
{
    public const string Symbols = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>Random symbols of the operating system's generator, all equally likely.</summary>
    public static string Random(int count) => RandomNumberGenerator.GetString(Symbols, count);

    /// <summary>SHA-256 in lower-case hexadecimal. The purpose keeps the hash of one kind of secret from being taken for another's.</summary>
    public static string Hash(string purpose, string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"partner-portal/{purpose}/1\n{secret}")));

    public static bool FixedTimeEquals(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));
}
