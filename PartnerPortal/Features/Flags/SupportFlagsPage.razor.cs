using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Flags;

/// <summary><c>/support/flags</c>: what looked wrong and waits for somebody to look, and what was decided.</summary>
public sealed partial class SupportFlagsPage
{
    private FlagState _state;
    private IReadOnlyDictionary<FlagState, int> _counts = new Dictionary<FlagState, int>();
    private Page<FlagRow>? _page;
    private string? _place;

    [Inject] public required FlagDeskQueries Queries { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<FlagsText> L { get; init; }

    /// <summary>A name of <see cref="FlagState"/>; anything else shows the open ones.</summary>
    [SupplyParameterFromQuery(Name = "state")] public string? State { get; set; }

    protected override void OnInitialized() => Follow(RaiseFlags.Signal);

    protected override async Task OnParametersSetAsync()
    {
        _state = Enum.TryParse<FlagState>(State, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : FlagState.Open;
        _place = null;
        await LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        var actor = await Current.GetAsync();
        _counts = await Queries.CountsAsync(actor, CancellationToken.None);
        _page = await Queries.PageAsync(_state, _place, actor, CancellationToken.None);
    }

    private Task GoAsync(string? place)
    {
        _place = place;
        return LoadAsync();
    }

    private string NameOf(string name) => name.Length > 0 ? name : L["Closed"];
}
