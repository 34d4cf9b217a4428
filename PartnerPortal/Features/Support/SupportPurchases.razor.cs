using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Features.Purchases.Stripe;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Support;

/// <summary>All purchases, the newest first, and what each came to. The filter stands in the address.</summary>
public sealed partial class SupportPurchases
{
    private PurchaseOutcome? _outcome;
    private string? _typed;
    private int _waiting;
    private Page<PurchaseRow>? _page;

    [Inject] public required PurchaseDeskQueries Purchases { get; init; }

    [Inject] public required WaitingPaymentQueries Waiting { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<SupportPurchasesText> L { get; init; }

    /// <summary>A name of <see cref="PurchaseOutcome"/>; anything else shows all.</summary>
    [SupplyParameterFromQuery(Name = "outcome")] public string? Outcome { get; set; }

    [SupplyParameterFromQuery(Name = "q")] public string? Q { get; set; }

    private bool IsFiltered => _outcome is not null || !string.IsNullOrWhiteSpace(Q);

    protected override async Task OnParametersSetAsync()
    {
        _outcome = Enum.TryParse<PurchaseOutcome>(Outcome, ignoreCase: true, out var outcome) && Enum.IsDefined(outcome) ? outcome : null;
        _typed = Q;
        _waiting = (await Waiting.ListAsync(await Current.GetAsync(), CancellationToken.None)).Count;
        await LoadAsync(null);
    }

    private static string AddressOf(PurchaseOutcome? outcome, string? query) => PortalUrls.WithQuery(PortalUrls.SupportPurchases, ("outcome", outcome?.ToString()), ("q", query?.Trim()));

    private void Find() => Navigation.NavigateTo(AddressOf(_outcome, _typed));

    private async Task LoadAsync(string? cursor) => _page = await Purchases.PageAsync(Q ?? "", _outcome, cursor, await Current.GetAsync(), CancellationToken.None);

    private string NameOf(string name) => name.Length > 0 ? name : L["Account.Closed"];
}
