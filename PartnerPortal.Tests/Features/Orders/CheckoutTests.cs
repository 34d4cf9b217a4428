using System.Net;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Orders;
using PartnerPortal.Features.Purchases.Stripe;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Orders;

/// <summary>Paying an order by card, against a server that answers as Stripe's does.</summary>
public sealed class CheckoutTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Start_OpenOrder_MakesTheSessionThatStripeIsAskedFor(DatabaseKind kind)
    {
        await using var stripe = await StripeTestServer.StartAsync();
        await using var portal = await TestPortal.StartAsync(kind, settings: stripe.Settings);
        var shop = new ShopWorld(portal);
        await shop.TermsAsync(new ClientDiscount(1000, null));
        await shop.PlanAsync(name: "Team", tax: "19 %");
        var (client, _) = await shop.ClientAsync();
        var placed = (await shop.OrderAsync(client)).Value;

        var page = (await StartAsync(portal, placed.OrderId, client)).Value;

        Assert.Equal(stripe.Page(1), page);
        var asked = Assert.Single(stripe.Asked);
        Assert.Equal(("Bearer sk_test_1", StripeApi.Version), (asked.Authorization, asked.Version));
        Assert.StartsWith($"order-{placed.OrderId}-", asked.IdempotencyKey, StringComparison.Ordinal);
        Assert.Equal("payment", asked.Form["mode"]);
        Assert.Equal(("eur", "10710", "1"), (asked.Form["line_items[0][price_data][currency]"], asked.Form["line_items[0][price_data][unit_amount]"], asked.Form["line_items[0][quantity]"]));
        Assert.Equal((placed.InvoiceNumber, client.Email, "Team"), (asked.Form["client_reference_id"], asked.Form["customer_email"], asked.Form["line_items[0][price_data][product_data][name]"]));
        foreach (var of in new[] { "metadata", "payment_intent_data[metadata]" })
        {
            Assert.Equal((Text(placed.OrderId), Text(AccountNumber.Offset + client.AccountId!.Value), "team"), (asked.Form[$"{of}[portal_order]"], asked.Form[$"{of}[portal_account]"], asked.Form[$"{of}[portal_product]"]));
        }

        Assert.EndsWith($"{PortalUrls.Invoice(placed.InvoiceNumber)}?card=done", asked.Form["success_url"], StringComparison.Ordinal);
        Assert.EndsWith($"{PortalUrls.Invoice(placed.InvoiceNumber)}?card=left", asked.Form["cancel_url"], StringComparison.Ordinal);
        Assert.InRange(long.Parse(asked.Form["expires_at"]) - portal.Clock.GetUtcNow().ToUnixTimeSeconds(), 1800, 86_400);
    }

    [Fact]
    public async Task Start_Twice_IsTheSamePageAndHoldsTheOrder()
    {
        await using var stripe = await StripeTestServer.StartAsync();
        await using var portal = await TestPortal.StartAsync(settings: stripe.Settings);
        var shop = new ShopWorld(portal);
        await shop.PlanAsync();
        var client = await shop.People.PersonAsync("Clara Client");
        var order = (await shop.OrderAsync(client)).Value.OrderId;
        portal.Clock.Advance(Order.Lasts - TimeSpan.FromMinutes(1));

        var first = await StartAsync(portal, order, client);
        portal.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(first.Value, (await StartAsync(portal, order, client)).Value);

        Assert.Equal(new OrderRefused(OrderProblem.CheckoutOpen), (await shop.CancelAsync(order, client)).Error);
        Assert.Equal(0, await shop.ExpireAsync());
        portal.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(new OrderRefused(OrderProblem.NotOpen), (await StartAsync(portal, order, client)).Error);
        Assert.Equal(1, await shop.ExpireAsync());
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, "{\"error\":{\"type\":\"invalid_request_error\",\"param\":\"currency\"}}")]
    [InlineData(HttpStatusCode.InternalServerError, "<html>")]
    [InlineData(HttpStatusCode.OK, "{}")]
    [InlineData(HttpStatusCode.OK, "")]
    public async Task Start_StripeRefusesOrFails_SaysSoAndHoldsNothing(HttpStatusCode status, string body)
    {
        await using var stripe = await StripeTestServer.StartAsync();
        stripe.Answer = (status, body);
        await using var portal = await TestPortal.StartAsync(settings: stripe.Settings);
        var shop = new ShopWorld(portal);
        await shop.PlanAsync();
        var client = await shop.People.PersonAsync("Clara Client");
        var order = (await shop.OrderAsync(client)).Value.OrderId;

        Assert.Equal(new OrderRefused(OrderProblem.ProcessorFailed), (await StartAsync(portal, order, client)).Error);
        Assert.Null((await shop.ReadAsync(order)).CheckoutUntil);
        Assert.True((await shop.CancelAsync(order, client)).Ok);
    }

    [Fact]
    public async Task Start_ByOthersOrWithoutKey_IsRefused()
    {
        await using var stripe = await StripeTestServer.StartAsync();
        await using var portal = await TestPortal.StartAsync(settings: stripe.Settings);
        var shop = new ShopWorld(portal);
        await shop.PlanAsync();
        var client = await shop.People.PersonAsync("Clara Client");
        var order = (await shop.OrderAsync(client)).Value.OrderId;

        Assert.Equal(new OrderRefused(OrderProblem.OrderUnknown), (await StartAsync(portal, order, await shop.People.IntegratorAsync("Other"))).Error);
        Assert.IsType<NotAllowed>((await StartAsync(portal, order, Actor.Visitor)).Error);
        await using var plain = await TestPortal.StartAsync();
        Assert.Equal(new OrderRefused(OrderProblem.NoCards), (await StartAsync(plain, order, client)).Error);
        Assert.Empty(stripe.Asked);
    }

    [Fact]
    public async Task Pay_ByCardAfterItsEnd_IsBookedOnce()
    {
        await using var portal = await TestPortal.StartAsync();
        var shop = new ShopWorld(portal);
        await shop.TermsAsync(new ClientDiscount(1000, null));
        await shop.PlanAsync();
        var (client, _) = await shop.ClientAsync();
        var late = (await shop.OrderAsync(client)).Value.OrderId;
        await shop.CancelAsync(late, client);
        var next = (await shop.OrderAsync(client)).Value.OrderId;

        var machine = Actor.System with { MayPostMoney = true };
        Assert.True((await shop.PayAsync(late, machine, PaymentWay.Card, "pi_1")).Value.IsNew);
        Assert.False((await shop.PayAsync(late, machine, PaymentWay.Card, "pi_1")).Value.IsNew);
        Assert.Equal((OrderState.Paid, false), ((await shop.ReadAsync(late)).State, (await shop.ReadAsync(late)).HoldsDiscount));
        Assert.True((await shop.ReadAsync(next)).HoldsDiscount);
    }

    [Theory]
    [InlineData(1234, "EUR", 1234L)]
    [InlineData(1234, "JPY", 1234L)]
    [InlineData(1234, "ISK", 123_400L)]
    [InlineData(1230, "KWD", 1230L)]
    [InlineData(1234, "KWD", null)]
    public void AmountFor_Currency_IsAsStripeCounts(long minor, string currency, long? expected) => Assert.Equal(expected, StripeCheckout.AmountFor(minor, currency));

    private static Task<Result<Uri>> StartAsync(TestPortal portal, long order, Actor actor) => portal.CallAsync<StartCheckout, Result<Uri>>(s => s.ExecuteAsync(order, actor, default));

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
