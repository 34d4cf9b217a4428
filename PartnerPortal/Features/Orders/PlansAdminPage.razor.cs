using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PartnerPortal.Components.Ui;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Orders;

/// <summary>The owner says what clients can buy.</summary>
public sealed partial class PlansAdminPage
{
    private IReadOnlyList<PlanRow> _plans = [];
    private PlanRow? _plan;
    private PlanDraft _draft = new();
    private PlanWrong? _problem;
    private string? _done;
    private bool _busy;
    private bool _isLoaded;

    [Inject] public required PlanQueries Queries { get; init; }

    [Inject] public required SavePlan Save { get; init; }

    [Inject] public required ArchivePlan Archive { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required IJSRuntime Js { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<PlansText> L { get; init; }

    /// <summary>The plan's id; anything else begins a new one.</summary>
    [SupplyParameterFromQuery(Name = "plan")] public string? PlanId { get; set; }

    private string Kept => "plan-" + (_plan?.Id.ToString(CultureInfo.InvariantCulture) ?? "new");

    protected override async Task OnParametersSetAsync()
    {
        await LoadAsync();
        _problem = null;
        _draft = _plan is null ? new PlanDraft() : PlanDraft.Of(_plan);
        _isLoaded = RendererInfo.IsInteractive;
    }

    private static string AddressOf(long? plan) => PortalUrls.WithQuery(PortalUrls.AdminPlans, ("plan", plan?.ToString(CultureInfo.InvariantCulture) ?? "new"));

    private string? Wrong(string field) => _problem is { } problem && problem.OnField == field ? L["Fault." + problem.Kind].Value : null;

    private async Task LoadAsync()
    {
        _plans = await Queries.ListAsync(await Current.GetAsync(), CancellationToken.None);
        _plan = _plans.FirstOrDefault(p => p.Id.ToString(CultureInfo.InvariantCulture) == PlanId) ?? (PlanId is null && _plans.Count > 0 ? _plans[0] : null);
    }

    private async Task SaveAsync()
    {
        if (_busy)
        {
            return;
        }

        (_busy, _problem, _done) = (true, null, null);
        try
        {
            var result = await Save.ExecuteAsync(_plan?.Id, _draft, await Current.GetAsync(), CancellationToken.None);
            if (!result.Ok)
            {
                _problem = result.Error as PlanWrong ?? throw new InvalidOperationException($"The page does not know {result.Error}.");
                return;
            }

            await Js.ForgetFormAsync(Kept);
            var isNew = _plan is null;
            _done = L[isNew ? "Admin.Created" : "Admin.Saved", _draft.Name.Trim()].Value;
            if (isNew)
            {
                Navigation.NavigateTo(AddressOf(result.Value));
            }

            await LoadAsync();
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task ArchiveAsync()
    {
        var plan = _plan!;
        var result = await Archive.ExecuteAsync(plan.Id, plan.ArchivedAt is null, await Current.GetAsync(), CancellationToken.None);
        if (!result.Ok)
        {
            throw new InvalidOperationException($"The page does not know {result.Error}.");
        }

        _done = L[plan.ArchivedAt is null ? "Admin.WasArchived" : "Admin.WasRestored", plan.Name].Value;
        await LoadAsync();
    }
}
