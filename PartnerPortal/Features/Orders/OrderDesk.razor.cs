using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Orders;

/// <summary>Staff sees which invoices wait for their money, and says when it came.</summary>
public sealed partial class OrderDesk
{
    private OrderState? _state;
    private string _typed = "";
    private string? _place;
    private Page<OrderRow>? _page;
    private OrderRow? _asked;
    private string? _reference;
    private string? _referenceError;
    private string? _failure;
    private string? _done;
    private string? _next;
    private bool _busy;

    [Inject] public required OrderQueries Orders { get; init; }

    [Inject] public required PayOrder Pay { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<OrdersText> L { get; init; }

    /// <summary>A name of <see cref="OrderState"/>, or "all"; anything else shows the open ones.</summary>
    [SupplyParameterFromQuery(Name = "state")] public string? State { get; set; }

    /// <summary>What is searched for, where the address says so.</summary>
    [SupplyParameterFromQuery(Name = "q")] public string? Q { get; set; }

    protected override void OnInitialized()
    {
        Follow(OrderNews.Signal);
    }

    protected override Task OnParametersSetAsync()
    {
        _state = State == "all" ? null : Enum.TryParse<OrderState>(State, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : OrderState.Open;
        _typed = Q ?? _typed;
        return LoadAsync(null);
    }

    private static string AddressOf(OrderState? state) => PortalUrls.WithQuery(PortalUrls.SupportOrders, ("state", state?.ToString().ToLowerInvariant() ?? "all"));

    private string NameOf(OrderRow row) => row.Client.Length > 0 ? row.Client : L["Desk.Closed"].Value;

    protected override Task LoadAsync() => LoadAsync(_place);

    private async Task LoadAsync(string? place)
    {
        _place = place;
        var typed = _typed;
        var page = await Orders.DeskAsync(_state, typed, place, await Current.GetAsync(), CancellationToken.None);
        _page = typed == _typed ? page : _page;
    }

    private Task SearchAsync(string? typed)
    {
        _typed = typed ?? "";
        return LoadAsync(null);
    }

    private void Ask(OrderRow row) => (_asked, _reference, _referenceError, _failure) = (row, null, null, null);

    private async Task PayAsync()
    {
        if (_busy || _asked is not { } row)
        {
            return;
        }

        (_busy, _referenceError, _failure) = (true, null, null);
        try
        {
            var result = await Pay.ExecuteAsync(new Payment(row.Id, PaymentWay.Transfer, _reference), await Current.GetAsync(), CancellationToken.None);
            switch (result.Error)
            {
                case null:
                    (_done, _next) = (L[result.Value.IsNew ? "Desk.Paid" : "Desk.PaidBefore", row.Invoice].Value, L[result.Value.IsNew ? "Desk.Paid.Next" : "Desk.PaidBefore.Next"].Value);
                    _asked = null;
                    await LoadAsync(_place);
                    break;
                case OrderRefused { OnField: not null } wrong:
                    _referenceError = L["Problem." + wrong.Kind].Value;
                    break;
                case OrderRefused refused:
                    _failure = L["Problem." + refused.Kind].Value;
                    break;
                case OwnAccountInvolved:
                    _failure = L["Problem.OwnAccount"].Value;
                    break;
                default:
                    _failure = L["Problem.NotAllowed"].Value;
                    break;
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
