using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Components;
using PartnerPortal.Features.Claims;
using PartnerPortal.Features.Orders;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

/// <summary>Where staff begins: what waits for it, and one search over everything.</summary>
public sealed partial class SupportHome : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private Typing? _typing;
    private string _typed = "";
    private string _asked = "";
    private SearchQuery _query = SearchQuery.Parse(null);
    private SupportFindings? _found;
    private IReadOnlyList<WaitingWork> _waiting = [];

    [Inject]
    public required SupportSearchQueries Search { get; init; }

    [Inject]
    public required WaitingWorkQueries Waiting { get; init; }

    [Inject]
    public required CurrentActor Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required ReaderTime Time { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required IStringLocalizer<SupportSearchText> L { get; init; }

    [Inject]
    public required IStringLocalizer<SupportText> S { get; init; }

    [Inject]
    public required IStringLocalizer<SupportPurchasesText> P { get; init; }

    [Inject]
    public required IStringLocalizer<OrdersText> O { get; init; }

    [Inject]
    public required IStringLocalizer<ClaimsText> C { get; init; }

    [Inject]
    public required IStringLocalizer<SupportMailText> M { get; init; }

    /// <summary>What is searched for, so that a search can be shared and the way back leads to it.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Q { get; set; }

    private Typing Typed => _typing ??= new Typing(Clock, TimeSpan.FromMilliseconds(150));

    private string Hint => _found switch
    {
        null when _typed.Trim().Length > 0 => L["TooShort", SupportSearchQueries.Letters],
        null => L["Hint"],
        { IsEmpty: true } => L["NoneFor", _asked],
        _ => L["Keys"],
    };

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (!Typed.IsAnswer(Q ?? "") && !Typed.GoesOn)
        {
            _typed = Q ?? "";
            await FindAsync(_typed);
        }
    }

    private async Task SearchAsync(ChangeEventArgs change)
    {
        _typed = change.Value as string ?? "";
        if (await Typed.HasPausedAsync(_gone.Token) && await FindAsync(_typed))
        {
            Typed.Asks(_typed);
            Navigation.NavigateTo(PortalUrls.SupportSearch(_typed), replace: true);
        }
    }

    /// <returns>False when more was typed before the answer came: it is then of no use.</returns>
    private async Task<bool> FindAsync(string typed)
    {
        var actor = await Current.GetAsync(_gone.Token);
        var isSearch = typed.Trim().Length >= SupportSearchQueries.Letters;
        var found = isSearch ? await Search.FindAsync(typed, actor, _gone.Token) : null;
        var waiting = isSearch ? _waiting : await Waiting.ListAsync(actor, _gone.Token);
        if (typed != _typed)
        {
            return false;
        }

        (_asked, _query, _found, _waiting) = (typed.Trim(), SearchQuery.Parse(typed), found, waiting);
        return true;
    }
}
