using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations;

/// <summary>What runs by itself, and which one runs after a registration.</summary>
public sealed partial class AutomationsPage
{
    private IReadOnlyList<AutomationRow>? _rows;
    private long? _after;
    private Error? _error;
    private string? _told;

    [Inject] public required AutomationQueries Queries { get; init; }

    [Inject] public required ChooseRegistrationAutomation Choose { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<AutomationPagesText> L { get; init; }

    [Inject] public required IStringLocalizer<AutomationsText> A { get; init; }

    protected override Task OnInitializedAsync()
    {
        Follow(AutomationQueries.Signal);
        return LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        var actor = await Current.GetAsync();
        _after = await Queries.AfterRegistrationAsync(actor, CancellationToken.None);
        _rows = await Queries.ListAsync(actor, CancellationToken.None);
    }

    private string Told(AutomationRow row) => L.Tell(A, row.Trigger, row.Days?.ToString(CultureInfo.CurrentCulture) ?? "", row.Conditions.Select(c => c.Kind), row.Steps.Select(s => s.Kind));

    private async Task ChooseAsync(ChangeEventArgs e)
    {
        var chosen = long.TryParse(e.Value as string, CultureInfo.InvariantCulture, out var id) ? id : (long?)null;
        var result = await Choose.ExecuteAsync(chosen, await Current.GetAsync(), CancellationToken.None);
        (_error, _told) = (result.Error is NothingChanged ? null : result.Error, result.Ok ? L[chosen is null ? "After.Done.None" : "After.Done"].Value : null);
        await RefreshAsync();
    }
}
