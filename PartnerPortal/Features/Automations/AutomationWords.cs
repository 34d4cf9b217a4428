using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations;

/// <summary>Says in words what automations are made of, and how runs stand.</summary>
internal static class AutomationWords
{
    public static string Name(this IStringLocalizer<AutomationsText> text, AutomationTrigger trigger) => text["Trigger." + trigger];

    public static string Name(this IStringLocalizer<AutomationsText> text, ConditionKind condition) => text["Condition." + condition];

    public static string Name(this IStringLocalizer<AutomationsText> text, StepKind step) => text["Step." + step];

    public static string Name(this IStringLocalizer<AutomationsText> text, StepTarget target) => text["Target." + target];

    public static string Name(this IStringLocalizer<AutomationsText> text, AutomationState state) => text["State." + state];

    public static string Name(this IStringLocalizer<AutomationsText> text, RunState state) => text["Run." + state];

    public static string Name(this IStringLocalizer<AutomationsText> text, StepOutcome outcome) => text["Outcome." + outcome];

    /// <summary>Why a step or a run did not do what it was to do.</summary>
    public static string Sentence(this IStringLocalizer<AutomationsText> text, RunProblem problem) => text["Why." + problem];

    /// <summary>What is wrong in a field.</summary>
    public static string Sentence(this IStringLocalizer<AutomationsText> text, AutomationFieldWrong wrong) => text["Wrong." + wrong.Problem, wrong.Least, wrong.Most];

    public static string Describe(this IStringLocalizer<AutomationsText> text, Error error) => error switch
    {
        AutomationRefused => text["Error.Refused"],
        AutomationChangedMeanwhile => text["Error.ChangedMeanwhile"],
        NoSuchAutomation or NoSuchRun => text["Error.Gone"],
        NotFailed => text["Error.NotFailed"],
        NothingChanged => text["Error.Already"],
        NotAllowed => text["Error.NotAllowed"],
        _ => throw new InvalidOperationException($"The page does not know {error}."),
    };
}
