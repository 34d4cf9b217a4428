using System.Globalization;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations;

/// <summary>An automation while the owner edits it. Numbers and sums are kept as they were typed, so that a wrong one is not lost.</summary>
public sealed class AutomationForm
{
    /// <summary>Null for a new one.</summary>
    public long? Id { get; set; }

    /// <summary>The version that was opened.</summary>
    public int Version { get; set; }

    public string Name { get; set; } = "";

    public AutomationTrigger Trigger { get; set; }

    /// <summary>Of silence.</summary>
    public string Days { get; set; } = "";

    /// <summary>Of silence: also who is silent that long already.</summary>
    public bool ReachesPast { get; set; }

    /// <summary>For all bonuses together.</summary>
    public string Budget { get; set; } = "";

    public string BudgetCurrency { get; set; } = "";

    public List<ConditionForm> Conditions { get; set; } = [];

    public List<StepForm> Steps { get; set; } = [];

    internal static AutomationForm Of(Automation automation, AutomationDefinition definition) => new()
    {
        Id = automation.Id,
        Version = automation.Version,
        Name = automation.Name,
        Trigger = definition.Trigger,
        Days = Digits(definition.Days),
        ReachesPast = automation.ReachesPast,
        Budget = Sum(automation.Budget, automation.Currency),
        BudgetCurrency = automation.Currency ?? "",
        Conditions = [.. definition.Conditions.Select(c => new ConditionForm
        {
            Kind = c.Kind,
            IsNot = c.IsNot,
            Values = [.. c.Values],
            Least = c.Currency is null ? Digits(c.Least) : Sum(c.Least, c.Currency),
            Most = c.Currency is null ? Digits(c.Most) : Sum(c.Most, c.Currency),
            Currency = c.Currency ?? "",
        })],
        Steps = [.. definition.Steps.Select(s => new StepForm
        {
            Kind = s.Kind,
            Target = s.Target,
            TemplateId = s.TemplateId,
            Amount = Sum(s.Amount, s.Currency),
            Text = s.Text,
            GroupId = s.GroupId,
            EndpointId = s.EndpointId,
            Days = Digits(s.Days),
        })],
    };

    private static string Digits(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Sum(long? minor, string? currency) => minor is { } sum && currency is not null ? Money.WritePlain(sum, currency) : "";
}

/// <summary>A condition while it is edited; see <see cref="AutomationCondition"/>.</summary>
public sealed class ConditionForm
{
    public ConditionKind Kind { get; set; }

    public bool IsNot { get; set; }

    public List<string> Values { get; set; } = [];

    public string Least { get; set; } = "";

    public string Most { get; set; } = "";

    public string Currency { get; set; } = "";
}

/// <summary>A step while it is edited; see <see cref="AutomationStep"/>.</summary>
public sealed class StepForm
{
    public StepKind Kind { get; set; }

    public StepTarget Target { get; set; }

    public long? TemplateId { get; set; }

    /// <summary>In the budget's currency.</summary>
    public string Amount { get; set; } = "";

    public string Text { get; set; } = "";

    public long? GroupId { get; set; }

    public long? EndpointId { get; set; }

    public string Days { get; set; } = "";
}
