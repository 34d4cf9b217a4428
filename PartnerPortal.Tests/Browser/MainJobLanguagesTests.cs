using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PartnerPortal.Email;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser;

/// <summary>The main job once more: in Arabic on a phone, in Spanish without a mouse, and through a sign-in provider.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class MainJobLanguagesTests(BrowserFixture browser)
{
    private const string Chosen = "a password of my own";
    private static readonly LocatorAssertionsToContainTextOptions Soon = new() { Timeout = 10_000 };

    [Fact]
    public async Task MainJob_InArabicOnAPhone_Works()
    {
        await using var live = await LivePortal.StartAsync();
        var words = new Words(live, "ar");
        var partner = await new World(live.Portal).IntegratorAsync("Brightwater Systems");
        await using var integrators = await browser.OpenAsync(live, partner, 390, "ar", ColorScheme.Dark);
        await using var clients = await browser.OpenAsync(live, width: 390, language: "ar", theme: ColorScheme.Dark);
        var grid = await integrators.NewPageAsync();
        await OpenClientsAsync(grid);
        Assert.Equal("rtl", await grid.EvaluateAsync<string>("getComputedStyle(document.body).direction"));

        await Button(grid, words.Clients("Invite.Button")).First.ClickAsync();
        var dialog = grid.GetByRole(AriaRole.Dialog, new() { Name = words.Invitations("Invite.Title") });
        var link = await dialog.GetByLabel(words.Invitations("Link.Label"), new() { Exact = true }).InputValueAsync();
        await grid.Keyboard.PressAsync("Escape");

        var page = await clients.NewPageAsync();
        await page.GotoAsync(link);
        await page.GetByRole(AriaRole.Link, new() { Name = words.Join("Invite.Create") }).ClickAsync();
        await page.GetByLabel(words.Identity("Field.Name")).FillAsync("ليلى حداد");
        await page.GetByLabel(words.Identity("Field.Email")).FillAsync("layla@haddad-textiles.test");
        await page.GetByLabel(words.Identity("Field.Password"), new() { Exact = true }).FillAsync(Chosen);
        await Button(page, words.Identity("Register.Button")).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(words.Identity("Check.Title"));

        var mail = await live.MailAsync("layla@haddad-textiles.test");
        Assert.Contains("dir=\"rtl\"", mail.Html, StringComparison.Ordinal);
        await page.GotoAsync(Link().Matches(mail.Text).Select(m => m.Value).First(l => l.Contains("ConfirmEmail", StringComparison.Ordinal)));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(words.Identity("Confirmed.Title"));

        var row = grid.GetByRole(AriaRole.Row).Filter(new() { HasText = "ليلى حداد" });
        await Expect(row).ToContainTextAsync(words.Clients("Status.NeverSignedIn"), Soon);
        Assert.Empty(await TextRoom.LackingAsync(grid));
    }

    [Fact]
    public async Task MainJob_InSpanishByKeyboardAlone_Works()
    {
        await using var live = await LivePortal.StartAsync();
        var words = new Words(live, "es");
        var partner = await new World(live.Portal).IntegratorAsync("Brightwater Systems");
        await using var integrators = await browser.OpenAsync(live, partner, 1440, "es");
        var page = await integrators.NewPageAsync();
        await OpenClientsAsync(page);

        // Invite by mail: a shortcut opens the dialog, Tab leads to the field, Enter sends, and who closes at once has sent all the same.
        await page.Keyboard.PressAsync("i");
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = words.Invitations("Invite.Title") });
        await Expect(dialog).ToBeVisibleAsync();
        await TabToAsync(page, dialog.Locator("#invite-mail"));
        await page.Keyboard.TypeAsync("marta@vela-azul.test");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, dialog.Locator("form button[type=submit]"));
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "marta@vela-azul.test" })).ToContainTextAsync(words.Clients("Status.Invited"), Soon);

        // Create a client: the form is filled and sent from the keyboard.
        await page.Keyboard.PressAsync("c");
        await Expect(page).ToHaveURLAsync(new Regex("/clients/new$"));
        await Expect(page.Locator(".app[data-live]")).ToBeAttachedAsync();
        await TabToAsync(page, page.Locator("#client-name"));
        await page.Keyboard.TypeAsync("Oliver Brandt");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("oliver@brandt-bau.test");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText(words.Clients("Created.Title", "Oliver Brandt"))).ToBeVisibleAsync();

        // The row opens by Enter, and the sheet closes by Escape.
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Oliver Brandt" });
        await TabToAsync(page, row.GetByRole(AriaRole.Link).First);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex(@"/clients/\d+"));
        await Expect(page.Locator(".sheet [data-escape]")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page).ToHaveURLAsync(new Regex(@"/clients(\?.*)?$"));
    }

    [Fact]
    public async Task Register_ThroughLinkAndGoogle_StandsInTheOpenGrid()
    {
        await using var provider = await OAuthTestServer.StartAsync();
        await using var live = await LivePortal.StartAsync(settings: provider.SettingsFor("Google"));
        var world = new World(live.Portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        await using var integrators = await browser.OpenAsync(live, partner);
        await using var clients = await browser.OpenAsync(live, width: 390);
        var grid = await integrators.NewPageAsync();
        await OpenClientsAsync(grid);

        var page = await clients.NewPageAsync();
        await page.GotoAsync(PortalUrls.Referral(await world.CodeOfAsync(partner)));
        await page.GetByRole(AriaRole.Link, new() { Name = "Create an account" }).ClickAsync();
        await Button(page, "Continue with Google").ClickAsync();
        await Expect(page.GetByText("nina@novak.test")).ToBeVisibleAsync();
        await Expect(page.GetByText("Go on without Brightwater Systems")).ToBeVisibleAsync();
        await Button(page, "Create my account").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/my-partner$"));

        var row = grid.GetByRole(AriaRole.Row).Filter(new() { HasText = "Nina Novak" });
        await Expect(row).ToContainTextAsync("Active", Soon);
        Assert.Equal(CameBy.Link, (await live.Portal.ReadAsync(db => Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.SingleAsync(db.Attributions))).CameBy);
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name });

    private static async Task OpenClientsAsync(IPage page)
    {
        await page.GotoAsync(PortalUrls.Clients);
        await Expect(page.Locator(".app[data-live]")).ToBeAttachedAsync();
    }

    /// <summary>Presses Tab until the element has the focus, as somebody without a mouse does.</summary>
    private static async Task TabToAsync(IPage page, ILocator target)
    {
        for (var pressed = 0; pressed < 80; pressed++)
        {
            if (await target.EvaluateAsync<bool>("e => e === document.activeElement"))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"Tab does not lead to {target}.");
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();
}
