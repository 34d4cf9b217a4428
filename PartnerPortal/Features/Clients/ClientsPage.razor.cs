using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Clients;

/// <summary>"My clients": the list, and beside it the sheet of one client. All that it shows follows from its address.</summary>
public sealed partial class ClientsPage : IAsyncDisposable
{
    private static readonly ClientStatus[] Tabs =
        [ClientStatus.Active, ClientStatus.NeverSignedIn, ClientStatus.Invited, ClientStatus.Lapsed, ClientStatus.Left, ClientStatus.Declined];

    private readonly CancellationTokenSource _gone = new();
    private IJSObjectReference? _script;
    private DotNetObjectReference<ClientsPage>? _self;
    private Actor _actor = Actor.Visitor;
    private ClientView _view = new();
    private ClientOverview? _overview;
    private ClientPage? _page;
    private DrawnLines _lines = DrawnLines.None;
    private DrawnFor? _reading;
    private ClientCard? _card;
    private ClientNeighbours _neighbours = new(null, null);
    private ClientRow? _created;
    private IReadOnlyList<ClientColumn> _columns = ClientColumns.All;
    private string? _loaded;
    private string? _ownLink;
    private string? _country;
    private int _load;
    private bool _hasMoney;
    private bool _mayChooseColumns;
    private bool _isGone;

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ClientQueries Queries { get; init; }

    [Inject] public required AccountQueries Accounts { get; init; }

    [Inject] public required ClientChoicesQueries Choices { get; init; }

    [Inject] public required ManyClientsQueries Many { get; init; }

    [Inject] public required KeepPreference Keep { get; init; }

    [Inject] public required ProgramSettingsSource Settings { get; init; }

    [Inject] public required PublicUrl Url { get; init; }

