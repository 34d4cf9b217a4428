using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PartnerPortal.Features.Purchases.Stripe;

public enum SignatureProblem
{
    /// <summary>It is missing, not of the published form, or none of its values is made with our secret.</summary>
    Wrong,

    /// <summary>It is right, and was made too long ago, or lies in the future.</summary>
    OutOfTime,
}

/// <summary>
/// The header <c>Stripe-Signature</c>: <c>t=</c> seconds of Unix, and one or more <c>v1=</c>, each the HMAC-SHA-256 of time, point and body (docs.stripe.com/webhooks,
/// "Verify webhook signatures manually"). While a secret is being changed there is one value for each.
/// </summary>
public static class StripeSignature
{
    private const int HexLength = 64;

    /// <returns>Null when it is right.</returns>
    public static SignatureProblem? Check(string? header, ReadOnlySpan<byte> body, string secret, DateTimeOffset now)
    {
        if (!TryRead(header, out var time, out var values))
        {
            return SignatureProblem.Wrong;
        }

        var expected = Encoding.ASCII.GetBytes(Sign(time, body, secret));
        var isRight = false;
        foreach (var value in values)
        {
            // All are compared, each in the same time, so that the answer's time tells nothing.
            isRight |= CryptographicOperations.FixedTimeEquals(expected, Encoding.ASCII.GetBytes(value));
        }

        return !isRight ? SignatureProblem.Wrong : (now - DateTimeOffset.FromUnixTimeSeconds(time)).Duration() > StripeApi.Tolerance ? SignatureProblem.OutOfTime : null;
    }

    /// <summary>The value of <c>v1</c>: 64 hexadecimal digits.</summary>
    public static string Sign(long unixSeconds, ReadOnlySpan<byte> body, string secret)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{unixSeconds}.")));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static bool TryRead(string? header, out long time, out List<string> values)
    {
        (time, values) = (0, []);
        foreach (var part in (header ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            switch (part.Split('=', 2))
            {
                // Up to 11 digits: within what a time can be.
                case ["t", { Length: <= 11 } seconds] when !long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out time):
                    return false;
                case ["t", { Length: > 11 }]:
                    return false;
                case ["v1", { Length: HexLength } value]:
                    values.Add(value);
                    break;
            }
        }

        return time > 0 && values.Count > 0;
    }
}
