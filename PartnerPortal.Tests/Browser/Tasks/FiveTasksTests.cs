using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using PartnerPortal.Shared;
using PartnerPortal.Startup;
using PartnerPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser.Tasks;

/// <summary>What people come for, done in the demo program without a wrong click, in as few as there should be.</summary>
[Collection(BrowserCollection.Name)]
public sealed class FiveTasksTests(BrowserFixture browser, DemoPortal demo) : IClassFixture<DemoPortal>
{
    [Fact]
    public async Task InviteByLink_TwoClicks_TheLinkIsOnTheClipboard()
    {
        await using var context = await browser.OpenAsync(demo.Live, await demo.ActorAsync(DemoAccounts.Integrator));
        await context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var (page, person) = await SitDownAsync(context, PortalUrls.Dashboard);

        await person.PressesAsync("Invite a client");
        await person.ReadsAsync("Whoever registers or says Yes through this link becomes your client.");
        await person.PressesBesideAsync("Your link", "Copy");

        await person.ReadsAsync("The link is on your clipboard.");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Copied", Exact = true })).ToBeVisibleAsync();
        Assert.Equal(await page.GetByRole(AriaRole.Dialog).GetByLabel("Your link", new() { Exact = true }).InputValueAsync(), await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        Assert.Equal(2, person.Clicks);
    }

    [Fact]
    public async Task CreateAndCreateAnother_ByKeyboardAlone_BothStandInTheList()
    {
        await using var context = await browser.OpenAsync(demo.Live, await demo.ActorAsync(DemoAccounts.Integrator));
        var (page, person) = await SitDownAsync(context, PortalUrls.Clients);

        await page.Keyboard.PressAsync("c");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Create a client" })).ToBeFocusedAsync();
        await person.TabsToAsync(page.GetByLabel("Full name"));
        await page.Keyboard.TypeAsync("Olive Marsh");
        await person.TabsToAsync(page.GetByLabel("E-mail"));
        await page.Keyboard.TypeAsync("olive@marsh-ceramics.test");
        await person.TabsToAsync(page.GetByLabel("Create another afterwards"));
        await page.Keyboard.PressAsync("Space");
        await person.TabsToAsync(page.GetByRole(AriaRole.Button, new() { Name = "Create client" }));
        await page.Keyboard.PressAsync("Enter");

        await person.ReadsAsync("Olive Marsh is in your list.");
        await Expect(page.GetByLabel("Full name")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Per Sandvik");
        await person.TabsToAsync(page.GetByLabel("E-mail"));
        await page.Keyboard.TypeAsync("per@sandvik-lys.test");
        await page.Keyboard.PressAsync("Enter");

        await person.ReadsAsync("Per Sandvik is in your list.");
        Assert.Equal((0, 10), (person.Clicks, person.Tabs));
        await page.GotoAsync(PortalUrls.Clients);
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "olive@marsh-ceramics.test" })).ToContainTextAsync("Invited");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "per@sandvik-lys.test" })).ToContainTextAsync("Invited");
    }

    [Fact]
    public async Task SayYes_OnAPhone_OneClickWithoutScrolling()
    {
        var world = new World(demo.Live.Portal);
        var link = PortalUrls.Referral(await world.CodeOfAsync(await demo.ActorAsync(DemoAccounts.Integrator)));
        await using var context = await browser.OpenAsync(demo.Live, await world.PersonAsync("Noor van Dijk", "noor@dijk-keramiek.test"), width: 390);
        var (_, person) = await SitDownAsync(context, link);

        await person.ReadsAsync("Take Brightwater Systems as your partner?");
        await person.PressesAsync("Yes, be my partner");

        await person.ReadsAsync("Brightwater Systems is now your partner");
        Assert.Equal(1, person.Clicks);
    }

    [Fact]
    public async Task FindByPartOfAPhoneNumber_TwoClicks_TheRecordIsOpen()
    {
        await using var context = await browser.OpenAsync(demo.Live, await demo.ActorAsync(DemoAccounts.Integrator));
        var (page, person) = await SitDownAsync(context, PortalUrls.Clients);

        await person.TypesIntoAsync("Name, e-mail or phone", "2312 5104");
        await Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(1);
        await person.FollowsAsync("Karl Weber");

        var record = page.GetByRole(AriaRole.Complementary, new() { NameRegex = new Regex("^Karl Weber") });
        await Expect(record).ToContainTextAsync("k.weber@weber-holzbau.test");
        await Expect(page).ToHaveURLAsync(new Regex(@"/clients/\d+"));
        Assert.Equal(2, person.Clicks);
    }

    [Fact]
    public async Task LeaveThePartner_TwoClicks_ItIsSaidAndDone()
    {
        var client = await demo.ActorAsync(DemoAccounts.Client);
        await using var context = await browser.OpenAsync(demo.Live, client, width: 390);
        var (page, person) = await SitDownAsync(context, PortalUrls.MyPartner);

        await page.GetByRole(AriaRole.Heading, new() { Name = "Leaving" }).ScrollIntoViewIfNeededAsync();
        await person.PressesAsync("Leave Brightwater Systems");
        await person.ReadsAsync("sees only your initials");
        await person.PressesAsync("Leave");

        await person.ReadsAsync("You have left Brightwater Systems");
        Assert.Equal(2, person.Clicks);
        Assert.False(await demo.Live.Portal.ReadAsync(db => db.Attributions.AnyAsync(a => a.ClientId == client.AccountId && a.EndedAt == null)));
    }

    private static async Task<(IPage Page, Person Person)> SitDownAsync(IBrowserContext context, string address)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(address);
        await page.LiveAsync();
        return (page, new Person(page));
    }
}
