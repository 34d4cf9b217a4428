namespace PartnerPortal.Features.Partners;

/// <summary>How a partner stood from a time on, until the next. Never changed, so that what a late purchase earns can be told.</summary>
public sealed class PartnerStanding
{
    private PartnerStanding()
    {
    }

    internal PartnerStanding(long accountId, PartnerState state, long? groupId, DateTime from) =>
        (AccountId, State, GroupId, From) = (accountId, state, groupId, from);

    public long Id { get; private set; }

    public long AccountId { get; private set; }

    public PartnerState State { get; private set; }

    public long? GroupId { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime From { get; private set; }
}
