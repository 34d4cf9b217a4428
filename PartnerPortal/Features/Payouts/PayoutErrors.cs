using PartnerPortal.Shared;

namespace PartnerPortal.Features.Payouts;

/// <summary>Somebody else was faster, or the page is old: its state is another now. Nothing was changed.</summary>
public sealed record PayoutMoved(PayoutState State) : Error;

public sealed record NoSuchPayout : Error;

/// <summary>Whoever asked for it approves it not.</summary>
public sealed record SecondPersonNeeded : Error;

public sealed record FailureReasonMissing : Error
{
    public override string Field => nameof(Payout.FailureReason);
}

public sealed record FailureReasonTooLong(int Limit) : Error
{
    public override string Field => nameof(Payout.FailureReason);
}

/// <summary>All of the bank file is marked already.</summary>
public sealed record NothingInFile : Error;

/// <summary>None is approved, or only of the actor's own accounts.</summary>
public sealed record NothingToExport : Error;
