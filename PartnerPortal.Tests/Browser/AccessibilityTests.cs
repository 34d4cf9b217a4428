using System.Globalization;
using Microsoft.Playwright;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Access;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Browser;

/// <summary>
/// Visits every page as everybody who sees it, wide and narrow, light and dark, from left to right and from right to left, and narrow in every language:
/// axe finds nothing, no text is cut off or runs out of its place, nothing scrolls sideways, the console stays silent.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class AccessibilityTests(BrowserFixture browser)
{
    /// <summary>How a page is looked at. What axe sees depends on colours and direction, not on which words they are.</summary>
    private sealed record Look(int Width, ColorScheme Theme, bool WithAxe = true);

    private static readonly Look[] EveryLook =
        [new(1440, ColorScheme.Light), new(1440, ColorScheme.Dark), new(390, ColorScheme.Dark), new(390, ColorScheme.Light, WithAxe: false)];

    private static readonly Dictionary<string, Look[]> Looks = new()
    {
        ["en"] = EveryLook,
        ["ar"] = [new(1440, ColorScheme.Light), new(390, ColorScheme.Dark)],
    };

    public static TheoryData<string> InEveryLanguage => [.. Languages.All];

    [Theory, MemberData(nameof(InEveryLanguage))]
    public async Task Pages_SeenByEverybody_AreAccessible(string language)
    {
        var looks = Looks.GetValueOrDefault(language, [new(390, ColorScheme.Light, WithAxe: false)]);
        await using var live = await LivePortal.StartAsync();
        var world = await WalkWorld.CreateAsync(live.Portal);
        var present = RouteTable.Of(live.Portal).Where(r => r.TakesGets).Select(r => r.Pattern).ToHashSet(StringComparer.Ordinal);
        var visits = PageTable.Rows.SelectMany(r => r.Walkers.Select(w => (r.Address, Walker: w))).GroupBy(v => v.Walker);
        var findings = await Task.WhenAll(visits.Select(v => WalkAsync(v.Key, [.. v.Select(r => r.Address)])));

        Findings.None(findings.SelectMany(f => f));

        async Task<List<string>> WalkAsync(Walker walker, string[] addresses)
        {
            var found = new List<string>();
            await using var context = await browser.OpenAsync(live, world[walker], looks[0].Width, language);
            foreach (var address in addresses)
            {
                if (present.Contains(RouteTable.Normalize(address.Split('?')[0])))
                {
                    found.AddRange((await LookAsync(context, world.Fill(address), looks)).Select(f => $"{walker} {address} {f}"));
                }
                else
                {
                    found.Add($"{address} is in the table and not in the portal");
                }
            }

            return found;
        }
    }

    [Fact]
    public async Task Pages_AreAllInTheTable()
    {
        await using var portal = await TestPortal.StartAsync();
        var looked = PageTable.Rows.Select(r => RouteTable.Normalize(r.Address.Split('?')[0])).Concat(PageTable.NotLookedAt.Keys).ToHashSet(StringComparer.OrdinalIgnoreCase);

        Findings.None(RouteTable.Of(portal).Where(r => r.IsPage && !looked.Contains(r.Pattern)).Select(r => $"{r.Pattern}: say in PageTable who looks at it, or why nobody can").Distinct());
    }

    [Fact]
    public async Task Look_PageWithFaults_FindsThem()
    {
        await using var context = await browser.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.SetContentAsync("""
            <html lang="en"><title>Faults</title><img src="data:,"><div style="width:2000px">wide</div>
            <button style="width:40px;white-space:nowrap">Cut off words</button><p style="width:40px;overflow:hidden;white-space:nowrap">Hidden words</p></html>
            """);

        var findings = await MeasureAsync(page, EveryLook);

        Assert.Contains(findings, f => f.Contains("image-alt", StringComparison.Ordinal));
        Assert.Contains(findings, f => f.Contains("scrolls sideways", StringComparison.Ordinal));
        Assert.Contains(findings, f => f.Contains("no room for “Cut off words”", StringComparison.Ordinal));
        Assert.Contains(findings, f => f.Contains("no room for “Hidden words”", StringComparison.Ordinal));
    }

    private static async Task<List<string>> LookAsync(IBrowserContext context, string address, Look[] looks)
    {
        var findings = new List<string>();
        var page = await context.NewPageAsync();
        var complaints = PageComplaints.Of(page);
        var response = await page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        if (response is not { Ok: true })
        {
            findings.AddRange(response?.Status is 404 or 500 && address is "/not-found" or "/error" ? [] : [$"answers {response?.Status}"]);
        }

        if (response?.Headers.GetValueOrDefault("content-security-policy")?.Contains("sandbox", StringComparison.Ordinal) is true)
        {
            // Nothing runs on a sandboxed page, axe neither: its text is looked at on a blank one.
            var text = await response.TextAsync();
            await page.GotoAsync("about:blank");
            await page.SetContentAsync(text);
        }

        await page.LiveAsync();
        findings.AddRange(await MeasureAsync(page, looks));
        // The page that says "not found" may itself be looked at.
        findings.AddRange(complaints.Found.Where(c => response?.Status != 404 || !c.Contains("404", StringComparison.Ordinal)));
        await page.CloseAsync();
        return findings;
    }

    private static async Task<List<string>> MeasureAsync(IPage page, Look[] looks)
    {
        var findings = new List<string>();
        foreach (var (width, theme, withAxe) in looks)
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = theme });
            await page.SetViewportSizeAsync(width, 900);
            var where = string.Create(CultureInfo.InvariantCulture, $"({width}, {theme})");
            if (withAxe)
            {
                findings.AddRange((await page.BarriersAsync()).Select(f => $"{where} {f}"));
            }

            findings.AddRange((await TextRoom.LackingAsync(page)).Select(t => $"{where} no room for {t}"));
            if (await page.ScrollsSidewaysAsync())
            {
                findings.Add($"{where} scrolls sideways");
            }
        }

        return findings;
    }
}
