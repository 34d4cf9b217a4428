using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Playwright;
using PartnerPortal.Tests.Access;
using PartnerPortal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PartnerPortal.Tests.Browser;

/// <summary>
/// Opens every page as everybody who sees it, as on a first visit: nothing comes from anywhere else, the content policy lets no script of a page itself run
/// and is never broken, what the server sends has content before any script runs, and nothing moves while it loads,
/// though it comes in pieces.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class PageLoadTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Pages_OnAFirstVisit_AreStillAndKeepToThemselves(int width)
    {
        await using var live = await LivePortal.StartAsync(slow: true);
        var world = await WalkWorld.CreateAsync(live.Portal);
        var visits = PageTable.Rows.SelectMany(r => r.Walkers.Select(w => (r.Address, Walker: w))).GroupBy(v => v.Walker);
        var findings = await Task.WhenAll(visits.Select(async walk =>
        {
            var found = new List<string>();
            await using var context = await browser.OpenAsync(live, world[walk.Key], width);
            await context.AddInitScriptAsync(LayoutShifts.Watch);
            foreach (var (address, _) in walk)
            {
                found.AddRange((await VisitAsync(context, live.Root, world.Fill(address))).Select(f => string.Create(CultureInfo.InvariantCulture, $"{walk.Key} {address} ({width}): {f}")));
            }

            return found;
        }));

        Findings.None(findings.SelectMany(f => f));
    }

    [Fact]
    public async Task Visit_PageWithFaults_FindsThem()
    {
        await using var context = await browser.Browser.NewContextAsync();
        await context.AddInitScriptAsync(LayoutShifts.Watch);
        await context.RouteAsync("http://page.test/", route => route.FulfillAsync(new()
        {
            ContentType = "text/html",
            Body = "<body><main></main><img src='http://other.test/'><p style='height:300px'>moves</p>"
                + "<script>requestAnimationFrame(() => requestAnimationFrame(() => { document.querySelector('main').style.height = '300px'; }));</script></body>",
        }));

        var found = await VisitAsync(context, "http://page.test", "http://page.test/");

        Assert.Contains(found, f => f.StartsWith("asks http://other.test/", StringComparison.Ordinal));
        Assert.Contains(found, f => f.StartsWith("has no content policy", StringComparison.Ordinal));
        Assert.Contains(found, f => f.StartsWith("is blank", StringComparison.Ordinal));
        Assert.Contains(found, f => f.StartsWith("moves by 0.", StringComparison.Ordinal));
    }

    private static async Task<List<string>> VisitAsync(IBrowserContext context, string root, string address)
    {
        var found = new List<string>();
        var foreign = new ConcurrentQueue<string>();
        var page = await context.NewPageAsync();
        var complaints = PageComplaints.Of(page);
        page.Request += (_, request) => NoteIfForeign(request.Url);
        page.WebSocket += (_, socket) => NoteIfForeign(socket.Url.Replace("ws:", "http:", StringComparison.Ordinal));
        var response = await page.GotoAsync(address) ?? throw new InvalidOperationException("No answer from " + address);
        found.AddRange(await PolicyFaultsAsync(response));
        var sandboxed = (await response.HeaderValueAsync("content-security-policy"))?.Contains("sandbox", StringComparison.Ordinal) is true;
        if (!sandboxed)
        {
            await page.LiveAsync();
            await Expect(page.Locator(".skeleton")).ToHaveCountAsync(0);
            found.AddRange(await LayoutShifts.FaultsAsync(page));
            if (await page.EvaluateAsync<bool>("document.querySelector('main')?.textContent.trim().length > 0 && !performance.getEntriesByName('first-contentful-paint').length"))
            {
                found.Add("was not painted");
            }
        }

        found.AddRange(complaints.Found.Where(c => c.Contains("Content Security Policy", StringComparison.Ordinal)));
        found.AddRange(foreign.Select(f => "asks " + f));
        await page.CloseAsync();
        return found;

        void NoteIfForeign(string url)
        {
            if (!url.StartsWith(root + "/", StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal))
            {
                foreign.Enqueue(url);
            }
        }
    }

    /// <summary>What the answer itself says: its policy for scripts, and that it has something to read without any.</summary>
    private static async Task<List<string>> PolicyFaultsAsync(IResponse response)
    {
        var found = new List<string>();
        var policy = await response.HeaderValueAsync("content-security-policy") ?? "";
        var scripts = policy.Split(';', StringSplitOptions.TrimEntries).FirstOrDefault(d => d.StartsWith("script-src ", StringComparison.Ordinal))
            ?? policy.Split(';', StringSplitOptions.TrimEntries).FirstOrDefault(d => d.StartsWith("default-src ", StringComparison.Ordinal));
        if (scripts is null)
        {
            found.Add("has no content policy for scripts");
        }
        else if (scripts.Contains("unsafe", StringComparison.Ordinal) || scripts.Contains('*', StringComparison.Ordinal))
        {
            found.Add("lets scripts in that it should not: " + scripts);
        }

        var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await response.TextAsync());
        if ((document.QuerySelector("main") ?? document.Body)!.TextContent.Trim().Length == 0)
        {
            found.Add("is blank until a script runs");
        }

        return found;
    }
}
