using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Journeys.Reassigning;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

/// <summary>What was reassigned, is to be, and can still be undone.</summary>
public sealed partial class SupportReassignments
{
    private Page<ReassignmentRow>? _page;
    private string? _place;

    [Inject] public required ReassignmentQueries Reassignments { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<ReassignText> L { get; init; }

    protected override Task OnInitializedAsync()
    {
        Follow(RunReassignments.Signal);
        return LoadAsync();
    }

    protected override async Task LoadAsync() => _page = await Reassignments.PageAsync(_place, await Current.GetAsync(), CancellationToken.None);

    private Task GoAsync(string? place)
    {
        _place = place;
        return LoadAsync();
    }

    private string NameOf(string name) => name.Length > 0 ? name : L["Client.Closed"];
}
