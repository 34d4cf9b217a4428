using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.AccessGrants;

public sealed partial class AccessDiaryView
{
    private DiaryFilter _filter = new(null, null);
    private string? _place;
    private Page<DiaryLine>? _lines;
    private IReadOnlyList<DiaryPerson> _people = [];

    [Inject] public required AccessDiaryQueries Queries { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<AccessText> L { get; init; }

    /// <summary>Its name, for support.</summary>
    [Parameter, EditorRequired] public required string Program { get; set; }

    /// <summary>To filter by.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<AccessRow> Grants { get; set; }

    /// <summary>Nothing is shown while there are none.</summary>
    [Parameter] public bool OnlyWithLines { get; set; }

    private string Csv => PortalUrls.WithQuery(PortalUrls.AccessDiaryCsv, ("person", Text(_filter.UserId)), ("grant", Text(_filter.GrantId)));

    protected override async Task OnInitializedAsync()
    {
        await LoadAsync();
        var own = FormattableString.Invariant($"{(await Current.GetAsync()).AccountId}");
        Follow(AccessGrantBook.ChangedSignal, payload => payload == own);
    }

    protected override async Task LoadAsync()
    {
        var actor = await Current.GetAsync();
        _people = await Queries.PeopleAsync(actor, CancellationToken.None);
        _lines = await Queries.FindAsync(_filter, _place, actor, CancellationToken.None);
    }

    private Task FilterAsync(DiaryFilter filter)
    {
        (_filter, _place) = (filter, null);
        return LoadAsync();
    }

    private Task GoAsync(string? place)
    {
        _place = place;
        return LoadAsync();
    }

    private static string Text(long? id) => id?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static long? Id(ChangeEventArgs change) => long.TryParse(change.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
