using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.AccessGrants;
using PartnerPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser;

/// <summary>A client leaves, undoes it, takes another partner by a typed code and undoes that, unaided.</summary>
[Collection(BrowserCollection.Name)]
public sealed class LeavingTests(BrowserFixture browser)
{
    [Fact]
    public async Task Client_LeavesUndoesSwitchesAndUndoes()
    {
        await using var live = await LivePortal.StartAsync();
        var world = new World(live.Portal);
        var (partner, client) = await new AccessWorld(live.Portal).PairAsync();
        var code = await world.CodeOfAsync(await world.IntegratorAsync("Delta Punkt"));
        await using var partners = await browser.OpenAsync(live, partner);
        await using var clients = await browser.OpenAsync(live, client, width: 390);
        var list = await OpenAsync(partners, PortalUrls.Clients);
        await Expect(list.GetByText("Clara Client").First).ToBeVisibleAsync();

        var page = await OpenAsync(clients, PortalUrls.MyPartner);
        await page.GetByRole(AriaRole.Button, new() { Name = "Leave Nordwind" }).ClickAsync();
        await Expect(page.GetByText("For 14 days you can undo this here")).ToBeVisibleAsync();
        await page.ShootAsync("leave-ask-390");
        await page.GetByRole(AriaRole.Button, new() { Name = "Leave", Exact = true }).ClickAsync();
        await Expect(page.GetByText("You have left Nordwind")).ToBeVisibleAsync();
        await Expect(list.GetByText("Clara Client")).ToHaveCountAsync(0);
        await page.ShootAsync("leave-left-390");
        Assert.False(await page.ScrollsSidewaysAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo, back to Nordwind" }).ClickAsync();
        await Expect(page.GetByText("Nordwind is your partner again", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(list.GetByText("Clara Client").First).ToBeVisibleAsync();
        await Expect(page.GetByText("The undo decided.")).ToBeVisibleAsync();
        await Expect(page.GetByText("By yourself you can leave again from")).ToBeVisibleAsync();
        await page.ShootAsync("leave-undone-390");

        // The days go by.
        await live.Portal.Services.GetRequiredService<PortalDb>().WriteAsync(db => db.Attributions.ExecuteUpdateAsync(a => a.SetProperty(x => x.UndoUntil, (DateTime?)null)));
        await page.ReloadAsync();
        await page.LiveAsync();
        await page.SetViewportSizeAsync(1440, 1000);
        await page.ShootAsync("leave-1440");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Have a referral code?" }).FillAsync(code);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Have a referral code?" }).PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Take Delta Punkt as your partner?" })).ToBeVisibleAsync();
        await Expect(page.GetByText("For 14 days you could undo that")).ToBeVisibleAsync();
        await page.ShootAsync("leave-switch-ask-1440");
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, be my partner" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Open My partner" }).ClickAsync();
        await page.LiveAsync();
        await Expect(page.GetByText("You switched from Nordwind to Delta Punkt")).ToBeVisibleAsync();
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.ShootAsync("leave-switched-1440-dark");
        await page.GotoAsync(PortalUrls.SetCulture("ar", PortalUrls.MyPartner));
        await page.LiveAsync();
        Assert.False(await page.ScrollsSidewaysAsync());
        await page.ShootAsync("leave-switched-1440-ar");
        await page.GotoAsync(PortalUrls.SetCulture("en", PortalUrls.MyPartner));
        await page.LiveAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo, back to Nordwind" }).ClickAsync();
        await Expect(page.GetByText("Nordwind is your partner again", new() { Exact = true })).ToBeVisibleAsync();

        var open = await live.Portal.ReadAsync(db => db.Attributions.SingleAsync(a => a.EndedAt == null));
        Assert.Equal((partner.AccountId, CameBy.Returned), ((long?)open.PartnerId, open.CameBy));
    }

    private static async Task<IPage> OpenAsync(IBrowserContext context, string path)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        await page.LiveAsync();
        return page;
    }
}
