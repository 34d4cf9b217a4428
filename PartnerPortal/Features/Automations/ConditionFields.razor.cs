using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Partners;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations;

/// <summary>A condition while it is edited.</summary>
public sealed partial class ConditionFields
{
    private readonly string _id = $"if-{Guid.NewGuid():N}";
    private string _values = "";

    [Inject] public required IStringLocalizer<AutomationPagesText> L { get; init; }

    [Inject] public required IStringLocalizer<AutomationsText> A { get; init; }

    /// <summary>From 0.</summary>
    [Parameter] public int Number { get; set; }

    [Parameter, EditorRequired] public required ConditionForm Form { get; set; }

    [Parameter] public AutomationTrigger Trigger { get; set; }

    [Parameter] public IReadOnlyList<GroupOption> Groups { get; set; } = [];

    /// <summary>What is wrong at a place of the form; null for nothing.</summary>
    [Parameter, EditorRequired] public required Func<string, string?> Wrong { get; set; }

    [Parameter] public EventCallback OnRemove { get; set; }

    private string At => $"Conditions[{Number}]";

    private bool IsTyped => Form.Kind is ConditionKind.Partner or ConditionKind.Country or ConditionKind.Tag;

    private string ValuesHint => Form.Kind switch
    {
        ConditionKind.Partner => L["If.Partner.Hint"],
        ConditionKind.Country => L["If.Country.Hint"],
        _ => L["If.Tag.Hint"],
    };

    /// <summary>Null where the values are typed, or there are none.</summary>
    private IReadOnlyList<(string Value, string Name)>? Choices => Form.Kind switch
    {
        ConditionKind.CameBy => [.. Enum.GetValues<CameBy>().Select(c => (c.ToString(), L["CameBy." + c].Value))],
        ConditionKind.Language => [.. Languages.All.Select(l => (l, Languages.NameOf(l)))],
        ConditionKind.Group => [.. Groups.Select(g => (g.Id.ToString(CultureInfo.InvariantCulture), g.Name))],
        _ => null,
    };

    private string IsNot
    {
        get => Form.IsNot ? "yes" : "no";
        set => Form.IsNot = value is "yes";
    }

    protected override void OnInitialized() =>
        _values = string.Join(", ", Form.Values.Select(v => Form.Kind is ConditionKind.Partner && long.TryParse(v, CultureInfo.InvariantCulture, out var id) ? (AccountNumber.Offset + id).ToString(CultureInfo.InvariantCulture) : v));

    private void Clear()
    {
        (Form.Values, Form.Least, Form.Most, _values) = ([], "", "", "");
    }

    private void Choose(string value, bool on)
    {
        Form.Values.Remove(value);
        if (on)
        {
            Form.Values.Add(value);
        }
    }

    /// <summary>Partners are typed by their numbers, which stand on their pages, and kept by their ids.</summary>
    private void Type(string typed)
    {
        _values = typed;
        Form.Values = [.. typed.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(v => Form.Kind switch
        {
            ConditionKind.Partner when long.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > AccountNumber.Offset => (number - AccountNumber.Offset).ToString(CultureInfo.InvariantCulture),
            ConditionKind.Country => v.ToUpperInvariant(),
            _ => v,
        })];
    }
}
