using Microsoft.Extensions.Localization;
using PartnerPortal.Components.Ui;

namespace PartnerPortal.Features.Automations;

/// <summary>Says in a sentence what an automation does, and marks how runs stand.</summary>
internal static class AutomationPageWords
{
    /// <summary>"When: No sign-in for some days (7). Only if: Language. Then: Wait; Send a new one-time link."</summary>
    public static string Tell(
        this IStringLocalizer<AutomationPagesText> text, IStringLocalizer<AutomationsText> names, AutomationTrigger trigger, string days, IEnumerable<ConditionKind> conditions, IEnumerable<StepKind> steps)
    {
        var begins = AutomationTriggers.HasDays(trigger) && days.Length > 0 ? $"{names.Name(trigger)} ({days})" : names.Name(trigger);
        var when = text["Tell.When", begins].Value;
        var only = conditions.Select(c => names.Name(c)).ToList() is { Count: > 0 } some ? text["Tell.If", string.Join("; ", some)].Value : "";
        var then = steps.Select(s => names.Name(s)).ToList() is { Count: > 0 } all ? text["Tell.Then", string.Join("; ", all)].Value : text["Tell.Nothing"].Value;
        return string.Join(' ', new[] { when, only, then }.Where(p => p.Length > 0));
    }

    public static BadgeTone Tone(this RunState state) => state switch
    {
        RunState.Done => BadgeTone.Ok,
        RunState.Failed or RunState.Stopped => BadgeTone.Bad,
        RunState.Running or RunState.Waiting => BadgeTone.Warn,
        RunState.Refused or RunState.Cancelled => BadgeTone.Idle,
    };
}
