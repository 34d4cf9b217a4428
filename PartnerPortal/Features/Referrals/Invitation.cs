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

    /// <summary>UTC; the mail provider says that the latest mail arrived. Null when it did not say so.</summary>
    public DateTime? DeliveredAt { get; private set; }

    /// <summary>UTC; the latest mail came back, or the partner says so. Null while nothing is known of it.</summary>
    public DateTime? BouncedAt { get; private set; }

    /// <summary>UTC; somebody registered by its link and agreed to the partner, and has yet to confirm the address.</summary>
    public DateTime? RegisteredAt { get; private set; }

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
        (DeliveredAt, BouncedAt) = (null, null);
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
        BouncedAt = null;
        if (State is InvitationState.Sent)
        {
            State = InvitationState.Followed;
        }
    }

    /// <summary>Waited so long for its partner's turn that it would have no time left once sent.</summary>
    public void Renew(DateTime expiresAt) => ExpiresAt = expiresAt > ExpiresAt ? expiresAt : ExpiresAt;

    /// <summary>Somebody registered by its link, and agreed.</summary>
    public void Register(DateTime now) => RegisteredAt ??= now;

    /// <summary>The provider says that the latest mail arrived.</summary>
    /// <returns>False when it is known, or the mail was not sent.</returns>
    public bool Deliver(DateTime now)
    {
        if (SentAt is null || DeliveredAt is not null)
        {
            return false;
        }

        (DeliveredAt, BouncedAt) = (now, null);
        return true;
    }

    /// <summary>The latest mail came back.</summary>
    /// <returns>False when that is known, or the link was opened after all.</returns>
    public bool Bounce(DateTime now)
    {
        if (State is not (InvitationState.Sent or InvitationState.Expired) || BouncedAt is not null)
        {
            return false;
        }

        (BouncedAt, DeliveredAt) = (now, null);
        return true;
    }

    /// <summary>It had not come back after all.</summary>
    public bool Unbounce()
    {
        var was = BouncedAt is not null;
        BouncedAt = null;
        return was;
    }

    /// <summary>The person wants no invitations of this partner any more, and need not sign in to say so.</summary>
    /// <returns>False when it was answered before.</returns>
    public bool Refuse(DateTime now)
    {
        if (State is InvitationState.Accepted or InvitationState.Declined or InvitationState.Withdrawn)
        {
            return false;
        }

        (State, AnsweredAt) = (InvitationState.Declined, now);
        return true;
    }

    /// <summary>Takes back <see cref="Refuse"/>.</summary>
    /// <returns>False when there is nothing to take back, or an account said No since.</returns>
    public bool TakeBackRefusal(DateTime expiresAt)
    {
        if (State is not InvitationState.Declined || (ClientId is not null && Kind is not InvitationKind.Created) || Email.Length == 0)
        {
            return false;
        }

        State = SentAt is null ? InvitationState.Queued : FollowedAt is null ? InvitationState.Sent : InvitationState.Followed;
        AnsweredAt = null;
        Renew(expiresAt);
        return true;
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
