using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser;

/// <summary>What takes access away bites in a page that is open, within five seconds and without a click.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AccessWatchTests(BrowserFixture browser)
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 5_000 };

    [Fact]
    public async Task PartnerSuspended_OpenPageSaysSo()
    {
        await using var live = await LivePortal.StartAsync();
        var world = new World(live.Portal);
        var (support, partner) = (await world.SupportAsync(), await world.IntegratorAsync("Brightwater Systems"));
        await using var context = await browser.OpenAsync(live, partner);
        var page = await OpenAsync(context, PortalUrls.Clients);

        Assert.True((await live.Portal.CallAsync<SuspendPartner, Result<Done>>(s => s.ExecuteAsync(partner.AccountId!.Value, "as tested", support, default))).Ok);

        await Expect(page.GetByText("Your partnership is suspended")).ToBeVisibleAsync(Soon);
    }

    [Fact]
    public async Task MemberRemoved_OpenPageAsksToSignIn()
    {
        await using var live = await LivePortal.StartAsync();
        var world = new World(live.Portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var colleague = await world.ColleagueAsync(partner, "Tomás Vidal", MemberRole.Seller);
        await using var context = await browser.OpenAsync(live, colleague);
        var page = await OpenAsync(context, PortalUrls.Clients);

        var seat = await live.Portal.ReadAsync(db => db.Members.Where(m => m.UserId == colleague.UserId && m.AccountId == partner.AccountId).Select(m => m.Id).SingleAsync());
        Assert.True((await live.Portal.CallAsync<RemoveMember, Result<string>>(r => r.ExecuteAsync(seat, partner, default))).Ok);

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync(Soon);
    }

    [Fact]
    public async Task StaffRoleTaken_OpenPageAsksToSignIn()
    {
        await using var live = await LivePortal.StartAsync();
        var world = new World(live.Portal);
        var (owner, support) = (await world.OwnerAsync(), await world.SupportAsync());
        await using var context = await browser.OpenAsync(live, support);
        var page = await OpenAsync(context, PortalUrls.SupportClients);

        Assert.True((await live.Portal.CallAsync<RevokeStaffRole, Result<string>>(r => r.ExecuteAsync(support.UserId!.Value, StaffRoles.Support, owner, default))).Ok);

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync(Soon);
    }

    [Fact]
    public async Task PasswordChangedElsewhere_OpenPageAsksToSignIn()
    {
        await using var live = await LivePortal.StartAsync();
        var partner = await new World(live.Portal).IntegratorAsync("Brightwater Systems");
        await using var context = await browser.OpenAsync(live, partner);
        var page = await OpenAsync(context, PortalUrls.Clients);

        Assert.True((await live.Portal.CallAsync<ChangePassword, Result<Done>>(
            c => c.ExecuteAsync(World.Password, "another long password", partner, default))).Ok);

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync(Soon);
    }

    [Fact]
    public async Task SessionEndedElsewhere_OpenPageAsksToSignIn()
    {
        await using var live = await LivePortal.StartAsync();
        var partner = await new World(live.Portal).IntegratorAsync("Brightwater Systems");
        await using var context = await browser.OpenAsync(live);
        var page = await context.NewPageAsync();
        await page.GotoAsync(PortalUrls.SignIn);
        await page.GetByLabel("E-mail").FillAsync(partner.Email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(World.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.Locator(".app[data-live]")).ToBeAttachedAsync();

        Assert.Equal(1, (await live.Portal.CallAsync<EndSessions, Result<int>>(e => e.ExecuteAsync(null, null, partner, default))).Value);

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync(Soon);
    }

    [Fact]
    public async Task UserDisabled_EveryOpenPageAsksToSignInAndStaysOut()
    {
        await using var live = await LivePortal.StartAsync();
        var world = new World(live.Portal);
        var (support, partner) = (await world.SupportAsync(), await world.IntegratorAsync("Brightwater Systems"));
        await using var here = await browser.OpenAsync(live, partner);
        await using var there = await browser.OpenAsync(live, partner, width: 390);
        var (page, other) = (await OpenAsync(here, PortalUrls.Clients), await OpenAsync(there, PortalUrls.Profile));

        await world.DisableAsync(partner, support);

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync(Soon);
        await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync(Soon);
        await page.GetByLabel("E-mail").FillAsync(partner.Email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(World.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "This account is disabled" })).ToBeVisibleAsync();
    }

    private static async Task<IPage> OpenAsync(IBrowserContext context, string path)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        await Expect(page.Locator(".app[data-live]")).ToBeAttachedAsync();
        return page;
    }
}