    [Inject] public required Signals News { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    [Inject] public required IJSRuntime Js { get; init; }

    [Inject] public required IStringLocalizer<ClientsText> L { get; init; }

    /// <summary>The line whose sheet is open.</summary>
    [Parameter] public long? Id { get; set; }

    /// <summary>The line that was just created on the page for it.</summary>
    [SupplyParameterFromQuery(Name = "created")] public long? Created { get; set; }

    /// <summary>Anything opens the invite dialog.</summary>
    [SupplyParameterFromQuery(Name = "invite")] public string? InviteNow { get; set; }

    [SupplyParameterFromQuery(Name = "view")] public string? SavedQuery { get; set; }

    // Named so that the page is told when they change; ClientView reads them from the address.
    [SupplyParameterFromQuery(Name = "status")] public string? StatusQuery { get; set; }

    [SupplyParameterFromQuery(Name = "q")] public string? SearchQuery { get; set; }

    [SupplyParameterFromQuery(Name = "came")] public string? CameByQuery { get; set; }

    [SupplyParameterFromQuery(Name = "from")] public string? FromQuery { get; set; }

    [SupplyParameterFromQuery(Name = "to")] public string? ToQuery { get; set; }

    [SupplyParameterFromQuery(Name = "tag")] public string? TagQuery { get; set; }

    [SupplyParameterFromQuery(Name = "lapsing")] public string? LapsingQuery { get; set; }

    [SupplyParameterFromQuery(Name = "sort")] public string? SortQuery { get; set; }

    [SupplyParameterFromQuery(Name = "dir")] public string? DirectionQuery { get; set; }

    [SupplyParameterFromQuery(Name = "at")] public string? AtQuery { get; set; }

    /// <summary>Columns of money are shown now for which nothing was read.</summary>
    private bool LacksMoney => !_hasMoney && _columns.Any(c => c.IsMoney());

    /// <summary>What is drawn, or being read to be drawn, has other columns, or leads back to another view.</summary>
    private bool LacksLines => LacksMoney || !(_reading ?? _lines.For).IsAlike(new DrawnFor(_view, _columns));

    private ClientFilter Filter => _view.ToFilter(Time, _country, Clock.GetUtcNow().UtcDateTime);

    private bool MayStart => _actor is { IsActivePartner: true, MaySell: true };

    /// <summary>Until it is opened the dialog costs the page nothing.</summary>
    private bool IsInviteUsed => field |= _inviting;

    /// <summary>As the filters: drawn once somebody reaches for it.</summary>
    private EventCallback AskForColumns => _mayChooseColumns ? default : EventCallback.Factory.Create(this, () => _mayChooseColumns = true);

    private bool IsEmpty => _overview is { All: 0 };

    private string Sub => _overview switch
    {
        null => "",
        { All: 0 } => L["Head.Empty"],
        { Arrived: > 0 } o => L["Head.Arrived", Clients(o.All), Count(o.Arrived)],
        { } o => Clients(o.All),
    };

    private string Place => _page switch
    {
        null => "",
        { Before: 0 } p when _view.Sorting == ClientSorting.Newest => L["Pager.Newest", Count(_lines.Ids.Count), Total(p)],
        { } p => L["Pager.Place", Count(p.Before + 1), Count(p.Before + _lines.Ids.Count), Total(p)],
    };

    public async ValueTask DisposeAsync()
    {
        _subscriptions.ForEach(s => s.Dispose());
        await _gone.CancelAsync();
        _self?.Dispose();
        _gone.Dispose();
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
        if (RendererInfo.IsInteractive && _actor.AccountId is { } accountId)
        {
            // Before anything is read, so that nothing falls between.
            Listen(accountId);
        }

        _country = (await Settings.GetAsync(_gone.Token)).DefaultCountry;
        _choices = await Choices.FindAsync(_actor, _gone.Token);
        _overview = await Queries.OverviewAsync(null, _actor, _gone.Token);
        _opened = _announced = _overview.LatestSince ?? DateTime.UnixEpoch;
        _ownLink = IsEmpty && await Accounts.OwnAsync(_actor, _gone.Token) is { } own ? Url.Of(PortalUrls.Referral(own.Code)) : null;
        _inviting = MayStart && !string.IsNullOrEmpty(InviteNow);
    }

    protected override async Task OnParametersSetAsync()
    {
        var uri = Navigation.ToAbsoluteUri(Navigation.Uri);
        if (!uri.AbsolutePath.StartsWith(PortalUrls.Clients, StringComparison.Ordinal))
        {
            return;
        }

        if (!_ahead.IsOvertaken(uri.PathAndQuery))
        {
            Use(uri.Query);
            await LoadChangedAsync();
        }

        if (Id != _card?.Row.Id)
        {
            await LoadCardAsync(isOpening: true);
        }

        _created = Created is { } created && _created?.Id != created ? (await Queries.CardAsync(created, _actor, _gone.Token))?.Row : Created is null ? null : _created;
    }

    protected override Task OnAfterRenderAsync(bool firstRender) => ShowMixedAsync();

    /// <summary>Asked for by the browser before it tells something the first time: what it takes would cost every page that opens.</summary>
    private async Task<IJSObjectReference> ListenToScriptAsync()
    {
        if (_script is null)
        {
            _script = await Js.InvokeAsync<IJSObjectReference>("import", "/js/clients.js");
            _self = DotNetObjectReference.Create(this);
            await _script.InvokeVoidAsync("watch", _self);
        }

        return _script;
    }

    private async Task LoadChangedAsync()
    {
        var isAnswer = Typed.IsAnswer(_view.Search);
        // What is shown counts, not by which name: a saved view may have been changed.
        if ((_view with { Saved = null }).Address("") is var address && (address != _loaded || LacksLines))
        {
            _loaded = address;
            // What is being typed stays as it is, a space at its end included.
            _search = !isAnswer && !Typed.GoesOn && _search.Trim() != _view.Search ? _view.Search : _search;
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var load = ++_load;
        _hasMoney = _columns.Any(c => c.IsMoney());
        var drawn = _reading = new DrawnFor(_view, _columns);
        var page = await Queries.PageAsync(Filter, _view.Sorting, _view.At, ClientQueries.PageSize, _actor, _gone.Token, _hasMoney);
        if (load == _load)
        {
            // Else a later question was answered sooner.
            _lines = new DrawnLines(page.Page.Items, drawn);
            _page = page with { Page = page.Page with { Items = [] } };
            _reading = null;
        }

        await CountElsewhereAsync();
    }

    private async Task LoadCardAsync(bool isOpening)
    {
        var id = Id;
        var card = id is { } asked ? await Queries.CardAsync(asked, _actor, _gone.Token) : null;
        var neighbours = card is null ? new ClientNeighbours(null, null)
            : await Queries.NeighboursAsync(card.Row.Id, Filter, _view.Sorting, _actor, _gone.Token);
        if (id != Id)
        {
            return;
        }

        (_card, _neighbours, _isGone) = (card, neighbours, id is not null && card is null);
        if (_isGone && isOpening)
        {
            // Not in this list: another partner's, or none at all.
            Navigation.NotFound();
        }
    }

    private string Clients(int count) => L.Counted("Head", count);

    private string Total(ClientPage page) => page.IsMore ? L["Pager.MoreThan", Count(page.Total)] : Count(page.Total);

    private static string Count(int number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
