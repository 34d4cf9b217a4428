using PartnerPortal.Shared;

namespace PartnerPortal.Features.Program;

/// <summary>The keys themselves: a prefix by which scanners of leaked secrets know them, and 160 random bits.</summary>
internal static class ProgramKeySecret
{
    public const string Prefix = "ppk_";

    /// <summary>How much of a key is kept to tell it from others: 20 of its 160 bits.</summary>
    public const int StartLength = 8;

    public static string New() => Prefix + LinkToken.New();

    public static bool IsWellFormed(string? key) => key is not null && key.StartsWith(Prefix, StringComparison.Ordinal) && LinkToken.IsWellFormed(key[Prefix.Length..]);

    /// <summary>What is stored and looked up. Not slow: that many random bits cannot be guessed.</summary>
    public static string Hash(string key) => SpokenAlphabet.Hash("program-key", key);
}
