using PartnerPortal.Shared;

namespace PartnerPortal.Features.Partners;

public sealed record NoSuchPartner : Error;

/// <summary>Somebody decided before, or the state does not allow it: what it is now.</summary>
public sealed record PartnerStateChanged(PartnerState State) : Error;

/// <summary>A rejection and a suspension need a reason; the partner reads it.</summary>
public sealed record DecisionReasonMissing : Error
{
    public override string Field => "Reason";
}

public sealed record DecisionReasonTooLong(int Limit) : Error
{
    public override string Field => "Reason";
}

/// <param name="AccountId">Who has it.</param>
/// <param name="Name">Its name.</param>
public sealed record ExternalIdTaken(long AccountId, string Name) : Error
{
    public override string Field => nameof(PartnerTerms.ExternalId);
}

public sealed record ExternalIdTooLong(int Limit) : Error
{
    public override string Field => nameof(PartnerTerms.ExternalId);
}

public sealed record NoSuchGroup : Error
{
    public override string Field => nameof(PartnerTerms.GroupId);
}

public sealed record GroupNameMissing : Error
{
    public override string Field => "Name";
}

public sealed record GroupNameTooLong(int Limit) : Error
{
    public override string Field => "Name";
}

public sealed record GroupNameTaken : Error
{
    public override string Field => "Name";
}
