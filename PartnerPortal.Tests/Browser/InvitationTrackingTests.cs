using Microsoft.Playwright;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.MailReports;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser;

/// <summary>Following an invitation: its QR code, what did not arrive, and the person who wants no more.</summary>
[Collection(BrowserCollection.Name)]
public sealed class InvitationTrackingTests(BrowserFixture browser)
{
    [Fact]
    public async Task Invitations_QrBounceAndStop_AreSeenAndUndone()
    {
        await using var live = await LivePortal.StartAsync();
        var world = new World(live.Portal);
        await world.ProgramAsync(p => p.InvitationsPerDay = 2);
        var partner = await world.IntegratorAsync("Nordwind");
        await live.Portal.CallAsync<InviteByEmail, Result<InviteOutcome>>(i => i.ExecuteAsync(new InviteRequest(["ana@harbour.test", "ben@harbour.test", "cai@harbour.test"], "en"), partner, default));
        await live.Portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default));
        await using var partners = await browser.OpenAsync(live, partner, width: 390);
        await using var invited = await browser.OpenAsync(live, null);
        var page = await OpenAsync(partners, PortalUrls.Invitations);
        await page.LiveAsync();
        await Expect(page.GetByText("Your 2 invitations for today are on their way")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "What to do about ben@harbour.test" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show its QR code" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "QR code of the invitation of ben@harbour.test" })).ToBeVisibleAsync();
        Assert.Empty(await page.BarriersAsync());
        await page.ShootAsync("invitation-qr-390");
        await page.Keyboard.PressAsync("Escape");

        await page.GetByRole(AriaRole.Button, new() { Name = "What to do about ana@harbour.test" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "It did not arrive" }).ClickAsync();
        await Expect(page.GetByText("Noted: the mail did not arrive")).ToBeVisibleAsync();
        await Expect(page.Locator("tr", new() { HasText = "ana@harbour.test" }).GetByText("Not delivered")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "What to do about ana@harbour.test" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "It did arrive" }).ClickAsync();
        await Expect(page.GetByText("Noted: the mail arrived")).ToBeVisibleAsync();

        var link = await live.Portal.ReadAsync(db => Task.FromResult(db.OutboxMessages.Where(m => m.ToAddress == "ana@harbour.test").Select(m => m.UnsubscribeUrl!).Single()));
        var stop = await OpenAsync(invited, new Uri(link).AbsolutePath);
        await Expect(stop.GetByRole(AriaRole.Heading, new() { Name = "No more invitations from Nordwind?" })).ToBeVisibleAsync();
        Assert.Empty(await stop.BarriersAsync());
        await stop.ShootAsync("unsubscribe-1440");
        await stop.GetByRole(AriaRole.Button, new() { Name = "No more invitations" }).ClickAsync();
        await Expect(stop.GetByRole(AriaRole.Heading, new() { Name = "Nordwind does not invite you any more" })).ToBeVisibleAsync();
        await Expect(page.Locator("tr", new() { HasText = "ana@harbour.test" }).GetByText("Declined")).ToBeVisibleAsync();
        await stop.GetByRole(AriaRole.Button, new() { Name = "Let it invite me again" }).ClickAsync();
        await Expect(stop.GetByRole(AriaRole.Heading, new() { Name = "Nordwind may invite you again" })).ToBeVisibleAsync();
        await Expect(page.Locator("tr", new() { HasText = "ana@harbour.test" }).GetByText("Sent")).ToBeVisibleAsync();
        Assert.False(await page.ScrollsSidewaysAsync());
        await page.ShootAsync("invitations-390");
    }

    private static async Task<IPage> OpenAsync(IBrowserContext context, string path)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }
}
