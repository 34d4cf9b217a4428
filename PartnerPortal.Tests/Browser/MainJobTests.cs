using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PartnerPortal.Startup;
using PartnerPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser;

/// <summary>
/// The product's main job as people do it, in the demo program: invite by QR code, register in a second browser, appear in the first one's list; create a client, sign in
/// with the mailed password, choose one's own; join from an account that exists; be moved by support.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed partial class MainJobTests(BrowserFixture browser)
{
    private const string Chosen = "a password of my own";

    [Fact]
    public async Task MainJob_FromInvitationToReassignment_Works()
    {
        await using var live = await LivePortal.StartAsync(demo: true);
        await using var integrators = await browser.OpenAsync(live);
        var grid = await integrators.NewPageAsync();
        await SignInAsync(grid, DemoAccounts.Integrator, DemoAccounts.Password);

        var link = await InviteAsync(grid);
        await RegisterAsync(live, link, grid);
        await CreateAsync(live, grid);
        await JoinAsync(live, link, grid);
        await ReassignAsync(live, grid);
    }

    /// <summary>Opens the dialog, copies the link, and scans the QR code from a screenshot.</summary>
    private static async Task<string> InviteAsync(IPage grid)
    {
        await grid.GotoAsync("/clients");
        await grid.GetByRole(AriaRole.Button, new() { Name = "Invite a client" }).ClickAsync();
        var dialog = grid.GetByRole(AriaRole.Dialog, new() { Name = "Invite a client" });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Copy" }).First.ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Copied" })).ToBeVisibleAsync();
        var scanned = await QrScanner.ReadAsync(await dialog.Locator("svg.qr").ScreenshotAsync(), "png");
        var shown = await dialog.GetByLabel("Your link", new() { Exact = true }).InputValueAsync();
        Assert.Equal(shown + "?s=qr", scanned);
        await grid.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        return scanned;
    }

    /// <summary>A second browser follows the code, registers and confirms; the first one's open grid shows it by itself.</summary>
    private async Task RegisterAsync(LivePortal live, string link, IPage grid)
    {
        await using var other = await browser.OpenAsync(live, width: 390);
        var page = await other.NewPageAsync();
        await page.GotoAsync(link);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Brightwater Systems");
        await page.GetByRole(AriaRole.Link, new() { Name = "Create an account" }).ClickAsync();
        await Expect(page.GetByText("Go on without Brightwater Systems")).ToBeVisibleAsync();
        await page.GetByLabel("Full name").FillAsync("Lena Quay");
        await page.GetByLabel("E-mail").FillAsync("lena@quayside-lamps.test");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Chosen);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create my account" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("mail");

        var mail = await live.MailAsync("lena@quayside-lamps.test", m => m.Text.Contains("ConfirmEmail", StringComparison.Ordinal));
        await page.GotoAsync(mail.LinkWith("ConfirmEmail"));
        await Expect(page.GetByText("Brightwater Systems")).ToBeVisibleAsync();
        var row = grid.GetByRole(AriaRole.Row).Filter(new() { HasText = "Lena Quay" });
        await Expect(row).ToContainTextAsync("New", new() { Timeout = 5_000 });
        await ReadsInRecordAsync(grid, "Lena Quay", "QR code");
    }

    private static async Task ReadsInRecordAsync(IPage grid, string name, string text)
    {
        await grid.GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        await Expect(grid.GetByRole(AriaRole.Complementary, new() { NameRegex = new Regex("^" + name) })).ToContainTextAsync(text);
    }

    /// <summary>The client gets credentials by mail, signs in with the password in it, chooses its own and confirms the partner.</summary>
    private async Task CreateAsync(LivePortal live, IPage grid)
    {
        await grid.GotoAsync("/clients/new");
        await Expect(grid.Locator(".app[data-live]")).ToBeAttachedAsync();
        await grid.GetByLabel("Full name").FillAsync("Oliver Brandt");
        await grid.GetByLabel("E-mail").FillAsync("oliver@brandt-bau.test");
        await grid.GetByLabel("Phone").FillAsync("030 23125 566");
        await Expect(grid.GetByText(new Regex(@"\+49 30 ?2312"))).ToBeVisibleAsync();
        await grid.GetByRole(AriaRole.Button, new() { Name = "Create client" }).ClickAsync();
        await Expect(grid.GetByText("Oliver Brandt is in your list.")).ToBeVisibleAsync();
        var row = grid.GetByRole(AriaRole.Row).Filter(new() { HasText = "oliver@brandt-bau.test" });
        await Expect(row).ToContainTextAsync("Invited");

        var mail = await live.MailAsync("oliver@brandt-bau.test");
        var password = OneTimePassword().Match(mail.Text).Value;
        Assert.NotEmpty(password);
        await using var other = await browser.OpenAsync(live);
        var page = await other.NewPageAsync();
        await SignInAsync(page, "oliver@brandt-bau.test", password, "start");
        await page.GetByLabel("New password").FillAsync(Chosen);
        await page.Locator("main form button[type=submit].primary").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/join/"));
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Yes") }).ClickAsync();
        await Expect(page.GetByText("Brightwater Systems is now your partner")).ToBeVisibleAsync();
        await Expect(row).ToContainTextAsync("Active", new() { Timeout = 5_000 });
    }

    /// <summary>Somebody who has an account opens the link, signs in, and says Yes.</summary>
    private async Task JoinAsync(LivePortal live, string link, IPage grid)
    {
        var existing = await new World(live.Portal).PersonAsync("Kaveh Rostami", "kaveh@rostami-handel.test");
        await using var other = await browser.OpenAsync(live, existing, width: 390);
        var page = await other.NewPageAsync();
        await page.GotoAsync(link);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Take Brightwater Systems as your partner?");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Yes") }).ClickAsync();
        await Expect(page.GetByText("Brightwater Systems is now your partner")).ToBeVisibleAsync();
        await Expect(grid.GetByRole(AriaRole.Row).Filter(new() { HasText = "Kaveh Rostami" })).ToContainTextAsync("Active", new() { Timeout = 5_000 });
        await ReadsInRecordAsync(grid, "Kaveh Rostami", "Joined");
    }

    /// <summary>Support finds the client, moves it with a reason; the old partner's list shows initials.</summary>
    private async Task ReassignAsync(LivePortal live, IPage grid)
    {
        await using var supports = await browser.OpenAsync(live);
        var page = await supports.NewPageAsync();
        await SignInAsync(page, DemoAccounts.Support, DemoAccounts.Password);
        await page.GotoAsync("/support/clients?q=rostami");
        // The page that was sent is replaced when it comes to life; a click at that very moment would go to what is gone.
        await Expect(page.Locator(".app[data-live]")).ToBeAttachedAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("Kaveh Rostami") }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Reassign", Exact = true }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(page.Locator(".app[data-live]")).ToBeAttachedAsync();
        await dialog.Locator("#to").PressSequentiallyAsync("Nordwind");
        await dialog.GetByRole(AriaRole.Radio).First.CheckAsync();
        await dialog.Locator("#why").FillAsync("Kaveh asked for a partner in his town.");
        await dialog.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^(Move|Reassign) ?to ") }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("Nordwind Beratung");
        await Expect(grid.GetByRole(AriaRole.Row).Filter(new() { HasText = "K. R." })).ToContainTextAsync("Left", new() { Timeout = 5_000 });
        var mail = await live.MailAsync("kaveh@rostami-handel.test", m => m["Subject"].Contains("Nordwind", StringComparison.Ordinal));
        Assert.Contains("only your initials", mail.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    private static async Task SignInAsync(IPage page, string email, string password, string? then = null)
    {
        await page.GotoAsync("/Identity/Account/Login");
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(then is null ? new Regex("/(dashboard|support|my-partner)") : new Regex("/Identity/Account/Start"));
    }

    [GeneratedRegex(@"\b[a-z0-9]{3}(-[a-z0-9]{3}){5}\b")]
    private static partial Regex OneTimePassword();
}
