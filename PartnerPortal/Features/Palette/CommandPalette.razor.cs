using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PartnerPortal.Components;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Palette;

/// <summary>Goes to any page, client or action that its reader may use. Pages and actions are there at every key, records once typing pauses.</summary>
public sealed partial class CommandPalette : IAsyncDisposable
{
    /// <summary>More were never kept.</summary>
    private const int Remembered = 6;

    private readonly CancellationTokenSource _gone = new();
    private CancellationTokenSource? _search;
    private ElementReference _dialog;
    private IJSObjectReference? _script;
    private DotNetObjectReference<CommandPalette>? _self;
    private Typing? _typing;
    private Actor _actor = Actor.Visitor;
    private SearchQuery _query = SearchQuery.Parse(null);
    private string _typed = "";
    private string _said = "";
    private bool _searching;
    private int _count;
    private IReadOnlyList<PaletteEntry> _offered = [];
    private IReadOnlyList<PaletteEntry> _recent = [];
    private IReadOnlyList<PaletteGroup> _found = [];
    private IReadOnlyList<PaletteGroup> _groups = [];

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required PaletteQueries Queries { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    [Inject] public required IJSRuntime Js { get; init; }

    [Inject] public required IStringLocalizer<PaletteText> L { get; init; }

    /// <summary>Addresses chosen before, the latest first, as JSON from the browser: anything may stand in it.</summary>
    [Parameter, EditorRequired] public required string Chosen { get; set; }

    [Parameter] public EventCallback OnClose { get; set; }

    private Typing Typed => _typing ??= new Typing(Clock, TimeSpan.FromMilliseconds(150));

    private string Hint => _actor switch
    {
        { IsStaff: true } => L["Hint.Staff"],
        { IsPartner: true } => L["Hint.Partner"],
        _ => L["Hint"],
    };

    /// <summary>Called by the browser when the dialog is closed.</summary>
    [JSInvokable]
    public Task OnClosed() => InvokeAsync(OnClose.InvokeAsync);

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        _search?.Dispose();
        _gone.Dispose();
        _self?.Dispose();
        try
        {
            await (_script?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its script with it.
        }
    }

    protected override async Task OnInitializedAsync()
    {
        _actor = await Current.GetAsync(_gone.Token);
        _offered = Offer(_actor);
        var chosen = Read(Chosen);
        var clients = await Queries.ClientsAtAsync(chosen, _actor, _gone.Token);
        _recent = [.. chosen.Select(c => clients.TryGetValue(c, out var row) ? Of(row) : _offered.FirstOrDefault(o => o.IsRemembered && o.Href == c)).OfType<PaletteEntry>()];
        Arrange();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // Once there is something to show.
        if (_script is null && _self is null && _groups.Count > 0)
        {
            _self = DotNetObjectReference.Create(this);
            _script = await Js.InvokeAsync<IJSObjectReference>("import", "/js/palette.js");
            await _script.InvokeVoidAsync("open", _dialog, _self);
        }
    }

    private static List<string> Read(string json)
    {
        try
        {
            return [.. (JsonSerializer.Deserialize<string?[]>(json) ?? []).OfType<string>().Distinct(StringComparer.Ordinal).Take(Remembered)];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private async Task SearchAsync(ChangeEventArgs change)
    {
        _typed = change.Value as string ?? "";
        _query = SearchQuery.Parse(_typed);
        var ct = NextSearch();
        _searching = !_query.IsEmpty && (_actor.IsPartner || _actor.IsStaff);
        _found = _searching ? _found : [];
        Arrange();
        StateHasChanged();
        try
        {
            if (!await Typed.HasPausedAsync(ct))
            {
                return;
            }

            if (_searching)
            {
                // Asked anew: what the reader may do can have changed since the palette was opened.
                var actor = await Current.GetAsync(ct);
                var found = await Queries.FindAsync(_typed, actor, ct);
                ct.ThrowIfCancellationRequested();
                _found = Say(found, _typed);
                _searching = false;
                Arrange();
            }

            _said = _count == 0 ? L["None", _typed.Trim()] : L.Counted("Count", _count);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // More was typed, or it was closed: another search answers.
        }
    }

    /// <summary>Ends the search before.</summary>
    private CancellationToken NextSearch()
    {
        _search?.Cancel();
        _search?.Dispose();
        _search = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        return _search.Token;
    }

    private void Arrange()
    {
        if (_query.IsEmpty)
        {
            var rest = _offered.Where(o => !_recent.Any(r => r.Href is not null && r.Href == o.Href)).ToList();
            _groups = Filled([new("recent", L["Group.Recent"], _recent), Offered(rest, isPage: true), Offered(rest, isPage: false)]);
        }
        else
        {
            var fitting = _offered.Select(o => (Entry: o, Rank: o.RankOf(_query))).Where(o => o.Rank is not null).OrderBy(o => o.Rank).Select(o => o.Entry).ToList();
            _groups = Filled([Offered(fitting, isPage: true), Offered(fitting, isPage: false), .. _found]);
        }

        _count = _groups.Sum(g => g.Entries.Count);

        static IReadOnlyList<PaletteGroup> Filled(IEnumerable<PaletteGroup> groups) => [.. groups.Where(g => g.Entries.Count > 0)];
    }

    private PaletteGroup Offered(IEnumerable<PaletteEntry> entries, bool isPage) =>
        new(isPage ? "pages" : "actions", isPage ? L["Group.Pages"] : L["Group.Actions"], [.. entries.Where(e => e.IsPage == isPage)]);
}
