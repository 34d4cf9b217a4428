using Microsoft.Playwright;

namespace PartnerPortal.Tests.Browser;

/// <summary>What tests ask of every page.</summary>
internal static class Pages
{
    /// <summary>Waits until an interactive page has its circuit; one without is ready when it is loaded.</summary>
    public static async Task LiveAsync(this IPage page)
    {
        if (await page.Locator("script[src*='blazor.web']").CountAsync() > 0 && await page.Locator(".app").CountAsync() > 0)
        {
            await page.Locator(".app[data-live]").WaitForAsync();
        }
    }

    public static Task<bool> ScrollsSidewaysAsync(this IPage page) =>
        page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1");

    /// <summary>A picture to look at, when <c>PORTAL_SHOTS</c> names a folder.</summary>
    public static async Task ShootAsync(this IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("PORTAL_SHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }

    /// <summary>Wide and narrow, light and dark: nothing scrolls sideways, and axe finds nothing. <c>PORTAL_SHOTS</c> names a folder for pictures.</summary>
    public static async Task LookAsync(this IPage page, string name)
    {
        foreach (var (width, scheme) in new[] { (1440, ColorScheme.Light), (390, ColorScheme.Light), (390, ColorScheme.Dark) })
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            Assert.False(await page.ScrollsSidewaysAsync());
            await page.ShootAsync($"{name}-{width}-{scheme}");
        }

        Assert.Empty(await page.BarriersAsync());
    }
}
