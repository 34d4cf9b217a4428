namespace PartnerPortal.Features.Journeys.Reassigning;

public enum ReassignedState
{
    Waiting,
    Refused,
    Moved,

    /// <summary>Put back.</summary>
    Restored,

    /// <summary>It had left or switched by itself: that stays, and the money is put back.</summary>
    LeftMeanwhile,

    /// <summary>Support moved it once more: nothing is put back.</summary>
    MovedAgain,
}

/// <summary>Why a client is not moved; each has a sentence.</summary>
public enum ReassignRefusal
{
    Closed,
    TargetItself,
    AlreadyThere,

    /// <summary>It, or its partner, is an account of who decides.</summary>
    OwnAccount,

    /// <summary>The new partner was not active any more when it was to be moved.</summary>
    TargetInactive,

    /// <summary>It is not the closing partner's any more.</summary>
    NotItsClient,
}

/// <summary>One client of a reassignment, and what became of it. Its step is part of the transaction that moves it, so that each is moved once.</summary>
public sealed class ReassignedClient
{
    private ReassignedClient()
    {
    }

    internal ReassignedClient(long reassignmentId, long clientId) => (ReassignmentId, ClientId) = (reassignmentId, clientId);

    public long Id { get; private set; }

    public long ReassignmentId { get; private set; }

    public long ClientId { get; private set; }

    public ReassignedState State { get; private set; }

    /// <summary>Null unless it was refused.</summary>
    public ReassignRefusal? Refusal { get; private set; }

    /// <summary>Its partner before; null when it had none.</summary>
    public long? FromPartnerId { get; private set; }

    /// <summary>What ended; null when there was none.</summary>
    public long? FromAttributionId { get; private set; }

    /// <summary>What was opened; null while it was not moved, and when it was released.</summary>
    public long? AttributionId { get; private set; }

    /// <summary>It had no sponsor before, and the new partner became it.</summary>
    public bool MadeSponsor { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime? MovedAt { get; private set; }

    internal void Refuse(ReassignRefusal why) => (State, Refusal) = (ReassignedState.Refused, why);

    internal void Move(long? fromPartnerId, long? fromAttributionId, long? attributionId, bool madeSponsor, DateTime now) =>
        (State, FromPartnerId, FromAttributionId, AttributionId, MadeSponsor, MovedAt) = (ReassignedState.Moved, fromPartnerId, fromAttributionId, attributionId, madeSponsor, now);

    internal void PutBack(ReassignedState state) => State = state;
}
