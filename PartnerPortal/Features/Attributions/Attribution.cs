namespace PartnerPortal.Features.Attributions;

/// <summary>How a client came to its partner.</summary>
public enum CameBy
{
    Link,
    Code,
    Qr,

    /// <summary>The partner created the account, and its owner confirmed.</summary>
    Created,

    /// <summary>An account that existed said Yes on the join form.</summary>
    Joined,

    /// <summary>Through the link in a mailed invitation.</summary>
    Invitation,

    /// <summary>Support moved it here.</summary>
    Support,

    /// <summary>The client undid that it had left or switched.</summary>
    Returned,

    /// <summary>It was the partner's client in the system that the program used before.</summary>
    MovedIn,
}

public enum AttributionEnd
{
    /// <summary>The client left and has no partner now.</summary>
    Left,

    /// <summary>The client said Yes to another.</summary>
    Switched,

    /// <summary>Support moved it.</summary>
    Reassigned,

    /// <summary>The client's account was closed.</summary>
    Closed,

    /// <summary>The client took its switch to this partner back.</summary>
    TakenBack,
}

/// <summary>That an account is the client of a partner, from a time to a time. At most one is open for a client; ended ones stay.</summary>
public sealed class Attribution
{
    private Attribution()
    {
    }

    private Attribution(long clientId, long partnerId, CameBy cameBy, DateTime now)
    {
        if (clientId == partnerId)
        {
            throw new InvalidOperationException("Nobody is its own partner.");
        }

        ClientId = clientId;
        PartnerId = partnerId;
        CameBy = cameBy;
        StartedAt = now;
    }

    public long Id { get; private set; }

    /// <summary>The account that is the client.</summary>
    public long ClientId { get; private set; }

    /// <summary>The account that is the partner.</summary>
    public long PartnerId { get; private set; }

    public CameBy CameBy { get; private set; }

    public DateTime StartedAt { get; private set; }

    public DateTime? EndedAt { get; private set; }

    public AttributionEnd? EndedBecause { get; private set; }

    /// <summary>UTC; until then the client can undo that it left or switched, and does neither again. Null for any other end, and where the program has no cooling-off.</summary>
    public DateTime? UndoUntil { get; private set; }

    /// <summary>UTC; until then what the client's purchases earn is held, since the reassignment that opened it can be undone. Null for any other.</summary>
    public DateTime? HoldsUntil { get; private set; }

    /// <summary>UTC; when the reassignment that opened it was undone. Its time is then the other partner's, as if it had not been.</summary>
    public DateTime? UndoneAt { get; private set; }

    /// <summary>Who had been the client's partner before an undone reassignment; null when it had none.</summary>
    public long? InsteadPartnerId { get; private set; }

    /// <summary>Whose what the client buys in its time is; null for nobody's.</summary>
    public long? EarningPartnerId => UndoneAt is null ? PartnerId : InsteadPartnerId;

    public Receipt? Receipt { get; private set; }

    public static Attribution Open(long clientId, long partnerId, CameBy cameBy, Receipt receipt, DateTime now) =>
        new(clientId, partnerId, cameBy, now) { Receipt = receipt };

    /// <summary>It may be undone; see <see cref="HoldsUntil"/>.</summary>
    public void Hold(DateTime until) => HoldsUntil = until;

    /// <summary>The reassignment that opened it is undone. Whether it goes on is another matter.</summary>
    public void Undo(long? insteadPartnerId, DateTime now)
    {
        if (UndoneAt is not null)
        {
            throw new InvalidOperationException("The attribution was undone already.");
        }

        (UndoneAt, InsteadPartnerId) = (now, insteadPartnerId);
    }

    /// <summary>The client may undo its end; see <see cref="UndoUntil"/>.</summary>
    public void LetUndo(DateTime? until) => UndoUntil = until;

    public void End(AttributionEnd because, DateTime now)
    {
        if (EndedAt is not null)
        {
            throw new InvalidOperationException("The attribution has ended already.");
        }

        EndedAt = now;
        EndedBecause = because;
    }
}
