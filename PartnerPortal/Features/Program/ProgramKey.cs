namespace PartnerPortal.Features.Program;

/// <summary>What a key may do.</summary>
public static class ProgramScopes
{
    /// <summary>Post purchases and refunds.</summary>
    public const string PurchasesWrite = "purchases:write";

    public static IReadOnlyList<string> All { get; } = [PurchasesWrite];
}

/// <summary>A key with which a machine of the program signs in. The key itself is shown once; only its hash is kept.</summary>
public sealed class ProgramKey
{
    public const int NameLength = 100;

    private ProgramKey()
    {
    }

    internal ProgramKey(string name, string scope, string start, string hash, DateTime now) =>
        (Name, Scope, Start, Hash, CreatedAt) = (name, scope, start, hash, now);

    public long Id { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>One of <see cref="ProgramScopes"/>.</summary>
    public string Scope { get; private set; } = "";

    /// <summary>How the key begins, to tell keys apart; far too little to guess the rest.</summary>
    public string Start { get; private set; } = "";

    /// <summary>Of the whole key; 64 hexadecimal digits.</summary>
    public string Hash { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    /// <summary>UTC, to the minute; null while it was never used.</summary>
    public DateTime? LastUsedAt { get; private set; }

    /// <summary>UTC; null while it works.</summary>
    public DateTime? RevokedAt { get; private set; }

    internal void Use(DateTime now) => LastUsedAt = now;

    /// <summary>False when it had been revoked before.</summary>
    public bool Revoke(DateTime now)
    {
        if (RevokedAt is not null)
        {
            return false;
        }

        RevokedAt = now;
        return true;
    }
}
