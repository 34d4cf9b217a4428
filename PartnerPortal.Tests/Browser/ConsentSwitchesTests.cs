using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.AccessGrants;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser;

/// <summary>A client switches its two consents off and on again, while its partner has the list and the record open.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ConsentSwitchesTests(BrowserFixture browser)
{
    [Fact]
    public async Task Consents_SwitchedOffAndOn_ActAtOnce()
    {
        await using var live = await LivePortal.StartAsync();
        var (partner, client) = await new AccessWorld(live.Portal).PairAsync();
        var record = await live.Portal.ReadAsync(db => db.ClientRecords.Select(r => r.Id).SingleAsync());
        await using var partners = await browser.OpenAsync(live, partner);
        await using var clients = await browser.OpenAsync(live, client, width: 390);
        var list = await OpenAsync(partners, PortalUrls.Clients);
        var sheet = await OpenAsync(partners, PortalUrls.Client(record));
        await Expect(list.GetByText("Clara Client").First).ToBeVisibleAsync();
        await Expect(sheet.GetByRole(AriaRole.Button, new() { Name = "Request access" })).ToBeVisibleAsync();

        var page = await OpenAsync(clients, PortalUrls.MyPartner);
        var (data, access) = (page.GetByRole(AriaRole.Switch, new() { Name = "My data in the list of Nordwind" }), page.GetByRole(AriaRole.Switch, new() { Name = "Access to my account" }));
        await Expect(data).ToBeCheckedAsync();
        await Expect(access).ToBeCheckedAsync();
        await Expect(page.GetByText("wording 2, 26 November 2026").First).ToBeVisibleAsync();
        await page.ShootAsync("my-partner-390");
        await data.UncheckAsync();
        await Expect(page.GetByText("Nordwind sees only your initials now")).ToBeVisibleAsync();
        await Expect(list.GetByText("Clara Client")).ToHaveCountAsync(0);
        await access.UncheckAsync();
        await Expect(page.GetByText("Nordwind has no access now and may not ask")).ToBeVisibleAsync();
        await Expect(sheet.GetByText("The client has not agreed that you ask for access")).ToBeVisibleAsync();
        await Expect(page.GetByText("You withdrew it on")).ToHaveCountAsync(2);
        Assert.False(await page.ScrollsSidewaysAsync());
        Assert.Empty(await page.BarriersAsync());

        await data.FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await Expect(page.GetByText("Nordwind now sees your details")).ToBeVisibleAsync();
        await Expect(list.GetByText("Clara Client").First).ToBeVisibleAsync();
        await access.CheckAsync();
        await Expect(sheet.GetByRole(AriaRole.Button, new() { Name = "Request access" })).ToBeVisibleAsync();
        Assert.Equal(4, await live.Portal.ReadAsync(db => db.Consents.CountAsync()));
        Assert.Equal([ConsentKind.Data, ConsentKind.Access], await live.Portal.ReadAsync(db => db.Consents.Where(c => c.WithdrawnAt == null).OrderBy(c => c.Id).Select(c => c.Kind).ToListAsync()));
        await page.SetViewportSizeAsync(1440, 1000);
        await page.ShootAsync("my-partner-1440");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.ShootAsync("my-partner-1440-dark");
    }

    private static async Task<IPage> OpenAsync(IBrowserContext context, string path)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        await page.LiveAsync();
        return page;
    }
}
