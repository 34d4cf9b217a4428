using PartnerPortal.Shared;

namespace PartnerPortal.Features.Flags;

public sealed record NoSuchFlag : Error;

/// <summary>A colleague decided before.</summary>
public sealed record FlagDecidedBefore : Error;

/// <summary>No client is chosen.</summary>
public sealed record NoFlaggedClient : Error
{
    public override string Field => nameof(FlagDecision.ClientIds);
}

public sealed record FlagReasonMissing : Error
{
    public override string Field => nameof(FlagDecision.Reason);
}

public sealed record FlagReasonTooLong(int Limit) : Error
{
    public override string Field => nameof(FlagDecision.Reason);
}
