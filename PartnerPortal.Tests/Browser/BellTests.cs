using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.AccessGrants;
using PartnerPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser;

/// <summary>The bell on an open page, by keyboard.</summary>
[Collection(BrowserCollection.Name)]
public sealed class BellTests(BrowserFixture browser)
{
    [Fact]
    public async Task Bell_OnAnOpenPage_CountsLiveAndIsReadByKeyboard()
    {
        await using var live = await LivePortal.StartAsync();
        var world = new World(live.Portal);
        var partner = await world.IntegratorAsync("Nordwind");
        var client = await world.PersonAsync("Ángela Núñez");
        await using var context = await browser.OpenAsync(live, partner);
        var page = await context.NewPageAsync();
        await page.GotoAsync(PortalUrls.Wallet);
        await page.LiveAsync();
        var (bell, dialog) = (page.Locator(".bell button"), page.Locator("dialog.beside[open]"));
        await Expect(bell).ToHaveAccessibleNameAsync("Notifications, none new");

        await new AccessWorld(live.Portal).JoinAsync(partner, client);

        await Expect(bell).ToHaveAccessibleNameAsync("Notifications, 1 new", new() { Timeout = 15_000 });
        await Expect(page.Locator(".bell [role=status]")).ToHaveTextAsync("Notifications, 1 new");
        await Expect(bell.Locator("b")).ToHaveTextAsync("1");

        // Escape closes it and gives the focus back.
        await bell.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog.Locator(".told .new")).ToContainTextAsync("Ángela Núñez is now your client.");
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(bell).ToBeFocusedAsync();
        // The server has heard of it, too: what is pressed before that is taken for the same opening.
        await Expect(page.Locator("dialog.beside header")).ToHaveCountAsync(0);
        await Expect(bell.Locator("b")).ToHaveTextAsync("1");

        // All read, undone, and its link followed, which reads it too.
        await page.Keyboard.PressAsync("Enter");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Mark all read" }).PressAsync("Enter");
        await Expect(bell.Locator("b")).ToHaveCountAsync(0);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Undo" }).PressAsync("Enter");
        await Expect(bell.Locator("b")).ToHaveTextAsync("1");
        await dialog.Locator(".told a").PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/clients/[0-9]+$"));
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(bell.Locator("b")).ToHaveCountAsync(0);
        await Expect(page.Locator(".sheet h2")).ToContainTextAsync("Ángela Núñez");
    }
}
