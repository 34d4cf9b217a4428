namespace PartnerPortal.Features.Partners;

public enum PartnerKind
{
    /// <summary>A client who recommends others; becomes one when its link is first used.</summary>
    Referrer,

    /// <summary>Applied or was created, and was approved by staff.</summary>
    Integrator,
}

public enum PartnerState
{
    Applied,
    Active,

    /// <summary>Earns nothing new; its link says so. Its clients stay its clients.</summary>
    Suspended,

    Rejected,

    /// <summary>Ended by staff: its clients were handed over or released. It reads what is its own and is paid what it earned.</summary>
    Closed,
}

/// <summary>That an account is a partner, and in which state. One row an account.</summary>
public sealed class Partner
{
    private readonly List<PartnerStanding> _standings = [];

    private Partner()
    {
    }

    private Partner(long accountId, PartnerKind kind, PartnerState state, DateTime now, long? groupId = null)
    {
        (AccountId, Kind, State, CreatedAt, GroupId) = (accountId, kind, state, now, groupId);
        Keep(now);
    }

    public long AccountId { get; private set; }

    public PartnerKind Kind { get; private set; }

    public PartnerState State { get; private set; }

    public long? GroupId { get; private set; }

    public PartnerGroup? Group { get; private set; }

    /// <summary>What the applicant wrote about itself.</summary>
    public string About { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    /// <summary>UTC; since when it is a partner. Null while it never was.</summary>
    public DateTime? ActiveSince { get; private set; }

    /// <summary>Why it is suspended, rejected or closed, in staff's words; null otherwise.</summary>
    public string? Reason { get; private set; }

    /// <summary>How it stood since when: what it earns depends on how it stood at the purchase's time. Only what is new is in memory.</summary>
    public IReadOnlyCollection<PartnerStanding> Standings => _standings;

    /// <summary>It was approved once: its pages are open to it, also while suspended and when closed.</summary>
    public bool WasApproved => State is PartnerState.Active or PartnerState.Suspended or PartnerState.Closed;

    public static Partner Apply(long accountId, string about, DateTime now) =>
        new(accountId, PartnerKind.Integrator, PartnerState.Applied, now) { About = about };

    public static Partner CreateIntegrator(long accountId, DateTime now) =>
        new(accountId, PartnerKind.Integrator, PartnerState.Active, now) { ActiveSince = now };

    /// <param name="groupId">That takes referrers; null for none.</param>
    public static Partner StartReferring(long accountId, long? groupId, DateTime now) =>
        new(accountId, PartnerKind.Referrer, PartnerState.Active, now, groupId) { ActiveSince = now };

    /// <summary>A referrer, or one who was rejected, applies to be an integrator. False when there is nothing to apply for.</summary>
    public bool ApplyAgain(string about, DateTime now)
    {
        if (State is PartnerState.Rejected || (Kind is PartnerKind.Referrer && State is PartnerState.Active))
        {
            Kind = PartnerKind.Integrator;
            State = PartnerState.Applied;
            About = about;
            CreatedAt = now;
            Reason = null;
            Keep(now);
            return true;
        }

        return false;
    }

    public bool Approve(DateTime now)
    {
        if (State is not (PartnerState.Applied or PartnerState.Rejected))
        {
            return false;
        }

        State = PartnerState.Active;
        Kind = PartnerKind.Integrator;
        ActiveSince ??= now;
        Reason = null;
        Keep(now);
        return true;
    }

    public bool Reject(string reason, DateTime now)
    {
        if (State is not PartnerState.Applied)
        {
            return false;
        }

        State = PartnerState.Rejected;
        Reason = reason;
        Keep(now);
        return true;
    }

    public bool Suspend(string reason, DateTime now)
    {
        if (State is not PartnerState.Active)
        {
            return false;
        }

        State = PartnerState.Suspended;
        Reason = reason;
        Keep(now);
        return true;
    }

    public bool Close(string reason, DateTime now)
    {
        if (State is not (PartnerState.Active or PartnerState.Suspended))
        {
            return false;
        }

        State = PartnerState.Closed;
        Reason = reason;
        Keep(now);
        return true;
    }

    public bool Reinstate(DateTime now)
    {
        if (State is not (PartnerState.Suspended or PartnerState.Closed))
        {
            return false;
        }

        State = PartnerState.Active;
        Reason = null;
        Keep(now);
        return true;
    }

    public void MoveToGroup(long? groupId, DateTime now)
    {
        GroupId = groupId;
        Keep(now);
    }

    private void Keep(DateTime now) => _standings.Add(new PartnerStanding(AccountId, State, GroupId, now));
}

/// <summary>Partners that share terms.</summary>
public sealed class PartnerGroup
{
    private PartnerGroup()
    {
    }

    public PartnerGroup(string name) => Name = name;

    public long Id { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>Clients who recommend come into it; of one group at most, see <see cref="ChooseReferrerGroup"/>.</summary>
    public bool TakesReferrers { get; private set; }
}
