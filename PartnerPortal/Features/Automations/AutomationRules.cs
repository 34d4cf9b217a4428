using System.Globalization;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Clients;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations;

/// <summary>A form that was found right, as far as that can be said without looking anything up.</summary>
internal sealed record AutomationDraft(string Name, bool ReachesPast, long? Budget, string? Currency, AutomationDefinition Definition);

/// <summary>Holds a form to the limits of each field, and makes a definition of it.</summary>
internal sealed class AutomationRules
{
    public const int MostConditions = 10;
    public const int MostSteps = 20;
    public const int MostValues = 100;
    public const int MostDays = 730;
    public const int TextLength = 200;
    public const int MostCount = 1_000_000;

    private readonly List<AutomationFieldWrong> _errors = [];
    private readonly AutomationForm _form;
    private string? _currency;
    private long? _budget;

    private AutomationRules(AutomationForm form) => _form = form;

    public static Result<AutomationDraft> Read(AutomationForm form)
    {
        var rules = new AutomationRules(form);
        var draft = rules.Draft();
        return rules._errors.Count > 0 ? new AutomationRefused(rules._errors) : draft;
    }

    private bool Grants => _form.Steps.Exists(s => s.Kind is StepKind.Bonus);

    private AutomationDraft Draft()
    {
        var name = _form.Name.Trim();
        if (name.Length is 0 or > Automation.NameLength)
        {
            Wrong("Name", name.Length == 0 ? AutomationProblem.Missing : AutomationProblem.TooLong, most: Automation.NameLength);
        }

        var hasDays = AutomationTriggers.HasDays(_form.Trigger);
        var days = hasDays ? Whole("Days", _form.Days, 1, MostDays) : null;
        if (_form.Steps.Count is 0 or > MostSteps)
        {
            Wrong("Steps", _form.Steps.Count == 0 ? AutomationProblem.Missing : AutomationProblem.TooMany, most: MostSteps);
        }

        if (_form.Conditions.Count > MostConditions)
        {
            Wrong("Conditions", AutomationProblem.TooMany, most: MostConditions);
        }

        if (Grants)
        {
            _currency = Currency(_form.BudgetCurrency, "BudgetCurrency");
            _budget = Positive("Budget", _form.Budget);
        }

        var conditions = _form.Conditions.Select((c, i) => Condition(c, $"Conditions[{i}]")).ToList();
        var steps = _form.Steps.Select((s, i) => Step(s, $"Steps[{i}]")).ToList();
        return new AutomationDraft(name, hasDays && _form.ReachesPast, Grants ? _budget : null, Grants ? _currency : null, new AutomationDefinition(_form.Trigger, (int?)days, conditions, steps));
    }

    private AutomationCondition Condition(ConditionForm typed, string at)
    {
        if (!AutomationTriggers.Allows(_form.Trigger, typed.Kind))
        {
            Wrong(at, AutomationProblem.NotForTrigger);
        }

        var condition = new AutomationCondition(typed.Kind, typed.IsNot);
        if (typed.Kind is ConditionKind.Amount)
        {
            var currency = Currency(typed.Currency, at + ".Currency");
            return Limits(condition with { Currency = currency, Least = Sum(at + ".Least", typed.Least, currency), Most = Sum(at + ".Most", typed.Most, currency) }, at);
        }

        if (typed.Kind is ConditionKind.ClientCount or ConditionKind.PurchaseCount)
        {
            return Limits(condition with { Least = WholeOrNone(at + ".Least", typed.Least, 0, MostCount), Most = WholeOrNone(at + ".Most", typed.Most, 0, MostCount) }, at);
        }

        if (typed.Kind is ConditionKind.NeverSignedIn)
        {
            return condition;
        }

        List<string> values = [.. typed.Values.Select(v => typed.Kind is ConditionKind.Tag ? TagName.Tidy(v) : v.Trim()).Where(v => v.Length > 0).Distinct(StringComparer.Ordinal)];
        if (values.Count is 0 or > MostValues)
        {
            Wrong(at + ".Values", values.Count == 0 ? AutomationProblem.Missing : AutomationProblem.TooMany, most: MostValues);
        }
        else if (!values.TrueForAll(v => IsKnown(typed.Kind, v)))
        {
            Wrong(at + ".Values", typed.Kind is ConditionKind.Tag ? AutomationProblem.TooLong : AutomationProblem.Unknown, most: TagClient.MaxLength);
        }

        return condition with { Values = values };
    }

