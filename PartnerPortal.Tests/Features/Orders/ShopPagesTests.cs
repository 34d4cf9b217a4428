using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Orders;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Orders;

/// <summary>Buying, as a browser without script meets it.</summary>
public sealed class ShopPagesTests
{
    private const string Address = "nina@novak.test";

    [Theory, OnSqlite, OnPostgres]
    public async Task Visitor_ByLinkPicksAPlanFirst_RegistersAndOrdersWithItsDiscount(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var shop = new ShopWorld(portal);
        await shop.TermsAsync(new ClientDiscount(1000, null));
        await shop.PlanAsync("team-yearly", "480.00 EUR", "Team", "19 %");
        var partner = await shop.People.IntegratorAsync("Brightwater Systems");
        using var visitor = new FormClient(portal);

        await visitor.OpenAsync(PortalUrls.Referral(await shop.People.CodeOfAsync(partner)));
        await visitor.OpenAsync(visitor.Page.QuerySelector("main a[href^='/plans']")!.GetAttribute("href")!);
        Assert.Contains("Brightwater Systems brings you a discount", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("Your first purchase costs 10% less", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("€432.00", visitor.Text, StringComparison.Ordinal);
        await visitor.OpenAsync(visitor.Page.QuerySelector(".plans a")!.GetAttribute("href")!);
        await visitor.SendAsync(new() { ["Input.FullName"] = "Nina Novak", ["Input.Email"] = Address, ["Input.Password"] = World.Password }, "Create my account");
        // The mail is read later, by a link that holds all that is needed.
        await visitor.OpenAsync(await portal.MailedPathAsync(Address, MailKinds.ConfirmEmail, PortalUrls.ConfirmEmail));
        await visitor.OpenAsync(visitor.Page.QuerySelector("main a.primary")!.GetAttribute("href")!);
        await visitor.SendAsync(new() { ["Input.Email"] = Address, ["Input.Password"] = World.Password });

        Assert.Equal(PortalUrls.OrderOf("team-yearly", "EUR"), visitor.Path);
        Assert.Contains("The discount comes from Brightwater Systems", visitor.Text, StringComparison.Ordinal);
        await visitor.SendAsync(new() { ["Posted.Name"] = " " });
        Assert.Equal(["Type the name that the invoice is for."], visitor.Errors);
        await visitor.SendAsync(new() { ["Posted.Name"] = "Novak Ltd", ["Posted.Address"] = "Quay 1\nPort", ["Posted.TaxId"] = "GB1" });

        Assert.StartsWith(PortalUrls.Purchases + "/invoices/", visitor.Path, StringComparison.Ordinal);
        Assert.Contains("your order is placed", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("€514.08", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("Novak Ltd", visitor.Text, StringComparison.Ordinal);
        var order = await portal.ReadAsync(db => db.Orders.SingleAsync());
        Assert.Equal((48_000, 4_800, 8_208, partner.AccountId), (order.Price, order.Discount, order.Tax, order.PartnerId));
        await visitor.OpenAsync(PortalUrls.Plans);
        Assert.Contains("€480.00", visitor.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("brings you a discount", visitor.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("€432.00", visitor.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Visitor_PicksAPlanAndComesByGoogle_IsAtItsOrder()
    {
        await using var provider = await OAuthTestServer.StartAsync();
        await using var portal = await TestPortal.StartAsync(settings: provider.SettingsFor("Google"));
        // The cookie for the way there and back ends by the portal's clock, and the visitor drops it by the real one.
        portal.Clock.Advance(DateTime.UtcNow - portal.Clock.Now);
        var shop = new ShopWorld(portal);
        await shop.TermsAsync(new ClientDiscount(1000, null));
        await shop.PlanAsync(name: "Team");
        var partner = await shop.People.IntegratorAsync("Brightwater Systems");
        using var visitor = new FormClient(portal);

        // By an address this time: the number of the partner's account.
        await visitor.OpenAsync(PortalUrls.WithQuery(PortalUrls.Plans, ("ref", (AccountNumber.Offset + partner.AccountId!.Value).ToString(System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Contains("€90.00", visitor.Text, StringComparison.Ordinal);
        await visitor.OpenAsync(visitor.Page.QuerySelector(".plans a")!.GetAttribute("href")!);
        await visitor.SendAsync(button: "Continue with Google");
        await visitor.SendAsync(button: "Create my account");

        Assert.Equal(PortalUrls.OrderOf("team", "EUR"), visitor.Path);
        Assert.Contains("The discount comes from Brightwater Systems", visitor.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plans_NoneOrWithoutReferral_SaysSoAndPromisesNothing()
    {
        await using var portal = await TestPortal.StartAsync();
        var shop = new ShopWorld(portal);
        using var visitor = new FormClient(portal);
        await visitor.OpenAsync(PortalUrls.Plans);
        Assert.Contains("Nothing is on sale here", visitor.Text, StringComparison.Ordinal);

        await shop.TermsAsync(new ClientDiscount(null, new Dictionary<string, long> { ["EUR"] = 500 }));
        await shop.PlanAsync("team", "100 EUR; 110 USD", "Team");
        var code = await shop.People.CodeOfAsync(await shop.People.IntegratorAsync("Brightwater Systems"));
        await visitor.OpenAsync(PortalUrls.WithQuery(PortalUrls.Plans, ("code", "NOSUCH22")));
        Assert.Contains("€100.00", visitor.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("discount", visitor.Text, StringComparison.Ordinal);
        await visitor.OpenAsync(PortalUrls.WithQuery(PortalUrls.Plans, ("code", code)));
        Assert.Contains("€95.00", visitor.Text, StringComparison.Ordinal);
        await visitor.OpenAsync(PortalUrls.WithQuery(PortalUrls.Plans, ("code", code), ("currency", "usd")));
        Assert.Contains("$110.00", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("another currency", visitor.Text, StringComparison.Ordinal);
        Assert.Contains($"from={code}", visitor.Page.QuerySelector(".plans a")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plans_AgreementOfSomeProducts_SparesOnThoseOnly()
    {
        await using var portal = await TestPortal.StartAsync();
        var shop = new ShopWorld(portal);
        await shop.TermsAsync(new ClientDiscount(1000, null), "TEAM");
        await shop.PlanAsync("team", "100.00 EUR", "Team");
        await shop.PlanAsync("solo", "40.00 EUR", "Solo");
        var (client, _) = await shop.ClientAsync();
        using var visitor = new FormClient(portal);
        await visitor.OpenAsync(PortalUrls.WithQuery(PortalUrls.Plans, ("code", await shop.People.CodeOfAsync(await shop.People.IntegratorAsync("Brightwater Systems")))));

        Assert.Contains("It holds for: Team.", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("€90.00", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("€40.00", visitor.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("€36.00", visitor.Text, StringComparison.Ordinal);
        Assert.Equal(0, (await shop.ReadAsync((await shop.OrderAsync(client, "solo")).Value.OrderId)).Discount);
        Assert.Equal(1000, (await shop.ReadAsync((await shop.OrderAsync(client, "team")).Value.OrderId)).Discount);
    }

    [Fact]
    public async Task Invoice_PartlyRefunded_SaysHowMuchAndWhen()
    {
        await using var portal = await TestPortal.StartAsync();
        var shop = new ShopWorld(portal);
        await shop.PlanAsync(name: "Team");
        var client = await shop.People.PersonAsync("Clara Client");
        var placed = (await shop.OrderAsync(client)).Value;
        var purchase = (await shop.PayAsync(placed.OrderId, await shop.People.SupportAsync())).Value.PurchaseId;
        portal.Clock.Advance(TimeSpan.FromDays(1));
        await new MoneyWorld(portal).RefundAsync(new RefundRequest(PurchaseSources.Hand, purchase, null, "back-1", 2500, "EUR", portal.Clock.Now));

        var invoice = await portal.CallAsync<OrderQueries, InvoiceView?>(q => q.InvoiceAsync(placed.InvoiceNumber, client, default));

        Assert.Equal([new InvoiceRefund(2500, portal.Clock.Now)], invoice!.Refunds);
        using var browser = await SignedIn.SignedInClient(portal, client);
        Assert.Contains("€25.00 without tax was refunded on 21 November 2026.", WebUtility.HtmlDecode(await browser.GetStringAsync(PortalUrls.Invoice(placed.InvoiceNumber))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7", 7L, true)]
    [InlineData("7", 77L, false)]
    [InlineData("7", null, false)]
    public void News_OfAnOrder_ConcernItsClientAlone(string payload, long? client, bool expected) => Assert.Equal(expected, OrderNews.Concerns(payload, client));

    [Fact]
    public async Task Invoice_PaidByCard_LeadsToTheProcessorAndBack()
    {
        await using var stripe = await StripeTestServer.StartAsync();
        await using var portal = await TestPortal.StartAsync(settings: stripe.Settings);
        var shop = new ShopWorld(portal);
        await shop.PlanAsync(name: "Team");
        var client = await shop.People.PersonAsync("Clara Client");
        var placed = (await shop.OrderAsync(client)).Value;
        var path = PortalUrls.Invoice(placed.InvoiceNumber);
        using var browser = await SignedIn.SignedInClient(portal, client);

        using var answer = await browser.SubmitAsync(path, "pay");

        Assert.Equal((HttpStatusCode.Redirect, stripe.Page(1)), (answer.StatusCode, answer.Headers.Location));
        using (var page = await browser.GetAsync(path))
        {
            Assert.Contains($"form-action 'self' {stripe.Address}", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }

        Assert.Contains("Nothing was paid", await browser.ReadAsync(path + "?card=left"), StringComparison.Ordinal);
        Assert.Contains("is being confirmed", await browser.ReadAsync(path + "?card=done"), StringComparison.Ordinal);
        await shop.PayAsync(placed.OrderId, Actor.System with { MayPostMoney = true }, PaymentWay.Card, "pi_1");
        var paid = await browser.ReadAsync(path + "?card=done");
        Assert.Contains("Thank you, it is paid", paid, StringComparison.Ordinal);
        Assert.DoesNotContain("How to pay", paid, StringComparison.Ordinal);
        using var again = await browser.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent([new("_handler", "pay")]));
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
    }

    [Fact]
    public async Task Invoice_CancelledOnItsPage_FreesAndSaysSo()
    {
        await using var portal = await TestPortal.StartAsync();
        var shop = new ShopWorld(portal);
        await shop.PlanAsync(name: "Team");
        var client = await shop.People.PersonAsync("Clara Client");
        var placed = (await shop.OrderAsync(client)).Value;
        var path = PortalUrls.Invoice(placed.InvoiceNumber);
        using var browser = await SignedIn.SignedInClient(portal, client);
        Assert.DoesNotContain("by card", await browser.ReadAsync(path), StringComparison.Ordinal);

        using var answer = await browser.SubmitAsync(path, "cancel");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("There is nothing to pay", await browser.ReadAsync(path), StringComparison.Ordinal);
        Assert.Equal(OrderState.Cancelled, (await shop.ReadAsync(placed.OrderId)).State);
    }
}
