using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Partners;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser;

/// <summary>A client recommends: its QR code leads to its link, and whom it brought shows by itself, as far as that one agreed.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ReferTests(BrowserFixture browser)
{
    [Fact]
    public async Task Client_Recommends_SeesWhomItBroughtAsTheyAgreed()
    {
        await using var live = await LivePortal.StartAsync();
        var world = new World(live.Portal);
        var client = await world.PersonAsync("Nina Novak");
        var code = await world.CodeOfAsync(client);
        await using var context = await browser.OpenAsync(live, client, width: 390);
        var page = await context.NewPageAsync();
        await page.GotoAsync(PortalUrls.Refer);
        await page.LiveAsync();
        await Expect(page.GetByText("Nobody yet.")).ToBeVisibleAsync();
        Assert.EndsWith($"/r/{code}?s=qr", await QrScanner.ReadAsync(await page.Locator("svg.qr").ScreenshotAsync(), "png"), StringComparison.Ordinal);
        Assert.False(await page.ScrollsSidewaysAsync());
        await page.ShootAsync("refer-empty-390");

        var brought = await world.PersonAsync("Otto Other");
        Assert.True((await live.Portal.CallAsync<JoinPartner, Result<JoinOffer>>(j => j.ExecuteAsync(new JoinRequest(code, null, "en", []), brought, default))).Ok);
        await Expect(page.GetByText("Otto Other")).ToBeVisibleAsync();
        Assert.Equal(PartnerKind.Referrer, await live.Portal.ReadAsync(db => db.Partners.Where(p => p.AccountId == client.AccountId).Select(p => p.Kind).SingleAsync()));
        await page.SetViewportSizeAsync(1440, 900);
        await page.ShootAsync("refer-1440");

        await live.Portal.CallAsync<StopSharing, Result<Done>>(s => s.ExecuteAsync(brought, default));
        await Expect(page.GetByText("O. O.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Otto Other")).ToHaveCountAsync(0);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.ShootAsync("refer-1440-dark");
        await page.SetViewportSizeAsync(390, 844);
        await page.GotoAsync(PortalUrls.SetCulture("ar", PortalUrls.Refer));
        await page.LiveAsync();
        Assert.False(await page.ScrollsSidewaysAsync());
        await page.ShootAsync("refer-390-ar");
    }
}
