using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Flags;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser;

/// <summary>Support closes a partner from its record; and voids what a flag is about, which the partner saw under review before.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ReviewTests(BrowserFixture browser)
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 30_000 };

    [Fact]
    public async Task Flag_SeenByThePartnerUnderReview_IsVoidedBySupport()
    {
        await using var live = await LivePortal.StartAsync();
        var world = new FlagWorld(live.Portal);
        var (staff, partner) = (await world.People.SupportAsync(), await world.Payouts.PartnerAsync());
        await world.Payouts.EarnAsync(partner, 5000);
        var client = await live.Portal.ReadAsync(db => db.Purchases.Select(p => p.ClientId).SingleAsync());
        await world.PhoneAsync(partner.AccountId!.Value, "+4930123456");
        await world.PhoneAsync(client, "+4930123456");
        Assert.Equal(1, await world.RaiseAsync());

        await using var its = await browser.OpenAsync(live, partner);
        var wallet = await its.NewPageAsync();
        await wallet.GotoAsync(PortalUrls.Wallet);
        await wallet.LiveAsync();
        await Expect(wallet.GetByText("Under review by our support team").First).ToBeVisibleAsync();
        await wallet.LookAsync("wallet-review");

        await using var context = await browser.OpenAsync(live, staff);
        var page = await context.NewPageAsync();
        await page.GotoAsync(PortalUrls.Support);
        await page.LiveAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Flags to look at 1" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Brightwater Systems: a client like its partner" }).ClickAsync();
        await Expect(page.GetByText("same phone")).ToBeVisibleAsync();
        await page.LookAsync("flag");
        await page.SetViewportSizeAsync(1440, 900);
        await page.GetByRole(AriaRole.Radio, new() { Name = "Void the commissions" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Void them" }).ClickAsync();
        await Expect(page.GetByText("Write why.")).ToBeVisibleAsync();
        await page.Locator("#why").FillAsync("It is the same person");
        await page.GetByRole(AriaRole.Button, new() { Name = "Void them" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Void them" }).ClickAsync();
        await Expect(page.GetByText("The commissions are voided")).ToBeVisibleAsync();
        await Expect(page.GetByText("It is the same person")).ToBeVisibleAsync();
        await page.GotoAsync(PortalUrls.SupportFlagsIn("voided"));
        await page.LiveAsync();
        await page.LookAsync("flags");
        await page.GotoAsync(PortalUrls.SetCulture("ar", PortalUrls.SupportFlagsIn("voided")));
        await page.LiveAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Brightwater Systems" }).First.ClickAsync();
        await Expect(page.Locator("#facts")).ToBeVisibleAsync();
        await page.LookAsync("flag-ar");

        await wallet.ReloadAsync();
        await Expect(wallet.GetByText("Support voided it after a review.").First).ToBeVisibleAsync();
        Assert.Empty(await world.Payouts.FindingsAsync());
    }

    [Fact]
    public async Task Partner_ClosedWithHandOver_IsClosedAndItsClientsAreTheOthers()
    {
        await using var live = await LivePortal.StartAsync();
        var world = new FlagWorld(live.Portal);
        var (staff, partner, other) = (await world.People.SupportAsync(), await world.Payouts.PartnerAsync("Delta Punkt"), await world.People.IntegratorAsync("Brightwater Systems"));
        await world.Payouts.EarnAsync(partner, 5000);
        await using var context = await browser.OpenAsync(live, staff);
        var page = await context.NewPageAsync();
        await page.GotoAsync(PortalUrls.SupportPartner(partner.AccountId!.Value));
        await page.LiveAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Close with hand-over" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Close Delta Punkt" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "To nobody" }).CheckAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Close it and release 1" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "To another partner" }).CheckAsync();
        await page.Locator("#to").FillAsync("Bright");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Brightwater Systems" }).CheckAsync();
        await page.Locator("#why").FillAsync("Delta Punkt gives up");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Close it and move 1 to Brightwater Systems" })).ToBeVisibleAsync();
        await page.LookAsync("closing");
        await page.SetViewportSizeAsync(1440, 900);
        await page.GetByRole(AriaRole.Button, new() { Name = "Close it and move 1 to Brightwater Systems" }).ClickAsync();
        await Expect(page.GetByText("It can be undone until")).ToBeVisibleAsync(Soon);

        Assert.Equal(1, await live.Portal.ReadAsync(db => db.Attributions.CountAsync(a => a.PartnerId == other.AccountId && a.EndedAt == null)));
        await page.GotoAsync(PortalUrls.SupportPartner(partner.AccountId.Value));
        await page.LiveAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Open it again" })).ToBeVisibleAsync();
        await page.LookAsync("closed");
    }
}
