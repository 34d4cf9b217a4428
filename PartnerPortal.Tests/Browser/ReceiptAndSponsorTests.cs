using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser;

/// <summary>A client reads why its partner is its partner, an integrator tests its link, and support changes a sponsor and takes it back.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ReceiptAndSponsorTests(BrowserFixture browser)
{
    [Fact]
    public async Task ReceiptTesterAndSponsor_FromTheirLinksToTheEnd()
    {
        await using var live = await LivePortal.StartAsync();
        var world = new World(live.Portal);
        var (partner, other, client, staff) = (await world.IntegratorAsync("Brightwater Systems"), await world.IntegratorAsync("Delta Punkt"), await world.PersonAsync("Nina Novak"), await world.SupportAsync());
        var code = await world.CodeOfAsync(partner);
        Assert.True((await live.Portal.CallAsync<JoinPartner, Result<JoinOffer>>(j => j.ExecuteAsync(new JoinRequest(code, null, "en", []), client, default))).Ok);

        await using (var context = await browser.OpenAsync(live, client))
        {
            var page = await context.NewPageAsync();
            await page.GotoAsync(PortalUrls.MyPartner);
            await page.LiveAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Open to print" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Receipt R-" })).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Print" })).ToBeVisibleAsync();
            await LookAsync(page, "receipt");
            await page.EmulateMediaAsync(new() { Media = Media.Print });
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Print" })).ToBeHiddenAsync();
            await Expect(page.Locator("main")).ToContainTextAsync("Yes on the join form");
        }

        await using (var context = await browser.OpenAsync(live, partner))
        {
            var page = await context.NewPageAsync();
            await page.GotoAsync(PortalUrls.Dashboard);
            await page.LiveAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "See what a visitor of your link meets" }).ClickAsync();
            await Expect(page.GetByText("becomes a client of Brightwater Systems")).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Radio, new() { Name = "The account itself" }).CheckAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Test", Exact = true }).ClickAsync();
            await Expect(page.GetByText("Nobody is its own partner")).ToBeVisibleAsync();
            await LookAsync(page, "tester");
            await page.GetByLabel("Link or code").FillAsync(await world.CodeOfAsync(other));
            await page.GetByRole(AriaRole.Button, new() { Name = "Test", Exact = true }).ClickAsync();
            await Expect(page.GetByText("This is not one of your links")).ToBeVisibleAsync();
            await page.GetByLabel("Link or code").FillAsync("https://elsewhere.test/");
            await page.GetByRole(AriaRole.Button, new() { Name = "Test", Exact = true }).ClickAsync();
            await Expect(page.GetByText("This is no referral link")).ToBeVisibleAsync();
        }

        await using (var context = await browser.OpenAsync(live, staff))
        {
            var page = await context.NewPageAsync();
            await page.GotoAsync(PortalUrls.SupportClient(client.AccountId!.Value));
            await page.LiveAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Change", Exact = true }).ClickAsync();
            await Expect(page.GetByText("It is recommended by Brightwater Systems now.")).ToBeVisibleAsync();
            await page.Locator("#to").FillAsync("Delta");
            await page.GetByRole(AriaRole.Radio, new() { Name = "Delta Punkt" }).CheckAsync();
            await Expect(page.GetByText("Brightwater Systems until now, Delta Punkt from then on")).ToBeVisibleAsync();
            await LookAsync(page, "sponsor");
            await page.GetByRole(AriaRole.Button, new() { Name = "Let Delta Punkt recommend it" }).ClickAsync();
            await Expect(page.GetByText("Say why.")).ToBeVisibleAsync();
            await page.Locator("#why").FillAsync("They met at the fair");
            await page.GetByRole(AriaRole.Button, new() { Name = "Let Delta Punkt recommend it" }).ClickAsync();
            await Expect(page.GetByText("It is recommended by Delta Punkt now.")).ToBeVisibleAsync();
            await LookAsync(page, "sponsor-done");
            await page.GetByRole(AriaRole.Button, new() { Name = "Undo, until" }).ClickAsync();
            await page.Locator("#undo-reason").FillAsync("It was another fair");
            await page.GetByRole(AriaRole.Button, new() { Name = "Undo", Exact = true }).ClickAsync();
            await Expect(page.GetByText("It is recommended by Brightwater Systems now.")).ToBeVisibleAsync();
            await Expect(page.GetByText("Undone: from Delta Punkt back to Brightwater Systems")).ToBeVisibleAsync();
        }

        Assert.Equal(partner.AccountId, await live.Portal.ReadAsync(db => db.Accounts.Where(a => a.Id == client.AccountId).Select(a => a.SponsorId).SingleAsync()));
    }

    /// <summary>Wide and narrow, light and dark: nothing scrolls sideways, and axe finds nothing. <c>PORTAL_SHOTS</c> names a folder for pictures.</summary>
    private static async Task LookAsync(IPage page, string name)
    {
        foreach (var (width, scheme) in new[] { (1440, ColorScheme.Light), (390, ColorScheme.Dark) })
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            Assert.False(await page.ScrollsSidewaysAsync(), $"{name} scrolls sideways at {width}");
            if (Environment.GetEnvironmentVariable("PORTAL_SHOTS") is { Length: > 0 } folder)
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{width}-{scheme}.png"), FullPage = true });
            }
        }

        await page.SetViewportSizeAsync(1440, 900);
        Assert.Empty(await page.BarriersAsync());
    }
}
