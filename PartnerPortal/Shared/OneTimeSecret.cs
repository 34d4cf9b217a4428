using System.Diagnostics.CodeAnalysis;

namespace PartnerPortal.Shared;

/// <summary>
/// A generated password for one sign-in: 18 symbols, exactly 90 random bits (18 × 5), in a form that can be read out on the phone. Only its
/// <see cref="Hash"/> is stored. It is no record and has no telling <see cref="ToString"/>, so that it does not get into a log by accident.
/// </summary>
public sealed class OneTimeSecret
{
    /// <summary>The number of symbols, dashes not counted.</summary>
    public const int Length = 18;

    private readonly string _symbols;

    private OneTimeSecret(string symbols) => _symbols = symbols;

    /// <summary>What the client is sent, in clear: "k7q-m4x-wt9-hrd-3vn-b6c".</summary>
    public string Shown => string.Join('-', _symbols.Chunk(3).Select(group => new string(group)));

    /// <summary>A new secret.</summary>
    public static OneTimeSecret New() => new(SpokenAlphabet.Random(Length));

    /// <summary>Reads a typed secret. Case, spaces and dashes do not matter; no symbol is taken for another.</summary>
    public static bool TryParse(string? input, [NotNullWhen(true)] out OneTimeSecret? secret)
    {
        var symbols = TypedSymbols.Read(input, Length, SpokenAlphabet.Symbols, char.ToLowerInvariant);
        secret = symbols is null ? null : new OneTimeSecret(symbols);
        return secret is not null;
    }

    /// <summary>
    /// What is stored: SHA-256, 64 lower-case hexadecimal digits. A slow hash with a salt protects passwords that people choose, of which a
    /// list can be tried; for 90 random bits there is no list,
    /// and a slow one would only let strangers keep the server busy.
    /// </summary>
    public string Hash() => SpokenAlphabet.Hash("one-time-secret", _symbols);

    /// <summary>Whether this secret has the stored hash, in a time that does not tell how much of it fits.</summary>
    public bool Matches(string storedHash) => FixedTimeEquals(Hash(), storedHash);

    /// <summary>Compares two hashes in a time that does not depend on where they differ.</summary>
    public static bool FixedTimeEquals(string left, string right) => SpokenAlphabet.FixedTimeEquals(left, right);

    /// <summary>Never the secret.</summary>
    public override string ToString() => "(one-time secret)";
}
