using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Components;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Journeys.Reassigning;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

/// <summary>Support's search and, beside it, the record of one account; on a phone two pages.</summary>
public sealed partial class SupportClients : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private Typing? _typing;
    private string _typed = "";
    private SearchQuery _query = SearchQuery.Parse(null);
    private ClientHits? _hits;
    private ClientFile? _file;
    private readonly HashSet<long> _picked = [];
    private string? _failure;

    [Inject]
    public required SupportClientQueries Clients { get; init; }

    [Inject]
    public required CurrentActor Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required ReaderTime Time { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required DraftReassignment Draft { get; init; }

    [Inject]
    public required IStringLocalizer<SupportText> L { get; init; }

    [Inject]
    public required IStringLocalizer<ReassignText> R { get; init; }

    /// <summary>The account whose record is open; null for the search alone.</summary>
    [Parameter]
    public long? Id { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Q { get; set; }

    private string CountWords => _hits switch
    {
        null => L["Clients.Searching"],
        _ when _query.IsEmpty => L["Clients.Newest"],
        { Count: 0 } => L["Clients.Count.None", _typed],
        { Count: > AccountSearchQueries.CountUpTo } => L["Clients.Count.More", AccountSearchQueries.CountUpTo.ToString("N0", CultureInfo.CurrentCulture), _typed],
        { Count: var count } => L.Counted("Clients.Count", count, _typed),
    };

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        var actor = await Current.GetAsync(_gone.Token);
        if (_hits is null || (!Typed.IsAnswer(Q ?? "") && !Typed.GoesOn && (Q ?? "") != _typed))
        {
            _typed = Q ?? "";
            _query = SearchQuery.Parse(_typed);
            _hits = await Clients.SearchAsync(_query, null, actor, _gone.Token);
        }

        if (_file?.Account.Id != Id)
        {
            _file = Id is { } id ? await Clients.FileAsync(id, actor, _gone.Token) : null;
        }
    }

    private Typing Typed => _typing ??= new Typing(Clock, TimeSpan.FromMilliseconds(150));

    private async Task SearchAsync(string? typed)
    {
        _typed = typed ?? "";
        if (!await Typed.HasPausedAsync(_gone.Token))
        {
            return;
        }

        var (text, query) = (_typed, SearchQuery.Parse(_typed));
        var hits = await Clients.SearchAsync(query, null, await Current.GetAsync(_gone.Token), _gone.Token);
        if (text == _typed)
        {
            (_query, _hits) = (query, hits);
            Typed.Asks(_typed);
            Navigation.NavigateTo(Address(Id), replace: true);
        }
    }

    private async Task PageAsync(string? cursor) => _hits = await Clients.SearchAsync(_query, cursor, await Current.GetAsync(_gone.Token), _gone.Token);

    private async Task ReloadAsync()
    {
        var actor = await Current.GetAsync(_gone.Token);
        _hits = await Clients.SearchAsync(_query, null, actor, _gone.Token);
        _file = Id is { } id ? await Clients.FileAsync(id, actor, _gone.Token) : null;
    }

    private void Pick(long id, bool isPicked) => _ = isPicked ? _picked.Add(id) : _picked.Remove(id);

    /// <summary>Goes on to the preview, where a partner is chosen.</summary>
    private async Task ReassignAsync(ReassignSelection selection)
    {
        var result = await Draft.ExecuteAsync(selection, await Current.GetAsync(_gone.Token), _gone.Token);
        if (result.Error is { } error)
        {
            _failure = R.Why(error);
            return;
        }

        Navigation.NavigateTo(PortalUrls.SupportReassignment(result.Value));
    }

    private string Address(long? id) => PortalUrls.WithQuery(id is { } known ? PortalUrls.SupportClient(known) : PortalUrls.SupportClients, ("q", _typed));

    private string NameOf(string name) => name.Length > 0 ? name : L["Account.Closed"];

    private string PartnerWords(PartnerSpan? span) => span switch
    {
        null => L["Partner.None"],
        { EndedAt: { } endedAt } => L["Partner.Until", span.PartnerName, Time.Date(endedAt)],
        _ => span.PartnerName,
    };

    /// <summary>By what an account was found whose name and e-mail do not say it: its number, phone, code or external id.</summary>
    private (string Label, string Value, SearchQuery Query)? FoundBy(AccountHit account)
    {
        if (_query.IsEmpty || Marks(account.Name, _query) || Marks(account.Email, _query))
        {
            return null;
        }

        var number = account.Number.ToString(CultureInfo.InvariantCulture);
        var digits = _query.PhoneForms.Select(SearchQuery.Parse).FirstOrDefault(form => Marks(account.Phone, form));
        return account switch
        {
            { Phone: { } value } when digits is not null => (L["Found.Phone"], value, digits),
            { Code: var value } when Marks(value, _query) => (L["Found.Code"], value, _query),
            { ExternalId: { } value } when Marks(value, _query) => (L["Found.ExternalId"], value, _query),
            _ when Marks(number, _query) => (L["Found.Number"], number, _query),
            _ => null,
        };
    }

    private static bool Marks(string? text, SearchQuery query) => text is { Length: > 0 } && SearchMarks.Of(text, query).Any(mark => mark.IsHit);
}
