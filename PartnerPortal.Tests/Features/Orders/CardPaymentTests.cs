using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Orders;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Purchases.Stripe;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Orders;

/// <summary>An order whose payment Stripe tells of: one purchase, by the order's own sums, however and in whichever order it is told.</summary>
public sealed class CardPaymentTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Payment_ToldTwiceAndRefundedBefore_IsOnePurchaseOfTheOrder(DatabaseKind kind)
    {
        await using var scene = await StripeScene.StartAsync(kind);
        var (shop, order, client) = await OrderAsync(scene);
        // 100.00 and 19 % tax, without a discount.
        var paid = StripeEvents.Session("pi_card", new StripeBuyer(Order: order.OrderId, Email: client.Email), total: 11900, tax: 0);

        Assert.Equal(HttpStatusCode.OK, await scene.TellAsync(StripeEvents.Refunded("ch_card", "pi_card", 5950)));
        Assert.Equal(HttpStatusCode.OK, await scene.TellAsync(paid));
        Assert.Equal(1, await TakeAsync(scene));
        Assert.Equal(HttpStatusCode.OK, await scene.TellAsync(paid));
        Assert.Equal(0, await TakeAsync(scene));

        Assert.Equal((OrderState.Paid, PaymentWay.Card, "pi_card"), await shop.ReadAsync(order.OrderId) is var now ? (now.State, now.PaidBy!.Value, now.PaymentReference) : default);
        var purchase = await scene.Portal.ReadAsync(db => db.Purchases.SingleAsync());
        Assert.Equal((PurchaseSources.Portal, 10000L, 1900L, 5000L), (purchase.Source, purchase.Amount, purchase.Tax, purchase.Refunded));
        Assert.Equal(HttpStatusCode.OK, await scene.TellAsync(StripeEvents.Refunded("ch_card", "pi_card", 11900)));
        Assert.Equal(10000, await scene.Portal.ReadAsync(db => db.Purchases.Select(p => p.Refunded).SingleAsync()));
    }

    [Fact]
    public async Task Payment_OfAnOrderThatIsPaidOrUnknown_WaitsForSupport()
    {
        await using var scene = await StripeScene.StartAsync();
        var (shop, order, client) = await OrderAsync(scene);
        Assert.True((await shop.PayAsync(order.OrderId, Actor.System with { IsSupport = true }, reference: "statement 7")).Ok);

        Assert.Equal(HttpStatusCode.OK, await scene.TellAsync(StripeEvents.Session("pi_second", new StripeBuyer(Order: order.OrderId, Email: client.Email), total: 11900, tax: 0)));
        Assert.Equal(HttpStatusCode.OK, await scene.TellAsync(StripeEvents.Session("pi_strange", new StripeBuyer(Order: order.OrderId + 1000, Email: client.Email), total: 11900, tax: 0)));
        Assert.Equal(0, await TakeAsync(scene));

        Assert.Equal("statement 7", (await shop.ReadAsync(order.OrderId)).PaymentReference);
        Assert.Equal(1, await scene.PurchasesAsync());
        Assert.Equal(["pi_second", "pi_strange"], await scene.Portal.ReadAsync(db => db.StripePayments.Where(p => p.PurchaseId == null).OrderBy(p => p.ExternalId).Select(p => p.ExternalId).ToListAsync()));
    }

    private static async Task<(ShopWorld Shop, PlacedOrder Order, Actor Client)> OrderAsync(StripeScene scene)
    {
        var shop = new ShopWorld(scene.Portal);
        await shop.PlanAsync(tax: "19 %");
        var client = await shop.People.PersonAsync("Clara Card");
        return (shop, (await shop.OrderAsync(client)).Value, client);
    }

    private static Task<int> TakeAsync(StripeScene scene) => scene.Portal.CallAsync<TakeCardPayments, int>(t => t.ExecuteAsync(default));
}
