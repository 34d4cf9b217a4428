namespace PartnerPortal.Features.Purchases;

/// <summary>What looked wrong. A signal to be looked at, never a verdict.</summary>
public enum FlagKind
{
    /// <summary>The client and somebody of its partner seem to be the same person.</summary>
    SelfReferral,

    /// <summary>Many clients of a partner registered from one place within hours.</summary>
    Burst,

    /// <summary>Many clients of a partner have addresses of one domain.</summary>
    SameDomain,

    /// <summary>Clients of a partner were refunded soon after it was paid for them.</summary>
    RefundAfterPayout,

    /// <summary>Most of the accounts that a partner created were never signed in to.</summary>
    NeverSignedIn,
}

public enum FlagState
{
    Open,
    Cleared,

    /// <summary>The commissions of at least one of its clients were voided.</summary>
    Voided,
}

/// <summary>In what a client is like its partner.</summary>
[Flags]
public enum FlagMatches
{
    None = 0,

    /// <summary>A person is a member of both.</summary>
    Person = 1,
    Email = 2,
    Phone = 4,
    Payee = 8,

    /// <summary>They signed in from the same place.</summary>
    Source = 16,
}

/// <summary>Something about a partner and clients of its that support is to look at. Meanwhile what these clients' purchases give is not paid out.</summary>
public sealed class ReviewFlag
{
    public const int ReasonLength = 1000;

    private ReviewFlag()
    {
    }

    internal ReviewFlag(FlagKind kind, long partnerId, int count, DateTime now) => (Kind, PartnerId, Count, RaisedAt) = (kind, partnerId, count, now);

    public long Id { get; private set; }

    public FlagKind Kind { get; private set; }

    public FlagState State { get; private set; }

    /// <summary>The partner's account.</summary>
    public long PartnerId { get; private set; }

    /// <summary>Of what made it: clients, refunds or accounts.</summary>
    public int Count { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime RaisedAt { get; private set; }

    /// <summary>UTC; null while it is open.</summary>
    public DateTime? DecidedAt { get; private set; }

    public long? DecidedByUserId { get; private set; }

    /// <summary>In staff's words; the partner reads it. Empty while nothing was decided.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>More of the same, while it is open.</summary>
    internal void Grow(int count) => Count += count;

    /// <summary>A part of it is decided, or all.</summary>
    internal void Decide(string reason, FlagState? state, long? userId, DateTime now)
    {
        (Reason, DecidedByUserId) = (reason, userId);
        if (state is { } closed)
        {
            (State, DecidedAt) = (closed, now);
        }
    }
}

public enum FlaggedState
{
    UnderReview,
    Cleared,
    Voided,
}

/// <summary>One client that a flag is about.</summary>
public sealed class FlaggedClient
{
    private FlaggedClient()
    {
    }

    internal FlaggedClient(ReviewFlag flag, long clientId, FlagMatches matches) =>
        (FlagId, Kind, PartnerId, ClientId, Matches) = (flag.Id, flag.Kind, flag.PartnerId, clientId, matches);

    public long Id { get; private set; }

    public long FlagId { get; private set; }

    /// <summary>The flag's; here too, so that nothing is raised twice.</summary>
    public FlagKind Kind { get; private set; }

    /// <summary>Likewise: what is held is what the client bought while it was this partner's.</summary>
    public long PartnerId { get; private set; }

    public long ClientId { get; private set; }

    public FlagMatches Matches { get; private set; }

    public FlaggedState State { get; private set; }

    internal void Clear() => State = FlaggedState.Cleared;

    internal void Void() => State = FlaggedState.Voided;
}

/// <summary>Staff decided that a purchase gives nobody anything. A fact like a refund: never changed, and reckoned with whenever the purchase is settled.</summary>
public sealed class VoidedPurchase
{
    private VoidedPurchase()
    {
    }

    internal VoidedPurchase(long purchaseId, long flagId, DateTime now) => (PurchaseId, FlagId, At) = (purchaseId, flagId, now);

    public long Id { get; private set; }

    public long PurchaseId { get; private set; }

    public long FlagId { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; private set; }
}
