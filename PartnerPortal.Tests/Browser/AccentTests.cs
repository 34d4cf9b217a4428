using Microsoft.Playwright;
using PartnerPortal.Features.Program;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser;

/// <summary>The program's own colour as a browser shows it.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AccentTests(BrowserFixture browser)
{
    [Fact]
    public async Task Owner_TypesAndSavesAColor_ItsPagesFollowAtOnce()
    {
        await using var live = await LivePortal.StartAsync();
        await using var context = await browser.OpenAsync(live, await new World(live.Portal).OwnerAsync());
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        Listen(page, complaints);
        await page.GotoAsync(PortalUrls.AdminProgram);
        await page.Locator(".app[data-live]").WaitForAsync();

        await page.Locator("#accent").FillAsync("#ffe000");
        var palette = AccentPalette.Of(new Rgb(0xff, 0xe0, 0));
        await Expect(page.Locator(".look[data-theme=light]")).ToContainTextAsync($"Darkened to {palette.Light.Fill}");
        await Expect(page.Locator(".look[data-theme=dark]")).ToContainTextAsync("As chosen.");
        await Expect(page.Locator(".look[data-theme=dark] .btn")).ToHaveCSSAsync("background-color", "rgb(255, 224, 0)");
        await Expect(page.Locator("input[type=color]")).ToHaveValueAsync("#ffe000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();

        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        await Expect(page.Locator("form button.primary")).ToHaveCSSAsync("background-color", Css(palette.Light.Fill));
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Expect(page.Locator("form button.primary")).ToHaveCSSAsync("background-color", Css(palette.Dark.Fill));
        Assert.Empty(complaints);
    }

    [Theory]
    [InlineData("#ffe600")]
    [InlineData("#7f7fff")]
    public async Task Pages_InAHardColor_HaveTheContrastTheyNeed(string accent)
    {
        await using var live = await LivePortal.StartAsync();
        var world = new World(live.Portal);
        await world.ProgramAsync(p => p.Accent = accent);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var found = new List<string>();
        await using var owner = await browser.OpenAsync(live, await world.OwnerAsync());
        await using var seller = await browser.OpenAsync(live, partner);
        await using var visitor = await browser.OpenAsync(live);

        foreach (var (context, address) in new[]
        {
            (owner, PortalUrls.AdminProgram), (owner, PortalUrls.SupportClients), (seller, PortalUrls.Dashboard), (seller, PortalUrls.Clients), (visitor, PortalUrls.Landing), (visitor, PortalUrls.Join(await world.CodeOfAsync(partner))),
        })
        {
            var page = await context.NewPageAsync();
            Listen(page, found);
            await page.GotoAsync(address);
            foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await page.EmulateMediaAsync(new() { ColorScheme = theme });
                found.AddRange((await page.FaintTextAsync()).Select(f => $"{address} {theme}: {f}"));
            }
        }

        Findings.None(found);
    }

    /// <summary>What the content policy refuses is said in the console.</summary>
    private static void Listen(IPage page, List<string> complaints) => page.Console += (_, message) =>
    {
        if (message.Type is "error" && message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
        {
            complaints.Add(message.Text);
        }
    };

    private static string Css(Rgb color) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"rgb({color.R}, {color.G}, {color.B})");
}
