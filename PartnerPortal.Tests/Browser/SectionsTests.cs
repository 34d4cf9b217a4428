using Microsoft.Playwright;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.AccessGrants;
using PartnerPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser;

/// <summary>The owner leaves a section out while a client has its account open.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SectionsTests(BrowserFixture browser)
{
    [Fact]
    public async Task Section_SwitchedOff_GoesFromTheOpenPageAndItsMenu()
    {
        await using var live = await LivePortal.StartAsync();
        var world = new World(live.Portal);
        var (_, client) = await new AccessWorld(live.Portal).PairAsync();
        var owner = await world.OwnerAsync();
        await using var owners = await browser.OpenAsync(live, owner);
        await using var clients = await browser.OpenAsync(live, client);
        var page = await clients.NewPageAsync();
        await page.GotoAsync(PortalUrls.MyPartner);
        await page.LiveAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Recommend", Exact = true })).ToBeVisibleAsync();

        var settings = await owners.NewPageAsync();
        await settings.GotoAsync(PortalUrls.AdminProgram);
        await settings.LiveAsync();
        await settings.GetByRole(AriaRole.Switch, new() { Name = "Recommend", Exact = true }).UncheckAsync();
        await Expect(settings.GetByText("What clients see in their accounts changes at once")).ToBeVisibleAsync();
        await settings.ShootAsync("sections-1440");
        await settings.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Recommend", Exact = true })).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "My partner", Exact = true })).ToBeVisibleAsync();

        await world.ProgramAsync(p => p.HiddenSections = ClientSection.MyPartner);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Leaving" })).ToHaveCountAsync(0);
        var answer = await page.GotoAsync(PortalUrls.MyPartner);
        Assert.Equal(404, answer!.Status);
    }
}
