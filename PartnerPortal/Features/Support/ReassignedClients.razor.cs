using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Journeys.Reassigning;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

public sealed partial class ReassignedClients
{
    private Page<ReassignedRow>? _page;
    private string? _place;
    private bool _onlyRefused;
    private int _shown;

    [Inject] public required ReassignmentQueries Reassignments { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required IStringLocalizer<ReassignText> L { get; init; }

    [Parameter, EditorRequired] public long Id { get; set; }

    [Parameter, EditorRequired] public required ReassignmentRow Row { get; set; }

    /// <summary>Counts what changed, so that it is read again.</summary>
    [Parameter, EditorRequired] public int Version { get; set; }

    protected override Task OnParametersSetAsync()
    {
        if (_shown == Version)
        {
            return Task.CompletedTask;
        }

        _shown = Version;
        return LoadAsync();
    }

    private Task FilterAsync(bool onlyRefused)
    {
        (_onlyRefused, _place) = (onlyRefused, null);
        return LoadAsync();
    }

    private Task GoAsync(string? place)
    {
        _place = place;
        return LoadAsync();
    }

    private async Task LoadAsync() => _page = await Reassignments.ClientsAsync(Id, _onlyRefused, _place, await Current.GetAsync(), CancellationToken.None);
}
