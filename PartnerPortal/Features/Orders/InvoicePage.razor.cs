using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Orders;

/// <summary>An invoice as it was made, with how its order stands and how to pay it. Static, and made to be printed.</summary>
public sealed partial class InvoicePage
{
    private Actor _actor = Actor.Visitor;
    private InvoiceView? _invoice;
    private string? _failure;

    [Inject] public required OrderQueries Orders { get; init; }

    [Inject] public required CancelOrder Cancel { get; init; }

    [Inject] public required StartCheckout Checkout { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<OrdersText> L { get; init; }

    [CascadingParameter] public required HttpContext Context { get; init; }

    [Parameter] public string Number { get; set; } = "";

    /// <summary>It was ordered just now.</summary>
    [SupplyParameterFromQuery(Name = "placed")] public string? Placed { get; set; }

    /// <summary>How the page of the card processor ended: "done" or "left". The payment itself is told by the processor, not by an address.</summary>
    [SupplyParameterFromQuery(Name = "card")] public string? Card { get; set; }

    private bool IsOwn => _invoice?.ClientId == _actor.SeesPurchasesOf;

    private bool IsOpen => _invoice?.State is OrderState.Open;

    private bool MayAct => IsOpen && IsOwn && _actor.Role is MemberRole.Admin or MemberRole.Finance;

    private bool MayPayByCard => MayAct && Checkout.IsOn && _invoice!.Sum.Total > 0;

    private bool MayCancel => MayAct && !(_invoice!.CheckoutUntil > Clock.GetUtcNow().UtcDateTime);

    private string Back => IsOwn ? PortalUrls.Purchases : PortalUrls.SupportOrders;

    private (NoticeTone Tone, string Title, string Text)? Told => _invoice?.State switch
    {
        OrderState.Open when Card == "done" => (NoticeTone.Info, L["Told.Card"].Value, L["Told.Card.Text"].Value),
        OrderState.Open when Card == "left" => (NoticeTone.Warn, L["Told.Left"].Value, L["Told.Left.Text"].Value),
        OrderState.Open when Placed is not null && _actor.Acting is { } acting => (NoticeTone.Ok, L["Told.Placed"].Value, L["Told.Placed.Acting", acting.ClientName].Value),
        OrderState.Open when Placed is not null => (NoticeTone.Ok, L["Told.Placed"].Value, L["Told.Placed.Text"].Value),
        OrderState.Paid when Card == "done" => (NoticeTone.Ok, L["Told.Paid"].Value, L["Told.Paid.Text"].Value),
        _ => null,
    };

    private string StateText => _invoice! switch
    {
        { State: OrderState.Open } open => L["State.Open.Text", Time.LongDate(open.DueAt)].Value,
        { State: OrderState.Paid, PaidAt: { } at } => L["State.Paid.Text", Time.LongDate(at)].Value,
        { State: OrderState.Cancelled, ClosedAt: { } at } => L["State.Cancelled.Text", Time.LongDate(at)].Value,
        { ClosedAt: { } at } => L["State.Expired.Text", Time.LongDate(at)].Value,
        _ => "",
    };

    protected override async Task OnInitializedAsync()
    {
        _actor = await Current.GetAsync(Context.RequestAborted);
        await LoadAsync();
        if (_invoice is null)
        {
            // The answer is the page of what is not there: the same whether it is another's or nobody's.
            Context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private async Task LoadAsync() => _invoice = await Orders.InvoiceAsync(Number, _actor, Context.RequestAborted);

    private Task CancelAsync() => ActAsync(async id => (await Cancel.ExecuteAsync(id, _actor, CancellationToken.None)).Error, () => PortalUrls.Invoice(Number));

    private Task PayAsync()
    {
        var address = "";
        return ActAsync(
            async id =>
            {
                var started = await Checkout.ExecuteAsync(id, _actor, CancellationToken.None);
                address = started.Ok ? started.Value.AbsoluteUri : "";
                return started.Error;
            },
            () => address);
    }

    private async Task ActAsync(Func<long, Task<Error?>> act, Func<string> next)
    {
        if (_invoice is null)
        {
            return;
        }

        switch (await act(_invoice.OrderId))
        {
            case null:
                Navigation.NavigateTo(next());
                break;
            case OrderRefused refused:
                _failure = L["Problem." + refused.Kind].Value;
                await LoadAsync();
                break;
            default:
                _failure = L["Problem.NotAllowed"].Value;
                break;
        }
    }
}
