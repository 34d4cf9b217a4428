using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace PartnerPortal.Shared;

/// <summary>
/// The code an account is recommended by: eight characters that can be read from paper, from a screen in any font, and out on the phone.
/// It is public, so it is not a secret; there are 21^8 (38 thousand million) of them, so that they cannot be guessed in bulk.
/// </summary>
public sealed record ReferralCode
{
    /// <summary>The number of characters.</summary>
    public const int Length = 8;

    /// <summary>
    /// Capital letters and digits without those that people take for one another: 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V, 6/G. Both of each pair are
    /// left out, so there is never a question which was meant, and <see cref="TryParse"/> has nothing to guess. Q stays, as there is no O and
    /// no 0 to take it for.
    /// </summary>
    public const string Alphabet = "ACDEFHJKMNPQRTWXY3479";

    private ReferralCode(string value) => Value = value;

    /// <summary>"KM7QX4WT", as stored and as it stands in links.</summary>
    public string Value { get; }

    /// <summary>"KM7Q X4WT", as shown for reading out.</summary>
    public string Spoken => $"{Value[..4]} {Value[4..]}";

    /// <summary>A new random code that spells no word anybody would be ashamed to send. It may be taken: the database says so.</summary>
    public static ReferralCode New()
    {
        while (true)
        {
            var value = RandomNumberGenerator.GetString(Alphabet, Length);
            if (!ReferralCodeWords.IsOffensive(value))
            {
                return new ReferralCode(value);
            }
        }
    }

    /// <summary>
    /// Reads a typed code. Case, spaces and dashes do not matter; no character is taken for another. Codes that <see cref="New"/> would
    /// not make are read too, as the word list may grow after they were given out.
    /// </summary>
    public static bool TryParse(string? input, [NotNullWhen(true)] out ReferralCode? code)
    {
        var value = TypedSymbols.Read(input, Length, Alphabet, char.ToUpperInvariant);
        code = value is null ? null : new ReferralCode(value);
        return code is not null;
    }

    /// <summary>The stored form.</summary>
    public override string ToString() => Value;
}
