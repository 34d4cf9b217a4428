using Bunit;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Orders;
using PartnerPortal.Identity;
using PartnerPortal.Tests.Features.Clients;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Orders;

/// <summary>The pages of the owner, of support and of the client that live.</summary>
public sealed class ShopDesksTests
{
    [Fact]
    public async Task OwnerPage_NewPlan_IsMadeAndWhatIsWrongSaid()
    {
        await using var portal = await TestPortal.StartAsync();
        await using var pages = new ClientPages(portal, await new ShopWorld(portal).People.OwnerAsync());
        var page = pages.Render<PlansAdminPage>();

        await page.ActAsync("#plan-code", e => e.InputAsync("team"));
        await page.ActAsync("#plan-name", e => e.InputAsync("Team"));
        await page.ActAsync("#plan-prices", e => e.InputAsync("cheap"));
        await page.ActAsync("form", e => e.SubmitAsync());
        Assert.Contains("Type an amount above zero", page.Find("#plan-prices-error").TextContent, StringComparison.Ordinal);
        await page.ActAsync("#plan-prices", e => e.InputAsync("49,90 EUR"));
        await page.ActAsync("#plan-tax", e => e.InputAsync("19 %"));
        await page.ActAsync("form", e => e.SubmitAsync());

        Assert.Contains("Team was created.", page.Markup, StringComparison.Ordinal);
        var plan = await portal.ReadAsync(db => db.Plans.SingleAsync());
        Assert.Equal(("team", 4990, 1900, true), (plan.Code, plan.Prices["EUR"], plan.TaxBasisPoints, plan.IsOnSale));
    }

    [Fact]
    public async Task SupportPage_MarksPaidOnce_AndSaysWhoMayNot()
    {
        await using var portal = await TestPortal.StartAsync();
        var shop = new ShopWorld(portal);
        await shop.PlanAsync(name: "Team");
        var client = await shop.People.PersonAsync("Clara Client");
        var support = await shop.People.SupportAsync();
        var order = (await shop.OrderAsync(client)).Value;
        var own = (await shop.OrderAsync(support)).Value;
        await using var pages = new ClientPages(portal, support);
        var page = pages.Render<OrderDesk>();
        Assert.Equal(2, page.FindAll("tbody tr").Count);

        // The newest stands first: support's own.
        await page.ActAsync("tbody tr:first-child button", e => e.ClickAsync());
        await page.ActAsync("dialog .btn.primary", e => e.ClickAsync());
        Assert.Contains("You are a member of this client", page.Markup, StringComparison.Ordinal);
        Assert.Equal(OrderState.Open, (await shop.ReadAsync(own.OrderId)).State);

        await page.ActAsync("tbody tr:last-child button", e => e.ClickAsync());
        await shop.PayAsync(order.OrderId, await shop.People.SupportAsync("Sue Second"));
        await page.ActAsync("#reference", e => e.ChangeAsync("statement 7"));
        await page.ActAsync("dialog .btn.primary", e => e.ClickAsync());
        Assert.Contains($"Invoice {order.InvoiceNumber} had been marked paid before.", page.Markup, StringComparison.Ordinal);
        Assert.Equal(1, await portal.ReadAsync(db => db.Purchases.CountAsync()));
    }

    [Fact]
    public async Task SupportPage_Search_FindsByNumberAndClient()
    {
        await using var portal = await TestPortal.StartAsync();
        var shop = new ShopWorld(portal);
        await shop.PlanAsync(name: "Team");
        var first = (await shop.OrderAsync(await shop.People.PersonAsync("Zoë Zander"))).Value;
        await shop.OrderAsync(await shop.People.PersonAsync("Anna Arendt"));
        await using var pages = new ClientPages(portal, await shop.People.SupportAsync());
        var page = pages.Render<OrderDesk>();

        foreach (var typed in new[] { "zoe", first.InvoiceNumber })
        {
            await page.ActAsync("input[type=search]", e => e.InputAsync(typed));
            Assert.Contains("Zoë Zander", Assert.Single(page.FindAll("tbody tr")).TextContent, StringComparison.Ordinal);
        }

        await page.ActAsync("input[type=search]", e => e.InputAsync("nobody at all"));
        Assert.Contains("No order fits", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientPage_ShowsItsOrdersAndPurchasesAlone()
    {
        await using var portal = await TestPortal.StartAsync();
        var shop = new ShopWorld(portal);
        await shop.TermsAsync(new ClientDiscount(1000, null));
        await shop.PlanAsync(name: "Team");
        var (client, partner) = await shop.ClientAsync();
        var order = (await shop.OrderAsync(client)).Value;
        await shop.PayAsync(order.OrderId, await shop.People.SupportAsync());
        await using (var pages = new ClientPages(portal, client))
        {
            var page = pages.Render<PurchasesPage>();
            Assert.Contains(order.InvoiceNumber, page.Markup, StringComparison.Ordinal);
            Assert.Contains("€10.00 first-purchase discount", page.Markup, StringComparison.Ordinal);
            Assert.Equal(2, page.FindAll("tbody tr").Count);
        }

        await using var others = new ClientPages(portal, partner);
        Assert.Contains("You have not bought anything yet.", others.Render<PurchasesPage>().Markup, StringComparison.Ordinal);
    }
}
