using System.Globalization;
using Microsoft.Extensions.Localization;
using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Automations.Templates;
using PartnerPortal.Shared;

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

    /// <summary>" (49.99 €)": what a condition looked at, as people read it; empty where nothing was found, or only a number that stands nowhere else.</summary>
    public static string Found(this IStringLocalizer<AutomationPagesText> text, ConditionVerdict verdict)
    {
        var words = (verdict.Kind, verdict.Found) switch
        {
            (_, null) or (ConditionKind.Group, _) => null,
            (ConditionKind.Amount, { } sum) => sum.Split(':') is [var minor, var currency] && long.TryParse(minor, CultureInfo.InvariantCulture, out var amount) ? Money.Write(amount, currency) : sum,
            (ConditionKind.CameBy, { } way) => Enum.IsDefined(typeof(CameBy), way) ? text["CameBy." + way].Value : way,
            (ConditionKind.Language, { } language) => Languages.IsSupported(language) ? Languages.NameOf(language) : language,
            (ConditionKind.Partner, { } id) => long.TryParse(id, CultureInfo.InvariantCulture, out var account) ? (AccountNumber.Offset + account).ToString(CultureInfo.InvariantCulture) : id,
            var (_, plain) => plain,
        };
        return words is null ? "" : $" ({words})";
    }

    /// <summary>Why a mail would not go; the words that the log of runs has for it.</summary>
    public static string Sentence(this IStringLocalizer<AutomationsText> text, Error problem) => text.Sentence(problem switch
    {
        NobodyToMail { Reason: NobodyReason.Stopped } => RunProblem.MailStopped,
        NobodyToMail { Reason: NobodyReason.Disabled } => RunProblem.SignInDisabled,
        NobodyToMail => RunProblem.NobodyToMail,
        NoSuchTemplate => RunProblem.NoSuchTemplate,
        TemplateLacks => RunProblem.TemplateLacks,
        _ => throw new InvalidOperationException($"The page does not know {problem}."),
    });

    public static BadgeTone Tone(this RunState state) => state switch
    {
        RunState.Done => BadgeTone.Ok,
        RunState.Failed or RunState.Stopped => BadgeTone.Bad,
        RunState.Running or RunState.Waiting => BadgeTone.Warn,
        RunState.Refused or RunState.Cancelled => BadgeTone.Idle,
    };
}
