using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.AccessGrants;
using PartnerPortal.Tests.Features.Claims;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser;

/// <summary>The command palette by keyboard alone, and how it looks.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PaletteTests(BrowserFixture browser)
{
    [Fact]
    public async Task Palette_ByKeyboardAlone_GoesToClientsPagesAndActionsAndGivesTheFocusBack()
    {
        await using var live = await LivePortal.StartAsync();
        var (partner, client) = await new AccessWorld(live.Portal).PairAsync("Nordwind", "Ángela Núñez");
        var record = await live.Portal.ReadAsync(db => db.ClientRecords.Where(r => r.ClientId == client.AccountId).Select(r => r.Id).SingleAsync());
        await using var context = await browser.OpenAsync(live, partner);
        var page = await context.NewPageAsync();
        await page.GotoAsync(PortalUrls.Clients);
        await page.LiveAsync();
        var (dialog, field, search) = (page.Locator("dialog.palette"), Field(page), page.Locator("main input[type=search]"));
        await Expect(dialog).ToHaveCountAsync(0);

        // Escape gives the focus back; single keys and what is typed right after the key belong to the field.
        await search.FocusAsync();
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("c?x");
        await Expect(field).ToHaveValueAsync("c?x");
        await Expect(field).ToBeFocusedAsync();
        await Expect(dialog.Locator(".none")).ToContainTextAsync("Nothing fits “c?x”");
        await Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("Nothing fits “c?x”");
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(search).ToBeFocusedAsync();

        // The same key closes it.
        await page.Keyboard.PressAsync("Meta+K");
        await Expect(field).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Meta+K");
        await Expect(dialog).ToHaveCountAsync(0);

        // Arrows walk round, Home and End go to the ends.
        await page.Keyboard.PressAsync("Control+k");
        await Expect(Active(page)).ToHaveTextAsync("Dashboard");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(Active(page)).ToHaveTextAsync("My clients");
        await page.Keyboard.PressAsync("End");
        await Expect(Active(page)).ToContainTextAsync("Language");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(Active(page)).ToHaveTextAsync("Dashboard");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Home");
        await Expect(Active(page)).ToHaveTextAsync("Dashboard");
        await Expect(field).ToHaveAttributeAsync("aria-activedescendant", (await Active(page).GetAttributeAsync("id"))!);

        // A client, by words in any order and without accents; Enter does not wait for the list to be there.
        await page.Keyboard.TypeAsync("nunez ang");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex($"/clients/{record}$"));
        await Expect(page.Locator(".sheet h2")).ToContainTextAsync("Ángela Núñez");
        await Expect(dialog).ToHaveCountAsync(0);

        // An action that the page has a button for leaves the page where it is.
        await page.Keyboard.PressAsync("Control+k");
        await Expect(Active(page)).ToContainTextAsync("Ángela Núñez");
        await page.Keyboard.TypeAsync("client invite");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Invite a client" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Control+k");
        await Expect(dialog).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Invite a client" })).ToBeHiddenAsync();

        // Another page, and what was chosen lately first; the browser keeps addresses and nothing else.
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("wallet");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/wallet$"));
        await Expect(dialog).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Control+k");
        await Expect(dialog.Locator("h2").First).ToHaveTextAsync("Recent");
        await Expect(Active(page)).ToHaveTextAsync("Wallet");
        Assert.Equal($"[\"/wallet\",\"/clients?invite=yes\",\"/clients/{record}\"]", await page.EvaluateAsync<string>("Object.entries(localStorage).find(([k]) => k.startsWith('palette:'))[1]"));
        await page.Keyboard.TypeAsync("dark");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(dialog).ToHaveCountAsync(0);

        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("download my data");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/PersonalData$"));
        // A page without a circuit: the address changes before it is loaded.
        await Expect(page.Locator("button[value=html]")).ToBeVisibleAsync();
        await page.GotoAsync(PortalUrls.Dashboard);
        await page.LiveAsync();
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("sign out");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".app")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Palette_OfStaff_LooksRightAndFindsRecords()
    {
        await using var live = await LivePortal.StartAsync();
        var world = new ClaimWorld(live.Portal);
        var (_, client, claimant, staff) = await world.StartAsync();
        await world.FiledAsync(claimant, client.Email!);
        await using var context = await browser.OpenAsync(live, staff);
        var page = await context.NewPageAsync();
        await page.GotoAsync(PortalUrls.SupportAudit);
        await page.LiveAsync();
        await page.LookAsync("palette-closed");
        await page.SetViewportSizeAsync(1440, 900);
        await page.Locator("button.goto").ClickAsync();
        await Expect(Field(page)).ToBeFocusedAsync();
        await LookAsync(page, "palette-staff");
        var height = await HeightAsync(page);

        await page.Keyboard.TypeAsync("almeida");
        await Expect(Active(page)).ToContainTextAsync("José Almeida");
        await LookAsync(page, "palette-staff-found");
        Assert.Equal(height, await HeightAsync(page));
        await Field(page).FillAsync("qqqq");
        await Expect(page.Locator("dialog.palette .none b")).ToBeVisibleAsync();
        await LookAsync(page, "palette-none");
        Assert.Equal(height, await HeightAsync(page));
        await page.Locator("[data-palette-close]").ClickAsync();
        await Expect(page.Locator("dialog.palette")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Palette_InArabicOnAPhone_FillsTheScreen()
    {
        await using var live = await LivePortal.StartAsync();
        var (partner, _) = await new AccessWorld(live.Portal).PairAsync("Nordwind", "Ángela Núñez");
        await using var context = await browser.OpenAsync(live, partner, width: 390, language: "ar");
        var page = await context.NewPageAsync();
        await page.GotoAsync(PortalUrls.Dashboard);
        await page.LiveAsync();
        await page.Locator(".top [data-palette]").ClickAsync();
        await Expect(Field(page)).ToBeFocusedAsync();
        var box = (await page.Locator("dialog.palette").BoundingBoxAsync())!;
        Assert.Equal((0, 0, 390, 900), (box.X, box.Y, box.Width, box.Height));
        await page.Keyboard.TypeAsync("nunez");
        await Expect(Active(page)).ToContainTextAsync("Ángela Núñez");
        await LookAsync(page, "palette-ar");
    }

    private static ILocator Field(IPage page) => page.Locator("dialog.palette [role=combobox]");

    private static ILocator Active(IPage page) => page.Locator("dialog.palette [aria-selected=true]");

    private static async Task<double> HeightAsync(IPage page)
    {
        await page.SetViewportSizeAsync(1440, 900);
        return (await page.Locator("dialog.palette").BoundingBoxAsync())!.Height;
    }

    private static async Task LookAsync(IPage page, string name)
    {
        await page.LookAsync(name);
        await page.SetViewportSizeAsync(1440, 900);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.ShootAsync(name + "-1440-Dark");
        Assert.Empty(await page.BarriersAsync());
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        Assert.Empty(await page.BarriersAsync());
    }
}
