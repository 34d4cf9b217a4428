using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Orders;

/// <summary>The chosen plan with what it comes to, and whom the invoice shall name. Works without script; sent twice, it orders once.</summary>
public sealed partial class NewOrderPage
{
    private Actor _actor = Actor.Visitor;
    private PlanRow? _chosen;
    private PlanOffer? _offer;
    private OrderSum _sum = new(0, 0, 0);
    private OrderForm _form = new();
    private OrderRefused? _wrong;
    private string? _failure;
    private string _currency = "";

    [Inject] public required PlanQueries Plans { get; init; }

    [Inject] public required PlanOfferQueries Offers { get; init; }

    [Inject] public required OrderQueries Orders { get; init; }

    [Inject] public required PlaceOrder Place { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required IStringLocalizer<OrdersText> L { get; init; }

    [CascadingParameter] public required HttpContext Context { get; init; }

    /// <summary>The plan's code.</summary>
    [SupplyParameterFromQuery(Name = "plan")] public string? Plan { get; set; }

    /// <summary>ISO 4217; the plan's first when it is none of its.</summary>
    [SupplyParameterFromQuery(Name = "currency")] public string? Currency { get; set; }

    [SupplyParameterFromForm(FormName = "order")] public OrderForm? Posted { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _actor = await Current.GetAsync(Context.RequestAborted);
        await LoadAsync(Context.RequestAborted);
        var buyer = Posted is null ? await Orders.BuyerAsync(_actor, Context.RequestAborted) : null;
        _form = Posted ?? new OrderForm { Key = Guid.NewGuid().ToString("N"), Name = buyer?.Name, Address = buyer?.Address, TaxId = buyer?.TaxId };
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        _chosen = (await Plans.OnSaleAsync(ct)).FirstOrDefault(p => p.Code == Plan);
        if (_chosen is not { Prices: var prices } plan)
        {
            return;
        }

        _currency = Currency is { } wanted && prices.ContainsKey(wanted) ? wanted : prices.Keys.Order(StringComparer.Ordinal).First();
        _offer = await Offers.OfClientAsync(_actor, ct);
        _sum = OrderSum.Of(prices[_currency], _offer?.On(plan.Code), plan.TaxBasisPoints, _currency);
    }

    private async Task OrderAsync()
    {
        if (_chosen is null)
        {
            return;
        }

        var request = new OrderRequest(
            _chosen.Code, _currency, _form.Key ?? "", new InvoiceParty(_form.Name ?? "", _form.Address ?? "", _form.TaxId ?? ""),
            long.TryParse(_form.Total, NumberStyles.None, CultureInfo.InvariantCulture, out var total) ? total : null);
        var result = await Place.ExecuteAsync(request, _actor, CancellationToken.None);
        switch (result.Error)
        {
            case null:
                Navigation.NavigateTo(PortalUrls.WithQuery(PortalUrls.Invoice(result.Value.InvoiceNumber), ("placed", "yes")));
                break;
            case OrderRefused { OnField: not null } wrong:
                _wrong = wrong;
                break;
            case OrderRefused refused:
                _failure = L["Problem." + refused.Kind].Value;
                await LoadAsync(Context.RequestAborted);
                break;
            default:
                _failure = L["Problem.NotAllowed"].Value;
                break;
        }
    }

    private string? Wrong(string field) => _wrong is { } wrong && wrong.OnField == field ? L["Problem." + wrong.Kind].Value : null;

    private string? Invalid(string field) => _wrong?.OnField == field ? "true" : null;
}

/// <summary>The order as posted.</summary>
public sealed class OrderForm
{
    public const int NameLength = 200;
    public const int AddressLength = 400;
    public const int TaxIdLength = 60;

    /// <summary>Made with the form; see <see cref="OrderRequest"/>.</summary>
    public string? Key { get; set; }

    /// <summary>Minor units that the page showed.</summary>
    public string? Total { get; set; }

    public string? Name { get; set; }

    public string? Address { get; set; }

    public string? TaxId { get; set; }
}
