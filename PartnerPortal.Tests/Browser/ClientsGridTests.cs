using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Clients;
using PartnerPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser;

/// <summary>The list without a mouse, with what is open on it looked at: choosing, tagging, views, widths, the sheet of keys, and several clients created in a row.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ClientsGridTests(BrowserFixture browser)
{

    public static TheoryData<string> InEveryLanguage => [.. Languages.All];

    [Fact]
    public async Task Grid_ByKeyboardAlone_ChoosesTagsAndSavesAView()
    {
        await using var live = await LivePortal.StartAsync();
        await using var context = await OpenAsync(live, 1440, "en", 5);
        var page = await ClientsAsync(context);

        foreach (var key in new[] { "j", "x", "j", "j", "Shift+X" })
        {
            await page.Keyboard.PressAsync(key);
        }

        await Expect(page.Locator(".picked b")).ToHaveTextAsync("3 selected");
        Assert.Equal(3, await page.Locator("[data-picks] tr > :first-child > input:checked").CountAsync());
        Assert.True(await page.Locator("#pick-page").EvaluateAsync<bool>("box => box.indeterminate"));
        await page.Keyboard.PressAsync("t");
        await Expect(page.Locator("#many-tag")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Fair");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".picked.said")).ToContainTextAsync("3 clients now have the tag “Fair”.");
        await TabToAsync(page, page.Locator(".picked.said .btn").First);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".picked.said")).ToContainTextAsync("Taken back for 3 clients.");

        // Letters typed into a field are letters.
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("c3?x");
        await Expect(page.Locator("input[type=search]")).ToHaveValueAsync("c3?x");
        await page.Keyboard.PressAsync("Backspace");
        await page.Keyboard.PressAsync("Backspace");
        await Expect(page).ToHaveURLAsync(new Regex(@"\?q=c3$"));
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("v");
        await Expect(page.Locator("#view-name")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Third");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".views [aria-current]")).ToHaveTextAsync("Third");

        // The sheet of a client has an address of its own, in the view, and the chosen stay.
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex(@"/clients/\d+\?view="));
        await Expect(page.Locator(".sheet h2")).ToContainTextAsync("C3");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".sheet")).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await Expect(page.Locator(".views [aria-current]")).ToHaveTextAsync("Third");
    }

    [Fact]
    public async Task Shortcuts_SheetByKeyAndByMouse_SwitchesThemOff()
    {
        await using var live = await LivePortal.StartAsync();
        await using var context = await OpenAsync(live, 1440, "en", 2);
        var page = await ClientsAsync(context);
        var sheet = page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" });

        await page.Keyboard.PressAsync("?");
        await Expect(sheet).ToBeVisibleAsync();
        await Expect(sheet).ToContainTextAsync("Select all since the one before");
        await TabToAsync(page, sheet.Locator("#shortcuts-on"));
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Escape");
        await Expect(sheet).ToBeHiddenAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-shortcuts", "off");
        await page.Keyboard.PressAsync("?");
        await page.Keyboard.PressAsync("x");
        await Expect(sheet).ToBeHiddenAsync();
        await Expect(page.Locator(".picked")).ToHaveCountAsync(0);

        await page.ReloadAsync();
        await Expect(page.Locator(".app[data-live]")).ToBeAttachedAsync();
        await page.Locator("summary.who").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Keyboard shortcuts" }).ClickAsync();
        await Expect(sheet.Locator("#shortcuts-on")).Not.ToBeCheckedAsync();
    }

    [Theory]
    [InlineData("en", "ArrowRight")]
    [InlineData("ar", "ArrowLeft")]
    public async Task Widths_ByKeyboardAndByDragging_StayAndNothingJumps(string language, string wider)
    {
        await using var live = await LivePortal.StartAsync();
        await using var context = await OpenAsync(live, 1440, language, 3);
        var page = await ClientsAsync(context);
        var (head, grip) = (page.Locator("th.name"), page.Locator("[data-width=Name]"));
        var before = await WidthAsync(head);

        await TabToAsync(page, grip);
        await page.Keyboard.PressAsync(wider);
        Assert.Equal(before + 16, await WidthAsync(head), 1d);
        await Expect(head).ToHaveAttributeAsync("style", new Regex("cqi"));
        var box = (await grip.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + 4);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width / 2) + (language == "ar" ? 50 : -50), box.Y + 4, new() { Steps = 5 });
        await page.Mouse.UpAsync();
        Assert.Equal(before - 34, await WidthAsync(head), 2d);
        var drawn = await WidthAsync(head);
        await Expect(head).ToHaveAttributeAsync("style", new Regex(@"min\(" + Math.Round(drawn).ToString(CultureInfo.InvariantCulture) + "px"));

        await page.ReloadAsync();
        await Expect(page.Locator(".app[data-live]")).ToBeAttachedAsync();
        Assert.Equal(drawn, await WidthAsync(head), 1d);
        Assert.Equal(0, await page.EvaluateAsync<double>(
            "new Promise(done => new PerformanceObserver(l => done(l.getEntries().reduce((sum, e) => sum + e.value, 0))).observe({ type: 'layout-shift', buffered: true }) || setTimeout(() => done(0), 500))"), 2);
        await grip.DblClickAsync();
        await Expect(grip).ToHaveAttributeAsync("aria-valuenow", "184");
    }

    [Fact]
    public async Task CreateAnother_ByKeyboardAlone_StartsInTheFirstField()
    {
        await using var live = await LivePortal.StartAsync();
        await using var context = await OpenAsync(live, 1440, "en", 1);
        var page = await ClientsAsync(context);
        await page.Keyboard.PressAsync("c");
        await Expect(page).ToHaveURLAsync(new Regex("/clients/new$"));
        await Expect(page.Locator(".app[data-live]")).ToBeAttachedAsync();
        await TabToAsync(page, page.Locator("#client-another"));
        await page.Keyboard.PressAsync("Space");

        foreach (var name in new[] { "Anna", "Bela" })
        {
            if (name == "Anna")
            {
                await page.Keyboard.PressAsync("Shift+Tab");
                await TabBackToAsync(page, page.Locator("#client-name"));
            }

            await Expect(page.Locator("#client-name")).ToBeFocusedAsync();
            await Expect(page.Locator("#client-name")).ToHaveValueAsync("");
            await page.Keyboard.TypeAsync(name);
            await page.Keyboard.PressAsync("Tab");
            await page.Keyboard.TypeAsync($"{name}@x.test");
            await page.Keyboard.PressAsync("Control+Enter");
            await Expect(page.Locator(".notice.ok")).ToContainTextAsync($"{name} is in your list.");
        }

        await Expect(page.Locator("#client-name")).ToBeFocusedAsync();
        await Expect(page.Locator("#client-another")).ToBeCheckedAsync();
    }

    [Theory, MemberData(nameof(InEveryLanguage))]
    public async Task Grid_WithWhatOpensOnIt_FitsAPhoneAndIsAccessible(string language)
    {
        await using var live = await LivePortal.StartAsync();
        await using var context = await OpenAsync(live, 390, language, 3);
        var page = await ClientsAsync(context);
        var words = new Words(live, language);
        await page.Locator("[data-picks] tr > :first-child > input").First.CheckAsync();
        await Expect(page.Locator(".picked b")).ToBeVisibleAsync();
        List<string> found = [.. await LookAsync(page, "chosen")];
        await page.Locator(".picked [data-shortcut=t]").ClickAsync();
        await Expect(page.Locator("#many-tag")).ToBeVisibleAsync();
        found.AddRange(await LookAsync(page, "tag"));
        await page.Locator("#many-tag").FillAsync("Feria");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".picked.said")).ToBeVisibleAsync();
        found.AddRange(await LookAsync(page, "said"));
        await page.Locator(".picked.said .icon").ClickAsync();
        await page.Locator(".picked [data-shortcut=a]").ClickAsync();
        await Expect(page.Locator(".fates")).ToBeVisibleAsync();
        found.AddRange(await LookAsync(page, "again"));
        await CloseAsync(page);
        await page.Locator(".tools .save").ClickAsync();
        await page.Locator("form:has(#view-name) [type=submit]").ClickAsync();
        await Expect(page.Locator("#view-name-error")).ToHaveTextAsync(words.Clients("Error.ViewNameMissing"));
        found.AddRange(await LookAsync(page, "view"));
        await CloseAsync(page);
        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator("#shortcuts-on")).ToBeVisibleAsync();
        found.AddRange(await LookAsync(page, "keys"));

        Findings.None(found);
    }

    private static async Task CloseAsync(IPage page)
    {
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("dialog:modal")).ToHaveCountAsync(0);
    }

    private static async Task<IEnumerable<string>> LookAsync(IPage page, string where)
    {
        var isWide = await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1");
        return (await page.BarriersAsync()).Select(f => $"{where}: {f}")
            .Concat((await TextRoom.LackingAsync(page)).Select(t => $"{where}: no room for {t}"))
            .Concat(isWide ? [$"{where}: scrolls sideways"] : []);
    }

    private async Task<IBrowserContext> OpenAsync(LivePortal live, int width, string language, int clients)
    {
        var partner = await new World(live.Portal).IntegratorAsync("Brightwater Systems");
        var start = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);
        await live.Portal.AddAsync(Enumerable.Range(0, clients).Select(i => ClientLines.Typed(partner, $"C{i}", $"c{i}@x.test", at: start.AddMinutes(-i))));
        return await browser.OpenAsync(live, partner, width, language);
    }

    private static async Task<IPage> ClientsAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(PortalUrls.Clients);
        await Expect(page.Locator(".app[data-live]")).ToBeAttachedAsync(new() { Timeout = 15_000 });
        // The script of the page is loaded once it is live.
        await page.EvaluateAsync(
            "new Promise(done => { const look = () => performance.getEntriesByType('resource').some(r => r.name.endsWith('/js/widths.js') && r.responseEnd > 0) ? done() : requestAnimationFrame(look); look(); })");
        return page;
    }

    private static async Task<double> WidthAsync(ILocator head) => await head.EvaluateAsync<double>("e => e.getBoundingClientRect().width");

    private static Task TabToAsync(IPage page, ILocator target) => PressToAsync(page, target, "Tab");

    private static Task TabBackToAsync(IPage page, ILocator target) => PressToAsync(page, target, "Shift+Tab");

    private static async Task PressToAsync(IPage page, ILocator target, string key)
    {
        for (var pressed = 0; pressed < 80; pressed++)
        {
            if (await target.EvaluateAsync<bool>("e => e === document.activeElement"))
            {
                return;
            }

            await page.Keyboard.PressAsync(key);
        }

        Assert.Fail($"{key} does not lead to {target}.");
    }
}
