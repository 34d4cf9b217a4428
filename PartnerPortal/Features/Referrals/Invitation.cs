namespace PartnerPortal.Features.Referrals;

public enum InvitationKind
{
    /// <summary>"Send by e-mail" in the invite dialog.</summary>
    Mailed,

    /// <summary>"Create a client": the mail brings credentials, or the join form when the address has an account already.</summary>
    Created,
}

public enum InvitationState
{
    /// <summary>Waits for the worker that writes its mail.</summary>
    Queued,

    Sent,

    /// <summary>Its link was opened.</summary>
    Followed,

    Accepted,
    Declined,
    Expired,
    Withdrawn,
}

/// <summary>One person invited by a partner, with a link of its own.</summary>
public sealed class Invitation
{
    private Invitation()
    {
    }

    public Invitation(InvitationKind kind, long partnerId, long? createdByUserId, string email, string normalizedEmail, string? name, string language, string token, DateTime now, DateTime expiresAt)
    {
        Kind = kind;
        PartnerId = partnerId;
        CreatedByUserId = createdByUserId;
        Email = email;
        NormalizedEmail = normalizedEmail;
        Name = name;
        Language = language;
        Token = token;
        CreatedAt = now;
        ExpiresAt = expiresAt;
    }

    public long Id { get; private set; }

    public InvitationKind Kind { get; private set; }

    public InvitationState State { get; private set; }

    public long PartnerId { get; private set; }

    public long? CreatedByUserId { get; private set; }

    /// <summary>As typed by the partner.</summary>
    public string Email { get; private set; } = "";

    public string NormalizedEmail { get; private set; } = "";

    public string? Name { get; private set; }

    public string Language { get; private set; } = "";

    /// <summary>Tells invitations apart in links. It opens nothing by itself: who follows it still signs in and says Yes.</summary>
    public string Token { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    public DateTime ExpiresAt { get; private set; }

    public DateTime? SentAt { get; private set; }

    public DateTime? FollowedAt { get; private set; }

    public DateTime? AnsweredAt { get; private set; }

    /// <summary>The account that answered, or that was created for it. Never shown to the partner before a Yes.</summary>
    public long? ClientId { get; private set; }

    /// <summary>How often its mail was sent or asked for.</summary>
    public int Sendings { get; private set; }

    /// <summary>The account was made for this invitation. One whose address had an account already was only asked.</summary>
    public bool MadeAccount(long accountId) => Kind is InvitationKind.Created && ClientId == accountId;

    public bool IsOpen(DateTime now) => State is InvitationState.Queued or InvitationState.Sent or InvitationState.Followed && now < ExpiresAt;

    public void Sent(DateTime now, long? clientId)
    {
        if (State is InvitationState.Queued)
        {
            State = FollowedAt is null ? InvitationState.Sent : InvitationState.Followed;
        }

        SentAt = now;
        Sendings++;
        ClientId ??= clientId;
    }

    /// <summary>The partner asks for the mail once more; also brings back an expired one.</summary>
    public bool SendAgain(DateTime now, DateTime expiresAt)
    {
        if (State is InvitationState.Accepted or InvitationState.Declined or InvitationState.Withdrawn || Email.Length == 0)
        {
            return false;
        }

        State = InvitationState.Queued;
        ExpiresAt = expiresAt;
        return true;
    }

    public void Follow(DateTime now)
    {
        FollowedAt ??= now;
        if (State is InvitationState.Sent)
        {
            State = InvitationState.Followed;
        }
    }

    public void Accept(long clientId, DateTime now) => Answer(InvitationState.Accepted, clientId, now);

    public void Decline(long clientId, DateTime now) => Answer(InvitationState.Declined, clientId, now);

    public bool Withdraw(DateTime now)
    {
        if (State is InvitationState.Accepted or InvitationState.Declined or InvitationState.Withdrawn)
        {
            return false;
        }

        State = InvitationState.Withdrawn;
        AnsweredAt = now;
        return true;
    }

    public void Expire() => State = State is InvitationState.Queued or InvitationState.Sent or InvitationState.Followed
        ? InvitationState.Expired
        : throw new InvalidOperationException("Only an open invitation expires.");

    /// <summary>Nobody said Yes, and it is long ago: whom it was for is forgotten.</summary>
    public void Forget() => (Email, NormalizedEmail, Name) = ("", "", null);

    private void Answer(InvitationState state, long clientId, DateTime now)
    {
        State = state;
        ClientId = clientId;
        AnsweredAt = now;
    }
}
