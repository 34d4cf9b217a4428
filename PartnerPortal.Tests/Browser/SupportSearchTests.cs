using Microsoft.Playwright;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Claims;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser;

/// <summary>From any page of support's, by keys alone: to the box, to the hits, to a record, and on to all that hangs on it.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SupportSearchTests(BrowserFixture browser)
{
    [Fact]
    public async Task Search_FromAnyPageByKeyboard_OpensARecord()
    {
        await using var live = await LivePortal.StartAsync();
        var world = new ClaimWorld(live.Portal);
        var (_, client, claimant, staff) = await world.StartAsync();
        await world.FiledAsync(claimant, client.Email!);
        await using var context = await browser.OpenAsync(live, staff);
        var page = await context.NewPageAsync();
        await page.GotoAsync(PortalUrls.Support);
        await page.LiveAsync();
        await page.LookAsync("support-start");
        await page.SetViewportSizeAsync(1440, 900);

        await page.GotoAsync(PortalUrls.ImportPurchases);
        await page.LiveAsync();
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("almeida");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Clients and other accounts" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Claims" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Mail" })).ToBeVisibleAsync();
        await page.LookAsync("support-search");
        await page.SetViewportSizeAsync(1440, 900);

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "José Almeida" }).First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("main input[type=search]")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#rec-title")).ToContainTextAsync("José Almeida");
        await page.GetByRole(AriaRole.Link, new() { Name = "Purchases, orders, claims and mail of this account" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Claims" })).ToBeVisibleAsync();
    }
}
