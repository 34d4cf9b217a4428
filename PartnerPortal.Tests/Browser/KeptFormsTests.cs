using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PartnerPortal.Shared;
using PartnerPortal.Startup;
using PartnerPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static PartnerPortal.Tests.Browser.ReconnectTests;

namespace PartnerPortal.Tests.Browser;

/// <summary>A form half filled in is not lost, is kept for nobody else, and never with what is secret.</summary>
[Collection(BrowserCollection.Name)]
public sealed class KeptFormsTests(BrowserFixture browser)
{
    [Fact]
    public async Task ServerKilled_HalfFilledFormsKeepWhatWasTyped()
    {
        await using var portal = await TestPortal.StartAsync();
        var demo = new Dictionary<string, string> { ["Portal:Demo"] = "true" };
        await using var first = await PortalProcess.StartAsync(portal, demo);
        await using var partners = await browser.OpenAsync(first.Address);
        await using var owners = await browser.OpenAsync(first.Address);
        await using var supports = await browser.OpenAsync(first.Address);
        var create = await SignedInAsync(partners, DemoAccounts.Integrator);
        var (invite, profile, note) = (await partners.NewPageAsync(), await partners.NewPageAsync(), await partners.NewPageAsync());
        var program = await SignedInAsync(owners, DemoAccounts.Admin);
        var reassign = await SignedInAsync(supports, DemoAccounts.Support);

        await OpenAsync(create, PortalUrls.NewClient);
        await create.Locator("#client-name").FillAsync("Half a Name");
        // Typed, as a person does: what a script chooses is not kept.
        await create.Locator("#client-phone-country").FocusAsync();
        await create.Keyboard.TypeAsync("Portugal");
        await create.Locator("#client-another").CheckAsync();
        await OpenAsync(invite, PortalUrls.Invitations);
        await invite.GetByRole(AriaRole.Button, new() { Name = "Invite a client" }).First.ClickAsync();
        await invite.Locator("#invite-mail").ClickAsync();
        await invite.Locator("#invite-mail").PressSequentiallyAsync("one@example.test, two@example.test, thr");
        await Expect(invite.Locator(".chip")).ToHaveCountAsync(2);
        await OpenAsync(profile, PortalUrls.Profile);
        await profile.Locator("#profile-website").FillAsync("https://half.example");
        await OpenAsync(note, PortalUrls.Clients);
        await note.Locator("tbody th a").First.ClickAsync();
        await note.Locator("#client-note").ClickAsync();
        await note.Locator("#client-note").PressSequentiallyAsync("Half a note");
        await OpenAsync(program, PortalUrls.AdminProgram);
        await program.Locator("#footer").FillAsync("Half a footer");
        await program.Locator("input[name=switching][value=LockedForDays]").CheckAsync();
        await program.Locator("#lock-days").FillAsync("77");
        await OpenAsync(reassign, PortalUrls.SupportClients + "?q=berg");
        await reassign.Locator("main a[href^='/support/clients/']").First.ClickAsync();
        await reassign.GetByRole(AriaRole.Button, new() { Name = "Reassign", Exact = true }).ClickAsync();
        await reassign.Locator("#to").ClickAsync();
        await reassign.Locator("#to").PressSequentiallyAsync("Nordwind");
        await reassign.GetByRole(AriaRole.Radio).First.CheckAsync();
        await reassign.Locator("#why").FillAsync("Half a reason");

        IPage[] pages = [create, invite, profile, note, program, reassign];
        foreach (var page in pages)
        {
            await page.EvaluateAsync("window.isOld = true");
        }

        await first.KillAsync();
        await using var second = await PortalProcess.StartAsync(portal, new(demo) { ["urls"] = first.Address.ToString() });
        foreach (var page in pages)
        {
            await page.WaitForFunctionAsync("() => !window.isOld && document.querySelector('.app[data-live]')", null, new() { Timeout = 45_000 });
        }

        await Expect(create.Locator("#client-name")).ToHaveValueAsync("Half a Name");
        await Expect(create.Locator("#client-phone-country")).ToHaveValueAsync("PT");
        await Expect(create.Locator("#client-another")).ToBeCheckedAsync();
        await Expect(invite.Locator(".chip")).ToHaveCountAsync(2);
        await Expect(invite.Locator("#invite-mail")).ToHaveValueAsync("thr");
        await Expect(profile.Locator("#profile-website")).ToHaveValueAsync("https://half.example");
        await Expect(note.Locator("#client-note")).ToHaveValueAsync(new Regex("Half a note"));
        await Expect(note.Locator("#client-note-state")).ToHaveTextAsync("Not saved yet");
        await Expect(program.Locator("#footer")).ToHaveValueAsync("Half a footer");
        await Expect(program.Locator("#lock-days")).ToHaveValueAsync("77");
        await Expect(reassign.Locator("#why")).ToHaveValueAsync("Half a reason");
        await Expect(reassign.GetByRole(AriaRole.Radio).First).ToBeCheckedAsync();

        // The server knows it too, not only the page.
        await reassign.Locator("dialog footer .primary").ClickAsync();
        await Expect(reassign.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        Assert.Equal("[]", await KeptAsync(reassign));
        await note.GetByRole(AriaRole.Button, new() { Name = "Save note" }).ClickAsync();
        await Expect(note.Locator("#client-note-state")).ToHaveTextAsync("Saved.");
        Assert.Equal("[]", await KeptAsync(note));
    }

    [Fact]
    public async Task Kept_NeverSecrets_ForgottenOnceSent()
    {
        await using var live = await LivePortal.StartAsync();
        await using var context = await browser.OpenAsync(live);
        var page = await context.NewPageAsync();
        await page.GotoAsync(PortalUrls.RegisterAccount);
        await page.GetByLabel("Full name").PressSequentiallyAsync("Ana Half");
        await page.GetByLabel("Password", new() { Exact = true }).PressSequentiallyAsync("very secret words");
        await page.Locator("[data-show-password]").First.ClickAsync();
        await page.GetByLabel("Password", new() { Exact = true }).PressSequentiallyAsync(" shown");
        Assert.Contains("Ana Half", await KeptAsync(page), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", await KeptAsync(page), StringComparison.Ordinal);
        Assert.DoesNotContain("shown", await KeptAsync(page), StringComparison.Ordinal);

        await page.ReloadAsync();
        await Expect(page.GetByLabel("Full name")).ToHaveValueAsync("Ana Half");
        await Expect(page.GetByLabel("Password", new() { Exact = true })).ToHaveValueAsync("");
        await page.GetByLabel("E-mail").FillAsync("ana@example.test");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("very secret words");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create my account" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("RegisterConfirmation"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("() => !Object.keys(sessionStorage).some(k => k.startsWith('keep:'))");
    }

    [Fact]
    public async Task Kept_NotForAnotherPerson_ForgottenAtSignOutAndWhenCreated()
    {
        await using var live = await LivePortal.StartAsync();
        var world = new World(live.Portal);
        var (one, other) = (await world.IntegratorAsync("Brightwater Systems"), await world.IntegratorAsync("Nordwind Beratung"));
        await using var context = await browser.OpenAsync(live);
        var page = await context.NewPageAsync();
        await SignInAsync(page, one.Email);
        await OpenAsync(page, PortalUrls.NewClient);
        await page.Locator("#client-name").FillAsync("Only for One");

        // Its session ends without a sign-out; the same person finds it again, another does not.
        await context.ClearCookiesAsync();
        await SignInAsync(page, one.Email);
        await OpenAsync(page, PortalUrls.NewClient);
        await Expect(page.Locator("#client-name")).ToHaveValueAsync("Only for One");
        await context.ClearCookiesAsync();
        await SignInAsync(page, other.Email);
        await OpenAsync(page, PortalUrls.NewClient);
        await Expect(page.Locator("#client-another")).ToBeEnabledAsync();
        await Expect(page.Locator("#client-name")).ToHaveValueAsync("");
        Assert.Equal("[]", await KeptAsync(page));

        await page.Locator("#client-name").FillAsync("Created Client");
        await page.Locator("#client-email").FillAsync("created@example.test");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create client" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("created="));
        Assert.Equal("[]", await KeptAsync(page));

        await OpenAsync(page, PortalUrls.NewClient);
        await page.Locator("#client-name").FillAsync("Left behind");
        await page.Locator("summary.who").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("signed out");
        Assert.Equal("[]", await KeptAsync(page));
    }

    [Theory]
    [InlineData("/clients/new", "#client-email")]
    [InlineData("/profile", "#profile-website")]
    [InlineData("/clients", "input[type=search]")]
    public async Task TypedBeforeTheCircuit_StaysAndKeepsTheFocus(string path, string field)
    {
        await using var live = await LivePortal.StartAsync(demo: true);
        await using var context = await browser.OpenAsync(live);
        var page = await SignedInAsync(context, DemoAccounts.Integrator);
        var go = new TaskCompletionSource();
        await page.RouteAsync("**/blazor.web.js*", async route =>
        {
            await go.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Commit });
        await page.Locator(field).FillAsync("");
        await page.Locator(field).PressSequentiallyAsync("berg.test");
        await Expect(page.Locator(".app[data-live]")).Not.ToBeAttachedAsync();

        go.SetResult();

        await Expect(page.Locator(".app[data-live]")).ToBeAttachedAsync();
        await Expect(page.Locator(field)).ToHaveValueAsync("berg.test");
        await Expect(page.Locator(field)).ToBeFocusedAsync();
        if (path == PortalUrls.Clients)
        {
            await Expect(page).ToHaveURLAsync(new Regex("q=berg.test"));
        }
    }

    /// <summary>The field goes away with what the server drew first, and comes back with the list.</summary>
    [Theory]
    [InlineData("/clients/new", "#client-email")]
    [InlineData("/clients", "input[type=search]")]
    public async Task TypedWhileThePageComesToLife_LosesNoKey(string path, string field)
    {
        var text = string.Concat(Enumerable.Range(100, 40));
        await using var live = await LivePortal.StartAsync(demo: true);
        await using var context = await browser.OpenAsync(live);
        var page = await SignedInAsync(context, DemoAccounts.Integrator);
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Commit });
        await page.Locator(field).ClickAsync();

        await page.Keyboard.TypeAsync(text, new() { Delay = 20 });

        await Expect(page.Locator(".app[data-live]")).ToBeAttachedAsync();
        await Expect(page.Locator(field)).ToHaveValueAsync(text);
        await Expect(page.Locator(field)).ToBeFocusedAsync();
    }

    private static async Task<IPage> SignedInAsync(IBrowserContext context, string email)
    {
        var page = await context.NewPageAsync();
        await SignInAsync(page, email, DemoAccounts.Password);
        return page;
    }

    /// <summary>What the tab keeps, as JSON.</summary>
    private static Task<string> KeptAsync(IPage page) => page.EvaluateAsync<string>("JSON.stringify(Object.entries(sessionStorage).filter(([k]) => k.startsWith('keep:')))");
}
