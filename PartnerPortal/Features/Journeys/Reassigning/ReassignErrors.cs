using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Reassigning;

public sealed record NoSuchReassignment : Error;

/// <summary>Nobody is chosen, or nobody matches.</summary>
public sealed record NobodyChosen : Error;

/// <summary>The partner to be closed is not in a state for it, or was closed before.</summary>
public sealed record NothingToClose : Error;

public sealed record TooManyChosen(int Most) : Error;

/// <summary>It was decided, cancelled or undone meanwhile, or the time to undo it is over.</summary>
public sealed record ReassignmentMovedOn(ReassignmentState State) : Error;

/// <summary>A reassignment is never backdated.</summary>
public sealed record StartIsPast : Error
{
    public override string Field => nameof(ReassignChoice.StartsAt);
}
