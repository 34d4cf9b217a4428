using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations;

/// <summary>The log of runs, which goes on by itself: what each did step by step, or why a condition said no.</summary>
public sealed partial class AutomationRunsPage
{
    private RunPage? _page;
    private RunDetails? _run;
    private RunState? _state;
    private long? _before;
    private string? _told;

    [Inject] public required AutomationRunQueries Queries { get; init; }

    [Inject] public required RetryRun Retry { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<AutomationPagesText> L { get; init; }

    [Inject] public required IStringLocalizer<AutomationsText> A { get; init; }

    /// <summary>Of one automation; null for all.</summary>
    [SupplyParameterFromQuery(Name = "automation")] public long? Automation { get; set; }

    /// <summary>A name of <see cref="RunState"/>; anything else shows all.</summary>
    [SupplyParameterFromQuery(Name = "state")] public string? State { get; set; }

    /// <summary>The run that is open; null for none.</summary>
    [SupplyParameterFromQuery(Name = "run")] public long? Run { get; set; }

    protected override void OnInitialized() => Follow(AutomationQueries.Signal);

    protected override async Task OnParametersSetAsync()
    {
        var state = Enum.TryParse<RunState>(State, ignoreCase: true, out var chosen) && Enum.IsDefined(chosen) ? chosen : (RunState?)null;
        (_before, _state) = (state == _state ? _before : null, state);
        await LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        var actor = await Current.GetAsync();
        _page = await Queries.ListAsync(new RunFilter(Automation, _state), _before, actor, CancellationToken.None);
        _run = Run is { } open ? await Queries.FindAsync(open, actor, CancellationToken.None) : null;
    }

    private static string? Word(RunState? state) => state?.ToString().ToLowerInvariant();

    private static string Who(RunRow row) => string.Join(" · ", new[] { row.ClientName, row.PartnerName }.Where(n => n.Length > 0));

    private Task GoAsync(long? before)
    {
        _before = before;
        return LoadAsync();
    }

    private void Close() => Navigation.NavigateTo(PortalUrls.AutomationRuns(Automation, Word(_state)));

    private async Task RetryAsync()
    {
        var result = await Retry.ExecuteAsync(_run!.Run.Id, await Current.GetAsync(), CancellationToken.None);
        _told = result.Error is { } error ? A.Describe(error) : L["Log.Retry.Done"];
        Close();
    }
}
