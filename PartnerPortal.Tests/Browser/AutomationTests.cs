using Microsoft.Playwright;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser;

/// <summary>The owner writes a welcome and switches it on; who registers gets the mail with its own link, and the log of runs says so by itself.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AutomationTests(BrowserFixture browser)
{
    private const string Address = "nina@novak-lamps.test";

    [Fact]
    public async Task Welcome_SwitchedOn_IsMailedToWhoRegistersAndLogged()
    {
        await using var live = await LivePortal.StartAsync();
        await using var owners = await browser.OpenAsync(live, await new World(live.Portal).OwnerAsync());
        var page = await owners.NewPageAsync();
        await WriteTemplateAsync(page);
        await SwitchOnAsync(page);
        await page.GotoAsync(PortalUrls.AutomationRuns());
        await page.LiveAsync();
        await Expect(page.GetByText("No runs here")).ToBeVisibleAsync();

        await RegisterAsync(live);

        var mail = await live.MailAsync(Address, m => m["Subject"].StartsWith("Welcome to", StringComparison.Ordinal));
        Assert.Contains("Hello Nina Novak", mail.Text, StringComparison.Ordinal);
        Assert.Contains("/r/", mail.LinkWith("/r/"), StringComparison.Ordinal);
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Nina Novak" })).ToContainTextAsync("1 of 1");
        await page.GetByRole(AriaRole.Link, new() { Name = "Welcome with the referral link" }).ClickAsync();
        var run = page.GetByRole(AriaRole.Dialog);
        await Expect(run).ToContainTextAsync("Send a mail");
        await Expect(run).ToContainTextAsync("Done");
        await page.LookAsync("automation-run");

        await TryAsync(page);
    }

    private static async Task WriteTemplateAsync(IPage page)
    {
        await page.GotoAsync(PortalUrls.WithQuery(PortalUrls.NewMailTemplate, ("from", "welcome")));
        await page.LiveAsync();
        await Expect(page.FrameLocator("iframe.mailframe").GetByText("Open my account")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("What is sent from now on says these words.")).ToBeVisibleAsync();
    }

    /// <summary>From the list, which offers what to begin with as long as there is nothing.</summary>
    private static async Task SwitchOnAsync(IPage page)
    {
        await page.GotoAsync(PortalUrls.AdminAutomations);
        await page.LiveAsync();
        await page.Locator(".way").Filter(new() { HasText = "Welcome with the referral link" }).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByLabel("Mail template")).ToHaveValueAsync("1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch on" }).ClickAsync();
        await Expect(page.GetByText("It runs", new() { Exact = true })).ToBeVisibleAsync();
        await page.GotoAsync(PortalUrls.AdminAutomations);
        await page.LiveAsync();
        await page.GetByLabel("After a registration").SelectOptionAsync(new SelectOptionValue { Label = "Welcome with the referral link" });
        await Expect(page.GetByText("It runs after each registration from now on")).ToBeVisibleAsync();
    }

    private async Task RegisterAsync(LivePortal live)
    {
        await using var clients = await browser.OpenAsync(live, width: 390);
        var page = await clients.NewPageAsync();
        await page.GotoAsync("/Identity/Account/Register");
        await page.GetByLabel("Full name").FillAsync("Nina Novak");
        await page.GetByLabel("E-mail").FillAsync(Address);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("a password of my own");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create my account" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("mail");
        await page.GotoAsync((await live.MailAsync(Address, m => m.Text.Contains("ConfirmEmail", StringComparison.Ordinal))).LinkWith("ConfirmEmail"));
    }

    /// <summary>What happened is in the dry run, with its mail as it would be sent.</summary>
    private static async Task TryAsync(IPage page)
    {
        await page.GotoAsync(PortalUrls.Automation(1));
        await page.LiveAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it without doing anything" }).ClickAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Nina Novak" });
        await Expect(row).ToContainTextAsync("Runs");
        await page.LookAsync("automation-dry-run");
        await row.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.FrameLocator("dialog iframe").Locator("p", new() { HasText = "Hello Nina Novak" })).ToBeVisibleAsync();
        await page.LookAsync("automation-dry-mail");
    }
}
