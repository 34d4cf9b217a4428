using System.Globalization;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using PartnerPortal.Tests.Access;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Browser;

/// <summary>Visits every page as everybody who sees it, wide and narrow, light and dark: axe finds nothing, nothing scrolls sideways, the console stays silent.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AccessibilityTests(BrowserFixture browser)
{
    private static readonly AxeRunOptions Rules = new()
    {
        // The preview of a mail is a frame without script: axe would wait for an answer from it. What stands in it is an address of its own in the table.
        Iframes = false,
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    private static readonly (int Width, ColorScheme Theme)[] Looks = [(1440, ColorScheme.Light), (1440, ColorScheme.Dark), (390, ColorScheme.Dark), (390, ColorScheme.Light)];

    /// <summary>What a circuit says while the page that it belongs to is left.</summary>
    private static readonly string[] Harmless = ["WebSocket closed with status code: 1006", "No interop methods are registered for renderer"];

    [Fact]
    public async Task Pages_SeenByEverybody_AreAccessible()
    {
        await using var live = await LivePortal.StartAsync();
        var world = await WalkWorld.CreateAsync(live.Portal);
        var present = RouteTable.Of(live.Portal).Where(r => r.TakesGets).Select(r => r.Pattern).ToHashSet(StringComparer.Ordinal);
        var findings = new List<string>();
        foreach (var visits in PageTable.Rows.SelectMany(r => r.Walkers.Select(w => (r.Address, Walker: w))).GroupBy(v => v.Walker))
        {
            await using var context = await browser.OpenAsync(live, world[visits.Key]);
            foreach (var (address, walker) in visits)
            {
                if (present.Contains(RouteTable.Normalize(address.Split('?')[0])))
                {
                    findings.AddRange((await LookAsync(context, world.Fill(address))).Select(f => $"{walker} {address} {f}"));
                }
                else
                {
                    findings.Add($"{address} is in the table and not in the portal");
                }
            }
        }

        Findings.None(findings);
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
        await page.SetContentAsync("<html lang=\"en\"><title>Faults</title><img src=\"data:,\"><div style=\"width:2000px\">wide</div></html>");

        var findings = await MeasureAsync(page);

        Assert.Contains(findings, f => f.Contains("image-alt", StringComparison.Ordinal));
        Assert.Contains(findings, f => f.Contains("scrolls sideways", StringComparison.Ordinal));
    }

    private static async Task<List<string>> LookAsync(IBrowserContext context, string address)
    {
        var findings = new List<string>();
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" && !Harmless.Any(h => message.Text.Contains(h, StringComparison.Ordinal)))
            {
                findings.Add("console: " + message.Text);
            }
        };
        page.PageError += (_, error) => findings.Add("script: " + error);
        var response = await page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        if (response is not { Ok: true })
        {
            // The page that says "not found" may itself be looked at.
            findings.RemoveAll(f => response?.Status == 404 && f.Contains("404", StringComparison.Ordinal));
            findings.AddRange(response?.Status is 404 or 500 && address is "/not-found" or "/error" ? [] : [$"answers {response?.Status}"]);
        }

        if (response?.Headers.GetValueOrDefault("content-security-policy")?.Contains("sandbox", StringComparison.Ordinal) is true)
        {
            // Nothing runs on a sandboxed page, axe neither: its text is looked at on a blank one.
            var text = await response.TextAsync();
            await page.GotoAsync("about:blank");
            await page.SetContentAsync(text);
        }

        if (await page.Locator("script[src*='blazor.web']").CountAsync() > 0 && await page.Locator(".app").CountAsync() > 0)
        {
            await page.Locator(".app[data-live]").WaitForAsync();
        }

        findings.AddRange(await MeasureAsync(page));
        await page.CloseAsync();
        return findings;
    }

    /// <summary>Wide and narrow, each in the light and in the dark.</summary>
    private static async Task<List<string>> MeasureAsync(IPage page)
    {
        var findings = new List<string>();
        foreach (var (width, theme) in Looks)
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = theme });
            await page.SetViewportSizeAsync(width, 900);
            var where = string.Create(CultureInfo.InvariantCulture, $"({width}, {theme})");
            findings.AddRange((await page.RunAxe(Rules).WaitAsync(TimeSpan.FromSeconds(60))).Violations.SelectMany(v => v.Nodes.Select(n => $"{where} {v.Id}: {n.Html} at {n.Target}")));
            if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"))
            {
                findings.Add($"{where} scrolls sideways");
            }
        }

        return findings;
    }
}
