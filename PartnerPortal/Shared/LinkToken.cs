namespace PartnerPortal.Shared;

/// <summary>
/// Tokens that stand in links of messages (invitations, confirmations): 32 symbols, 160 random bits, lower case and safe in addresses without escaping
/// (RFC 3986, 2.3). Only the hash is stored.
/// </summary>
public static class LinkToken
{
    /// <summary>The number of symbols.</summary>
    public const int Length = 32;

    /// <summary>A new token.</summary>
    public static string New() => SpokenAlphabet.Random(Length);

    /// <summary>Whether it has a token's form, which spares a look into the database.</summary>
    public static bool IsWellFormed(string? token) =>
        token is { Length: Length } && token.All(symbol => SpokenAlphabet.Symbols.Contains(symbol, StringComparison.Ordinal));

    /// <summary>What is stored and looked up: SHA-256, 64 lower-case hexadecimal digits. Not slow, for the reason given at <see cref="OneTimeSecret.Hash"/>.</summary>
    public static string Hash(string token) => SpokenAlphabet.Hash("link-token", token);
}
