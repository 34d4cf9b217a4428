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

    /// <summary>So long a change may wait for others to be shown together with it.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _gone = new();
    private readonly List<IDisposable> _subscriptions = [];
    private CancellationTokenSource? _typing;
    private IJSObjectReference? _script;
    private Actor _actor = Actor.Visitor;
    private ClientView _view = new();
    private ClientOverview? _overview;
    private ClientPage? _page;
    private ClientCard? _card;
    private ClientNeighbours _neighbours = new(null, null);
    private ClientRow? _created;
    private IReadOnlyList<ClientColumn> _columns = ClientColumns.All;
    private string _search = "";
    private string? _loaded;
    private string? _ownLink;
    private string? _country;
    private string _announcement = "";
    private DateTime _opened;
    private DateTime _announced;
    private int _load;
    private int _refreshing;
    private bool _inviting;
    private bool _isGone;

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ClientQueries Queries { get; init; }

    [Inject] public required AccountQueries Accounts { get; init; }

    [Inject] public required PreferenceQueries Preferences { get; init; }

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

    // Named so that the page is told when they change; ClientView reads them from the address.
    [SupplyParameterFromQuery(Name = "status")] public string? StatusQuery { get; set; }

    [SupplyParameterFromQuery(Name = "q")] public string? SearchQuery { get; set; }

    [SupplyParameterFromQuery(Name = "came")] public string? CameByQuery { get; set; }

    [SupplyParameterFromQuery(Name = "from")] public string? FromQuery { get; set; }

    [SupplyParameterFromQuery(Name = "to")] public string? ToQuery { get; set; }

    [SupplyParameterFromQuery(Name = "tag")] public string? TagQuery { get; set; }

    [SupplyParameterFromQuery(Name = "sort")] public string? SortQuery { get; set; }

    [SupplyParameterFromQuery(Name = "dir")] public string? DirectionQuery { get; set; }

    [SupplyParameterFromQuery(Name = "at")] public string? AtQuery { get; set; }

    private bool MayStart => _actor is { IsActivePartner: true, MaySell: true };

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
        { Before: 0 } p when _view.Sorting == ClientSorting.Newest => L["Pager.Newest", Count(p.Page.Items.Count), Count(p.Total)],
        { } p => L["Pager.Place", Count(p.Before + 1), Count(p.Before + p.Page.Items.Count), Count(p.Total)],
    };

    public async ValueTask DisposeAsync()
    {
        _subscriptions.ForEach(s => s.Dispose());
        await _gone.CancelAsync();
        _typing?.Dispose();
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
            _subscriptions.Add(News.Subscribe(ClientList.ChannelOf(accountId), _ => Hear()));
            _subscriptions.Add(News.Subscribe(PostgresSignalRelay.CatchUp, _ => Hear()));
        }

        _country = (await Settings.GetAsync(_gone.Token)).DefaultCountry;
        _columns = ClientColumns.Parse(await Preferences.FindAsync(ClientColumns.Preference, _actor, _gone.Token));
        _overview = await Queries.OverviewAsync(null, _actor, _gone.Token);
        _opened = _announced = _overview.LatestSince ?? DateTime.MinValue;
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

        _view = ClientView.Parse(uri.Query);
        if (_view.Address("") is var address && address != _loaded)
        {
            _loaded = address;
            // What is being typed stays as it is, a space at its end included.
            _search = _typing is null && _search.Trim() != _view.Search ? _view.Search : _search;
            await LoadAsync();
        }

        if (Id != _card?.Row.Id)
        {
            await LoadCardAsync(isOpening: true);
        }

        _created = Created is { } created && _created?.Id != created ? (await Queries.CardAsync(created, _actor, _gone.Token))?.Row : Created is null ? null : _created;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _script = await Js.InvokeAsync<IJSObjectReference>("import", "/js/clients.js");
        }
    }

    private async Task LoadAsync()
    {
        var load = ++_load;
        var page = await Queries.PageAsync(_view.ToFilter(Time, _country), _view.Sorting, _view.At, ClientQueries.PageSize, _actor, _gone.Token);
        // A later question may have been answered sooner.
        _page = load == _load ? page : _page;
    }

    private async Task LoadCardAsync(bool isOpening)
    {
        var id = Id;
        var card = id is { } asked ? await Queries.CardAsync(asked, _actor, _gone.Token) : null;
        var neighbours = card is null ? new ClientNeighbours(null, null)
            : await Queries.NeighboursAsync(card.Row.Id, _view.ToFilter(Time, _country), _view.Sorting, _actor, _gone.Token);
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

    /// <summary>Looks again at what is shown, without moving anything.</summary>
    private async Task RefreshAsync()
    {
        _actor = await Current.GetAsync(_gone.Token);
        await LoadAsync();
        _overview = await Queries.OverviewAsync(_opened, _actor, _gone.Token);
        if (Id is not null)
        {
            await LoadCardAsync(isOpening: false);
        }

        if (_overview.LatestSince > _announced)
        {
            var arrived = await Queries.ArrivedAsync(_announced, 2, _actor, _gone.Token);
            _announced = _overview.LatestSince.Value;
            _announcement = arrived is [var one] ? L["Announce.One", one.Name, L["CameBy." + one.CameBy]] : L["Announce.Many"];
        }
    }

    /// <summary>On any thread: a line came or changed. Several at once are looked up once.</summary>
    private void Hear()
    {
        if (Interlocked.Exchange(ref _refreshing, 1) == 0)
        {
            _ = InvokeAsync(RefreshSoonAsync);
        }
    }

    private async Task RefreshSoonAsync()
    {
        try
        {
            await Task.Delay(Gathering, Clock, _gone.Token);
            Interlocked.Exchange(ref _refreshing, 0);
            await RefreshAsync();
            StateHasChanged();
        }
        catch (Exception error) when (_gone.IsCancellationRequested && error is OperationCanceledException or ObjectDisposedException)
        {
            // The page was left while it looked.
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            await DispatchExceptionAsync(error);
        }
    }

    private async Task SearchAsync(string text)
    {
        _search = text;
        if (_typing is not null)
        {
            await _typing.CancelAsync();
        }

        var typing = _typing = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), Clock, typing.Token);
            _typing = null;
            Navigation.NavigateTo((_view with { Search = text.Trim(), At = null }).Address(Path), replace: true);
        }
        catch (OperationCanceledException)
        {
            // Typing goes on.
        }
        finally
        {
            typing.Dispose();
        }
    }

    private string Path => Id is { } id ? PortalUrls.Client(id) : PortalUrls.Clients;

    private void Show(ClientView view) => Navigation.NavigateTo(view.Address(Path));

    private string TabAddress(ClientStatus? status) => (_view with { Statuses = status is { } one ? [one] : [], At = null }).Address(PortalUrls.Clients);

    /// <summary>To the client above or below, and to its page of the list where that is another.</summary>
    private void Walk(bool down)
    {
        if ((down ? _neighbours.Below : _neighbours.Above) is not { } id || _page is null)
        {
            return;
        }

        var isHere = _page.Page.Items.Any(r => r.Id == id) || _page.Page.Items.All(r => r.Id != Id);
        var view = isHere ? _view : _view with { At = down ? _page.Page.Next : _page.Page.Previous };
        Navigation.NavigateTo(view.Address(PortalUrls.Client(id)), replace: true);
    }

    private async Task CloseSheet()
    {
        var id = Id;
        Navigation.NavigateTo(_view.Address(PortalUrls.Clients));
        if (_script is not null && id is not null)
        {
            await _script.InvokeVoidAsync("focusRow", id);
        }
    }

    private void DismissCreated() => Show(_view);

    private void Invite() => _inviting = true;

    private async Task ChooseAsync(ClientColumn column, bool isShown)
    {
        _columns = [.. ClientColumns.All.Where(c => c == column ? isShown : _columns.Contains(c))];
        await Keep.ExecuteAsync(ClientColumns.Preference, ClientColumns.Format(_columns), _actor, _gone.Token);
    }

    private string Clients(int count) => count == 1 ? L["Head.One"] : L["Head.Many", Count(count)];

    private static string Count(int number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
