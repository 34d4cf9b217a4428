using PartnerPortal.Identity;

namespace PartnerPortal.Features.Accounts;

/// <summary>A user's part in an account.</summary>
public sealed class Member
{
    private Member()
    {
    }

    public Member(Account account, PortalUser user, MemberRole role, DateTime now) =>
        (Account, User, Role, JoinedAt) = (account, user, role, now);

    public Member(long accountId, long userId, MemberRole role, DateTime now) =>
        (AccountId, UserId, Role, JoinedAt) = (accountId, userId, role, now);

    public long Id { get; private set; }

    public long AccountId { get; private set; }

    public Account? Account { get; private set; }

    public long UserId { get; private set; }

    public PortalUser? User { get; private set; }

    public MemberRole Role { get; private set; }

    public DateTime JoinedAt { get; private set; }

    public void ChangeRole(MemberRole role) => Role = role;
}

/// <summary>An invitation of a colleague into an account. Its token is mailed; only its hash is kept.</summary>
public sealed class MemberInvitation
{
    private MemberInvitation()
    {
    }

    public MemberInvitation(long accountId, string email, string normalizedEmail, MemberRole role, string tokenHash, long invitedByUserId, DateTime now, DateTime expiresAt)
    {
        AccountId = accountId;
        Email = email;
        NormalizedEmail = normalizedEmail;
        Role = role;
        TokenHash = tokenHash;
        InvitedByUserId = invitedByUserId;
        CreatedAt = now;
        ExpiresAt = expiresAt;
    }

    public long Id { get; private set; }

    public long AccountId { get; private set; }

    public string Email { get; private set; } = "";

    public string NormalizedEmail { get; private set; } = "";

    public MemberRole Role { get; private set; }

    public string TokenHash { get; private set; } = "";

    public long InvitedByUserId { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime ExpiresAt { get; private set; }

    public DateTime? AcceptedAt { get; private set; }

    public DateTime? WithdrawnAt { get; private set; }

    public bool IsOpen(DateTime now) => AcceptedAt is null && WithdrawnAt is null && now < ExpiresAt;

    public void Accept(DateTime now) => AcceptedAt = IsOpen(now) ? now : throw new InvalidOperationException("The invitation is not open.");

    public void Withdraw(DateTime now) => WithdrawnAt ??= now;

    /// <summary>A new link by a new mail; the old one stops working. False when it was answered or withdrawn.</summary>
    public bool SendAgain(string tokenHash, DateTime expiresAt)
    {
        if (AcceptedAt is not null || WithdrawnAt is not null)
        {
            return false;
        }

        TokenHash = tokenHash;
        ExpiresAt = expiresAt;
        return true;
    }
}
