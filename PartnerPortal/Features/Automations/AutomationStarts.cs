using PartnerPortal.Features.Automations.Templates;

namespace PartnerPortal.Features.Automations;

/// <summary>An automation to begin with.</summary>
public enum AutomationStart
{
    /// <summary>A new link to who never signed in.</summary>
    Reminder,

    /// <summary>For a partner's third client.</summary>
    Bonus,
}

/// <summary>Automations that are filled in already as far as can be; the owner chooses the rest.</summary>
internal static class AutomationStarts
{
    public static AutomationForm Of(AutomationStart start, string name, IReadOnlyList<MailTemplateRow> templates) => start switch
    {
        AutomationStart.Reminder => new AutomationForm { Name = name, Trigger = AutomationTrigger.ClientCreated, Steps = [new StepForm { Kind = StepKind.Wait, Days = "7" }, new StepForm { Kind = StepKind.Access }] },
        AutomationStart.Bonus => new AutomationForm
        {
            Name = name,
            Trigger = AutomationTrigger.Joined,
            Conditions = [new ConditionForm { Kind = ConditionKind.ClientCount, Least = "3", Most = "3" }],
            Steps = [new StepForm { Kind = StepKind.Bonus, Target = StepTarget.Partner, Text = name }],
        },
    };
}

/// <summary>What a step asks for.</summary>
internal sealed record StepShape(bool HasTemplate = false, bool HasAmount = false, bool HasText = false, bool HasGroup = false, bool HasEndpoint = false, bool HasDays = false)
{
    public static StepShape Of(StepKind kind) => kind switch
    {
        StepKind.Mail => new(HasTemplate: true),
        StepKind.Bonus => new(HasAmount: true, HasText: true),
        StepKind.Tag => new(HasText: true),
        StepKind.Task => new(HasText: true, HasDays: true),
        StepKind.Group => new(HasGroup: true),
        StepKind.Webhook => new(HasEndpoint: true),
        StepKind.Wait => new(HasDays: true),
        StepKind.Access or StepKind.InviteAgain => new(),
    };
}
