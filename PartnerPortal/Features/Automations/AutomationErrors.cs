using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations;

public enum AutomationProblem
{
    Missing,
    TooLong,

    /// <summary>No whole number, or outside the limits.</summary>
    OutOfRange,
    NotASum,
    UnknownCurrency,

    /// <summary>What is meant is not there (any more).</summary>
    Unknown,

    /// <summary>Does not go with what the automation begins with.</summary>
    NotForTrigger,

    /// <summary>The template names what such an event does not have.</summary>
    WrongOccasion,
    TooMany,
    LeastAboveMost,
}

/// <param name="At">The place in the form: "Name", "Conditions[0].Values", "Steps[2].Text" …</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Least">The lower limit, where there is one.</param>
/// <param name="Most">The upper limit.</param>
public sealed record AutomationFieldWrong(string At, AutomationProblem Problem, long Least = 0, long Most = 0) : Error
{
    public override string Field => At;
}

/// <summary>Something is wrong with the form; nothing was saved.</summary>
public sealed record AutomationRefused(IReadOnlyList<AutomationFieldWrong> Errors) : Error;

/// <summary>Somebody else saved after the form was opened; nothing was saved.</summary>
public sealed record AutomationChangedMeanwhile : Error;

/// <summary>Not there (any more).</summary>
public sealed record NoSuchAutomation : Error;

public sealed record NoSuchRun : Error;

/// <summary>Only what failed is tried again, and not of a deleted automation.</summary>
public sealed record NotFailed : Error;

/// <summary>It is in that state already.</summary>
public sealed record NothingChanged : Error;
