using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>What the partner's account earns: balances by currency and state, the months, and every line with its reason. What moves shows by itself.</summary>
public sealed partial class WalletPage
{
    private const int ChartMonths = 12;

    private Actor _actor = Actor.Visitor;
    private WalletView _view = new();
    private IReadOnlyList<MonthEarnings> _all = [];
    private IReadOnlyList<string> _currencies = [];
    private IReadOnlyList<MonthBar> _bars = [];
    private string _currency = "";
    private WalletBalance _balance = new("", 0, 0, 0);
    private DateTime? _next;
    private int _highest;
    private string? _client;
    private Page<WalletLine>? _page;
    private Page<CreditLine> _credits = new([], null, null);
    private string? _creditsAt;

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required WalletQueries Wallets { get; init; }

    [Inject] public required WalletLineQueries Lines { get; init; }

    [Inject] public required CreditQueries Credits { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<WalletText> L { get; init; }

    /// <summary>See <see cref="WalletView"/> for all of them. A currency that the wallet does not hold shows its first.</summary>
    [SupplyParameterFromQuery(Name = "currency")] public string? Currency { get; set; }

    [SupplyParameterFromQuery(Name = "state")] public string? State { get; set; }

    [SupplyParameterFromQuery(Name = "level")] public string? Level { get; set; }

    [SupplyParameterFromQuery(Name = "month")] public string? Month { get; set; }

    [SupplyParameterFromQuery(Name = "client")] public string? ClientOf { get; set; }

    [SupplyParameterFromQuery(Name = "at")] public string? At { get; set; }

    private IReadOnlyList<CalendarMonth> Months => [.. _all.Where(m => m.Currency == _currency).Select(m => m.Month).Distinct().OrderByDescending(m => m.Number)];

    /// <summary>The months of the chart from the first in which something was earned, the newest first.</summary>
    private IReadOnlyList<CalendarMonth> Statements => [.. _bars.SkipWhile(b => b.Value == 0).Select(b => b.Month).Reverse()];

    protected override async Task OnInitializedAsync()
    {
        _actor = await Current.GetAsync();
        if (_actor.AccountId is { } own)
        {
            Follow(WalletQueries.ChannelOf(own));
        }
    }

    protected override Task OnParametersSetAsync()
    {
        _view = WalletView.Of(Currency, State, Level, Month, ClientOf, At);
        _creditsAt = null;
        return LoadAsync();
    }

    private static string AddressOf(WalletView view) => (view with { At = null }).Address(PortalUrls.Wallet);

    private string Write(long minor) => Money.Write(minor, _currency);

    protected override async Task LoadAsync()
    {
        var ct = CancellationToken.None;
        _all = await Lines.MonthsAsync(null, _actor, ct);
        var balances = await Wallets.BalancesAsync(_actor, ct);
        _currencies = [.. _all.Select(m => m.Currency).Concat(balances.Select(b => b.Currency)).Distinct().Order(StringComparer.Ordinal)];
        _currency = _currencies.FirstOrDefault(c => c == _view.Currency) ?? (_currencies.Count > 0 ? _currencies[0] : "");
        _view = _view with { Currency = _currencies.Count > 0 ? _currency : null };
        _balance = balances.FirstOrDefault(b => b.Currency == _currency) ?? new WalletBalance(_currency, 0, 0, 0);
        _next = await Lines.NextReleaseAsync(_currency, _actor, ct);
        _highest = await Lines.HighestLevelAsync(_currency, _actor, ct);
        _client = _view.ClientOf is { } line ? await Lines.ClientOfAsync(line, _actor, ct) : null;
        var running = CalendarMonth.Of(Clock.GetUtcNow().UtcDateTime);
        var earned = await Wallets.MonthsAsync(_currency, running.Plus(1 - ChartMonths), _actor, ct);
        _bars = [.. Enumerable.Range(1 - ChartMonths, ChartMonths).Select(n => running.Plus(n)).Select(m => new MonthBar(m, earned.GetValueOrDefault(m), m == running))];
        _credits = await Credits.PageAsync(_currency, _creditsAt, CreditQueries.PageSize, _actor, ct);
        _page = await Lines.PageAsync(_view, _actor, ct);
    }

    private async Task GoCreditsAsync(string? at)
    {
        _creditsAt = at;
        _credits = await Credits.PageAsync(_currency, at, CreditQueries.PageSize, _actor, CancellationToken.None);
    }

    private void Go(WalletView view) => Navigation.NavigateTo(view.Address(PortalUrls.Wallet));
}
