namespace PartnerPortal.Identity;

/// <summary>
/// What a created client gets by mail: a generated password to read out, and a link; either lets its holder choose a password, once.
/// Neither is ever the account's password. Only hashes are kept: the secrets have 90 and 160 random bits, so a fast hash is enough.
/// </summary>
public sealed class OneTimeCredential
{
    private OneTimeCredential()
    {
    }

    public OneTimeCredential(long userId, string? secretHash, string tokenHash, DateTime now, DateTime expiresAt) =>
        (UserId, SecretHash, TokenHash, CreatedAt, ExpiresAt) = (userId, secretHash, tokenHash, now, expiresAt);

    public long Id { get; private set; }

    public long UserId { get; private set; }

    /// <summary>Of the generated password; null when the program sends the link only.</summary>
    public string? SecretHash { get; private set; }

    /// <summary>Of the link's token.</summary>
    public string TokenHash { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    public DateTime ExpiresAt { get; private set; }

    public DateTime? UsedAt { get; private set; }

    /// <summary>Set when a newer one was sent, or the account lapsed.</summary>
    public DateTime? VoidedAt { get; private set; }

    public bool IsUsable(DateTime now) => UsedAt is null && VoidedAt is null && now < ExpiresAt;

    public void Use(DateTime now)
    {
        if (!IsUsable(now))
        {
            throw new InvalidOperationException("A one-time credential was used that no longer works.");
        }

        UsedAt = now;
    }

    public void Void(DateTime now) => VoidedAt ??= now;
}
