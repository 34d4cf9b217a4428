using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using PartnerPortal.Features.AccessGrants;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.AccessGrants;
using PartnerPortal.Tests.Features.Orders;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser;

/// <summary>A partner asks for access, the client narrows and approves it, the partner acts, the client reads what it did, and takes it back while the page is open.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AccessGrantTests(BrowserFixture browser)
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 5_000 };

    [Fact]
    public async Task Access_AskedNarrowedUsedReadAndRevoked()
    {
        await using var live = await LivePortal.StartAsync();
        var (world, shop) = (new AccessWorld(live.Portal), new ShopWorld(live.Portal));
        await shop.PlanAsync();
        var (partner, client) = await world.PairAsync();
        Assert.Null((await shop.OrderAsync(client)).Error);
        var record = await live.Portal.ReadAsync(db => db.ClientRecords.Where(r => r.PartnerId == partner.AccountId).Select(r => r.Id).SingleAsync());
        await using var partners = await browser.OpenAsync(live, partner);
        await using var clients = await browser.OpenAsync(live, client, width: 390);

        var page = await OpenAsync(partners, PortalUrls.Client(record));
        await page.GetByRole(AriaRole.Button, new() { Name = "Request access" }).ClickAsync();
        await page.GetByLabel("Order for the client").CheckAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Why" }).FillAsync("We look for a lost invoice.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the request" }).ClickAsync();
        await Expect(page.GetByText("The request is on its way")).ToBeVisibleAsync();

        var answer = await OpenAsync(clients, PortalUrls.Access);
        await Expect(answer.GetByText("We look for a lost invoice.")).ToBeVisibleAsync();
        await answer.GetByLabel("Order for the client").UncheckAsync();
        await answer.GetByLabel("For how many days").FillAsync("2");
        await answer.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(answer.GetByText("Nordwind has access now")).ToBeVisibleAsync();
        Assert.Equal((2, AccessScopes.ViewProfile | AccessScopes.ViewPurchases), await live.Portal.ReadAsync(async db =>
        {
            var grant = await db.AccessGrants.SingleAsync(g => g.State == AccessState.Running);
            return (grant.Days, grant.Scopes);
        }));

        // The record shows the answer by itself.
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the account" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You act for Clara Client", Level = 1 })).ToBeVisibleAsync();
        await page.LiveAsync();
        var banner = page.GetByRole(AriaRole.Region, new() { Name = "You act for a client" });
        await page.GetByRole(AriaRole.Link, new() { Name = "Purchases", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "team" })).ToBeVisibleAsync();
        await Expect(banner).ToContainTextAsync("Clara Client");
        Assert.False(await page.ScrollsSidewaysAsync());
        await page.GotoAsync(PortalUrls.Team);
        await Expect(page.GetByText("That page does not open now")).ToBeVisibleAsync();
        await page.GotoAsync(PortalUrls.Profile);
        await page.LiveAsync();
        await Expect(page.GetByText("lets you read this, not change it")).ToBeVisibleAsync();
        Assert.Empty(await page.BarriersAsync());

        await Expect(answer.GetByText("Nordwind of Nordwind opened your purchases and invoices")).ToBeVisibleAsync(Soon);
        await Expect(answer.GetByText("Nordwind of Nordwind opened your profile")).ToBeVisibleAsync(Soon);
        Assert.False(await answer.ScrollsSidewaysAsync());

        await answer.GetByRole(AriaRole.Button, new() { Name = "Revoke the access of Nordwind" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You act for nobody now" })).ToBeVisibleAsync(Soon);
        await Expect(banner).ToHaveCountAsync(0);
        await page.GotoAsync(PortalUrls.Client(record));
        await Expect(page.GetByText("Revoked", new() { Exact = true })).ToBeVisibleAsync();
    }

    private static async Task<IPage> OpenAsync(IBrowserContext context, string path)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        await page.LiveAsync();
        return page;
    }
}
