using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser;

/// <summary>The page that a stranger on a phone sees first: light, and whole without script.</summary>
[Collection(BrowserCollection.Name)]
public sealed class JoinWeightTests(BrowserFixture browser)
{
    private const int Limit = 60 * 1024;

    [Fact]
    public async Task Join_OnAFirstVisit_TransfersLittle()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var code = await world.CodeOfAsync(await world.IntegratorAsync("Brightwater Systems"));
        // In Development files are packed anew for each request, fast and large, unless told that they do not change.
        await using var process = await PortalProcess.StartAsync(portal, new() { ["ReloadStaticAssetsAtRuntime"] = "false" });
        await using var context = await browser.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 390, Height = 844 } });
        var page = await context.NewPageAsync();
        var transfers = await Transfers.WatchAsync(page);

        await page.GotoAsync(process.Address.GetLeftPart(UriPartial.Authority) + PortalUrls.Join(code), new() { WaitUntil = WaitUntilState.NetworkIdle });

        var all = transfers.All;
        Assert.Contains(all, t => t.Address.Contains("/css/public.", StringComparison.Ordinal));
        Assert.True(all.Sum(t => t.Bytes) is > 5_000 and <= Limit, string.Join(Environment.NewLine, all.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Bytes,8} {t.Address}"))));
    }

    [Fact]
    public async Task Yes_WithoutScript_Joins()
    {
        await using var live = await LivePortal.StartAsync();
        var world = new World(live.Portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var client = await world.PersonAsync("Noor van Dijk", "noor@dijk-keramiek.test");
        await using var context = await browser.OpenAsync(live, client, width: 390, script: false);
        var page = await context.NewPageAsync();

        await page.GotoAsync(PortalUrls.Referral(await world.CodeOfAsync(partner)));
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, be my partner" }).ClickAsync();

        await Expect(page.GetByText("Brightwater Systems is now your partner")).ToBeVisibleAsync();
        var attribution = await live.Portal.ReadAsync(db => db.Attributions.SingleAsync());
        Assert.Equal((client.AccountId, partner.AccountId), (attribution.ClientId, attribution.PartnerId));
    }
}
