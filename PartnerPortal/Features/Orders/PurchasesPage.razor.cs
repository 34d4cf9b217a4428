using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Orders;

/// <summary>What the account ordered and bought, whichever way. A payment that is found shows by itself.</summary>
public sealed partial class PurchasesPage
{
    private const int Shown = 50;

    private Page<OrderRow>? _orders;
    private IReadOnlyList<BoughtRow> _bought = [];
    private string? _place;
    private bool _sells;

    [Inject] public required OrderQueries Orders { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<OrdersText> L { get; init; }

    protected override async Task OnInitializedAsync()
    {
        var actor = await Current.GetAsync();
        _sells = actor.Opens(PortalUrls.Plans);
        // For a client each reading is a line in its diary, so that only what was asked for is read.
        if (actor.Acting is null)
        {
            Follow(OrderNews.Signal, payload => OrderNews.Concerns(payload, actor.AccountId));
        }

        await LoadAsync(null);
    }

    protected override Task LoadAsync() => LoadAsync(_place);

    /// <summary>What the row says besides its sum.</summary>
    private string? NoteOf(BoughtRow row) => row switch
    {
        { Refunded: > 0 } => L["Bought.Refunded", Money.Write(row.Refunded, row.Currency)].Value,
        { Discount: > 0 } => L["Bought.Discount", Money.Write(row.Discount, row.Currency)].Value,
        _ => null,
    };

    private async Task LoadAsync(string? place)
    {
        var actor = await Current.GetAsync();
        _place = place;
        _bought = await Orders.BoughtAsync(Shown, actor, CancellationToken.None);
        _orders = await Orders.OwnAsync(place, actor, CancellationToken.None);
    }
}
