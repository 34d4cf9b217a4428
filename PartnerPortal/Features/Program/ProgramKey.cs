namespace PartnerPortal.Features.Program;

/// <summary>A key with which a machine signs in: the program's own, or a partner's. The key itself is shown once; only its hash is kept.</summary>
public sealed class ProgramKey
{
    public const int NameLength = 100;

    /// <summary>Of all scopes of either kind in a row, with room.</summary>
    public const int ScopeLength = 400;

    private ProgramKey()
    {
    }

    internal ProgramKey(string name, long? accountId, IEnumerable<string> scopes, DateTime? expiresAt, (string Start, string Hash) secret, DateTime now) =>
        (Name, AccountId, Scope, ExpiresAt, Start, Hash, CreatedAt) = (name, accountId, string.Join(' ', scopes), expiresAt, secret.Start, secret.Hash, now);

    public long Id { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>The partner whose machine it is; null for a machine of the program.</summary>
    public long? AccountId { get; private set; }

    /// <summary>Of <see cref="ProgramScopes"/> or <see cref="PartnerScopes"/>, with a space between them.</summary>
    public string Scope { get; private set; } = "";

    /// <summary>How the key begins, to tell keys apart; far too little to guess the rest.</summary>
    public string Start { get; private set; } = "";

    /// <summary>Of the whole key; 64 hexadecimal digits.</summary>
    public string Hash { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    /// <summary>UTC; null when it works until it is revoked.</summary>
    public DateTime? ExpiresAt { get; private set; }

    /// <summary>UTC, to the minute; null while it was never used.</summary>
    public DateTime? LastUsedAt { get; private set; }

    /// <summary>UTC; null while it works.</summary>
    public DateTime? RevokedAt { get; private set; }

    /// <summary>The scope is among the key's.</summary>
    public bool May(string scope)
    {
        foreach (var range in Scope.AsSpan().Split(' '))
        {
            if (Scope.AsSpan(range).SequenceEqual(scope))
            {
                return true;
            }
        }

        return false;
    }

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
