using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Partners;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

/// <summary>The partners by state. An application that comes in while the page is open shows by itself.</summary>
public sealed partial class SupportPartners : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private IDisposable? _subscription;
    private PartnerTab _tab;
    private string _typed = "";
    private SearchQuery _query = SearchQuery.Parse(null);
    private long? _group;
    private bool _creating;
    private Page<PartnerRow>? _page;
    private IReadOnlyDictionary<PartnerTab, int> _counts = new Dictionary<PartnerTab, int>();
    private IReadOnlyDictionary<long, int> _clients = new Dictionary<long, int>();
    private IReadOnlyList<GroupOption> _groups = [];

    [Inject]
    public required PartnerAdminQueries Partners { get; init; }

    [Inject]
    public required AttributionHistoryQueries Attributions { get; init; }

    [Inject]
    public required CurrentActor Current { get; init; }

    [Inject]
    public required Signals Signals { get; init; }

    [Inject]
    public required ReaderTime Time { get; init; }

    [Inject]
    public required IStringLocalizer<SupportText> L { get; init; }

    [SupplyParameterFromQuery(Name = "tab")]
    public string? Tab { get; set; }

    /// <summary>What is searched for, where the address says so.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Q { get; set; }

    public void Dispose()
    {
        _subscription?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override void OnInitialized() =>
        _subscription = Signals.Subscribe(PartnerDesk.Signal, OnSignal);

    protected override async Task OnParametersSetAsync()
    {
        _tab = Enum.TryParse<PartnerTab>(Tab, ignoreCase: true, out var tab) && Enum.IsDefined(tab) ? tab : PartnerTab.Active;
        _typed = Q ?? _typed;
        _query = SearchQuery.Parse(_typed);
        await LoadAsync(null);
    }

    private void OnSignal(string accountId) => _ = InvokeAsync(RefreshAsync);

    private async Task RefreshAsync()
    {
        try
        {
            await LoadAsync(null);
            StateHasChanged();
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // The page is gone.
        }
        catch (Exception error)
        {
            // Shown as any other failure of this page, not as one of whoever made the change.
            await DispatchExceptionAsync(error);
        }
    }

    private async Task LoadAsync(string? cursor)
    {
        var actor = await Current.GetAsync(_gone.Token);
        var filter = new PartnerFilter(_tab, _query, _group);
        var page = await Partners.FindAsync(filter, cursor, actor, _gone.Token);
        _counts = await Partners.CountsAsync(actor, _gone.Token);
        _groups = await Partners.GroupsAsync(actor, _gone.Token);
        var clients = await Attributions.ClientCountsAsync([.. page.Items.Select(p => p.AccountId)], actor, _gone.Token);
        if (filter == new PartnerFilter(_tab, _query, _group))
        {
            (_clients, _page) = (clients, page);
        }
    }

    private Task SearchAsync(string? typed)
    {
        _typed = typed ?? "";
        _query = SearchQuery.Parse(_typed);
        return LoadAsync(null);
    }

    private Task GroupAsync(ChangeEventArgs e)
    {
        _group = long.TryParse(e.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        return LoadAsync(null);
    }

    private string NameOf(PartnerRow row) => row.Name.Length > 0 ? row.Name : L["Account.Closed"];

    private static string Address(PartnerTab tab) => PortalUrls.WithQuery(PortalUrls.SupportPartners, ("tab", tab.ToString().ToLowerInvariant()));
}