    private AutomationStep Step(StepForm typed, string at)
    {
        if (!AutomationTriggers.Allows(_form.Trigger, typed.Kind))
        {
            Wrong(at, AutomationProblem.NotForTrigger);
        }
        else if (!AutomationTriggers.Allows(_form.Trigger, typed.Kind, typed.Target))
        {
            Wrong(at + ".Target", AutomationProblem.NotForTrigger);
        }

        var step = new AutomationStep(typed.Kind);
        return typed.Kind switch
        {
            StepKind.Mail => step with { Target = typed.Target, TemplateId = Needed(at + ".TemplateId", typed.TemplateId) },
            StepKind.Bonus => step with { Target = typed.Target, Amount = Positive(at + ".Amount", typed.Amount), Currency = _currency, Text = Text(at + ".Text", typed.Text.Trim(), TextLength) },
            StepKind.Access or StepKind.InviteAgain => step,
            StepKind.Tag => step with { Text = Text(at + ".Text", TagName.Tidy(typed.Text), TagClient.MaxLength) },
            StepKind.Group => step with { GroupId = Needed(at + ".GroupId", typed.GroupId) },
            StepKind.Webhook => step with { EndpointId = Needed(at + ".EndpointId", typed.EndpointId) },
            StepKind.Task => step with { Target = typed.Target, Text = Text(at + ".Text", typed.Text.Trim(), TextLength), Days = (int?)WholeOrNone(at + ".Days", typed.Days, 0, MostDays) },
            StepKind.Wait => step with { Days = (int?)Whole(at + ".Days", typed.Days, 1, MostDays) },
        };
    }

    private AutomationCondition Limits(AutomationCondition condition, string at)
    {
        if (condition is { Least: null, Most: null })
        {
            if (!_errors.Exists(e => e.At.StartsWith(at, StringComparison.Ordinal)))
            {
                Wrong(at + ".Least", AutomationProblem.Missing);
            }
        }
        else if (condition.Least > condition.Most)
        {
            Wrong(at + ".Most", AutomationProblem.LeastAboveMost);
        }

        return condition;
    }

    private static bool IsKnown(ConditionKind kind, string value) => kind switch
    {
        ConditionKind.CameBy => Enum.TryParse<CameBy>(value, out var how) && how.ToString() == value,
        ConditionKind.Partner or ConditionKind.Group => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _),
        ConditionKind.Country => PhoneCountries.Find(value) is not null,
        ConditionKind.Language => Languages.IsSupported(value),
        ConditionKind.Tag => value.Length <= TagClient.MaxLength,
        ConditionKind.Amount or ConditionKind.ClientCount or ConditionKind.PurchaseCount or ConditionKind.NeverSignedIn => false,
    };

    private string Text(string at, string typed, int most)
    {
        if (typed.Length == 0 || typed.Length > most)
        {
            Wrong(at, typed.Length == 0 ? AutomationProblem.Missing : AutomationProblem.TooLong, most: most);
        }

        return typed;
    }

    private long? Needed(string at, long? id)
    {
        if (id is null)
        {
            Wrong(at, AutomationProblem.Missing);
        }

        return id;
    }

    private string? Currency(string typed, string at)
    {
        var currency = typed.Trim().ToUpperInvariant();
        if (Currencies.IsKnown(currency))
        {
            return currency;
        }

        Wrong(at, currency.Length == 0 ? AutomationProblem.Missing : AutomationProblem.UnknownCurrency);
        return null;
    }

    private long? Sum(string at, string typed, string? currency)
    {
        if (typed.Trim().Length == 0 || currency is null)
        {
            return null;
        }

        if (Money.TryRead(typed, currency, out var minor))
        {
            return minor;
        }

        Wrong(at, AutomationProblem.NotASum);
        return null;
    }

    /// <summary>A sum above nothing, in the budget's currency.</summary>
    private long? Positive(string at, string typed)
    {
        var minor = Sum(at, typed, _currency);
        if (typed.Trim().Length == 0 || minor == 0)
        {
            Wrong(at, typed.Trim().Length == 0 ? AutomationProblem.Missing : AutomationProblem.NotASum);
        }

        return minor;
    }

    private long? WholeOrNone(string at, string typed, long least, long most) => typed.Trim().Length == 0 ? null : Whole(at, typed, least, most);

    private long? Whole(string at, string typed, long least, long most)
    {
        if (long.TryParse(typed.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Wrong(at, typed.Trim().Length == 0 ? AutomationProblem.Missing : AutomationProblem.OutOfRange, least, most);
        return null;
    }

    private void Wrong(string at, AutomationProblem problem, long least = 0, long most = 0) => _errors.Add(new AutomationFieldWrong(at, problem, least, most));
}
