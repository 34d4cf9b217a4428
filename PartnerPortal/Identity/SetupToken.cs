namespace PartnerPortal.Identity;

/// <summary>What the one-time address for the owner's first user holds. Printed to the console, where only who runs the server reads; only its hash is kept.</summary>
public sealed class SetupToken
{
    private SetupToken()
    {
    }

    public SetupToken(string tokenHash, DateTime now, DateTime expiresAt) => (TokenHash, CreatedAt, ExpiresAt) = (tokenHash, now, expiresAt);

    public long Id { get; private set; }

    public string TokenHash { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    public DateTime ExpiresAt { get; private set; }
}
