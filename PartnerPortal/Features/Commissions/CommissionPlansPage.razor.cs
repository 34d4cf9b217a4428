using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Commissions;

/// <summary>The owner writes the terms of plans, sees at once what they would pay, and says who has them.</summary>
public sealed partial class CommissionPlansPage
{
    private Actor _actor = Actor.Visitor;
    private IReadOnlyList<PlanRow> _plans = [];
    private PlanRow? _plan;
    private PlanForm _form = new();
    private PlanRefused? _problem;
    private string _name = "";
    private DateOnly? _from;
    private string _price = "100.00";
    private string _currency = "EUR";
    private string? _done;
    private string? _next;
    private bool _busy;

    [Inject] public required CommissionPlanQueries Queries { get; init; }

    [Inject] public required PublishPlanVersion Publish { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<CommissionsText> L { get; init; }

    /// <summary>The plan's id; anything else begins a new one.</summary>
    [SupplyParameterFromQuery(Name = "plan")] public string? PlanId { get; set; }

    private PlanExample? Example => _form.Read().Rules is { } rules ? PlanExample.Of(rules, _price, _currency) : null;

    protected override async Task OnInitializedAsync() => _actor = await Current.GetAsync();

    protected override async Task OnParametersSetAsync()
    {
        await LoadAsync();
        (_problem, _name) = (null, "");
        _form = _plan is { Versions: [var newest, ..] } ? PlanForm.Of(newest.Rules) : new PlanForm();
        // The first day of the next month: what people usually mean by "from when".
        var today = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);
        _from = new DateOnly(today.Year, today.Month, 1).AddMonths(1);
    }

    private static string AddressOf(long? plan) => PortalUrls.WithQuery(PortalUrls.AdminCommissionPlans, ("plan", plan?.ToString(CultureInfo.InvariantCulture) ?? "new"));

    private string? Wrong(string field) => _problem is { } problem && problem.OnField == field ? L.Describe(problem.Kind) : null;

    private async Task LoadAsync()
    {
        _plans = await Queries.ListAsync(_actor, CancellationToken.None);
        _plan = _plans.FirstOrDefault(p => p.Id.ToString(CultureInfo.InvariantCulture) == PlanId) ?? (PlanId is null && _plans.Count > 0 ? _plans[0] : null);
    }

    private async Task PublishAsync()
    {
        if (_busy)
        {
            return;
        }

        (_busy, _problem, _done) = (true, null, null);
        try
        {
            var result = await Publish.ExecuteAsync(_plan?.Id, _name, _form, _from, await Current.GetAsync(), CancellationToken.None);
            if (!result.Ok)
            {
                _problem = result.Error as PlanRefused ?? throw new InvalidOperationException($"The page does not know {result.Error}.");
                return;
            }

            var isNew = _plan is null;
            (_done, _next) = isNew ? (L["Done.Created"], L["Done.Created.Next"]) : (L["Done.Published", result.Value.Number], L["Done.Published.Next", Time.Date(result.Value.CountsFrom)]);
            if (isNew)
            {
                Navigation.NavigateTo(AddressOf(result.Value.PlanId));
            }

            await LoadAsync();
        }
        finally
        {
            _busy = false;
        }
    }

    private void ReferrersChosen(string told) => (_done, _next) = (told, L["Done.Referrers.Next"]);

    private async Task AssignedAsync(string told)
    {
        (_done, _next) = (told, L["Done.Assigned.Next"]);
        await LoadAsync();
    }
}
