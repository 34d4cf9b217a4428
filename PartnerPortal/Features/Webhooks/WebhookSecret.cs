using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace PartnerPortal.Features.Webhooks;

/// <summary>What receivers check signatures with, as Standard Webhooks writes it: "whsec_" and 32 random bytes in base64.</summary>
internal static class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int Bytes = 32;

    public static string New() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The signature of one message, "v1,…" (Standard Webhooks, "Symmetric keys"): HMAC-SHA256 over id, time and body.</summary>
    /// <param name="secret">As shown.</param>
    /// <param name="id">Of the message.</param>
    /// <param name="timestamp">Of the attempt; Unix seconds.</param>
    /// <param name="body">As sent.</param>
    public static string Sign(string secret, string id, long timestamp, string body)
    {
        var key = Convert.FromBase64String(secret[Prefix.Length..]);
        var signed = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.{body}"));
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }
}

/// <summary>Encrypts the secrets of endpoints. The key is the portal's; a secret is shown once.</summary>
public sealed class WebhookVault(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("PartnerPortal.Webhooks");

    /// <summary>Outside of a transaction: the key is made with the first secret, and could not be written within one.</summary>
    public byte[] Seal(string secret) => _protector.Protect(Encoding.UTF8.GetBytes(secret));

    /// <exception cref="CryptographicException">The key is not there.</exception>
    public string Open(byte[] sealedSecret) => Encoding.UTF8.GetString(_protector.Unprotect(sealedSecret));
}
