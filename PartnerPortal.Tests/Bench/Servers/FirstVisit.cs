using Microsoft.Playwright;
using PartnerPortal.Tests.Browser;

namespace PartnerPortal.Tests.Bench.Servers;

/// <summary>What a browser with an empty cache fetches for a page, headers included, and how long it is until the page answers to clicks.</summary>
internal sealed record FirstVisit(double Kilobytes, double Milliseconds)
{
    /// <param name="page">Its whole address.</param>
    /// <param name="cookie">"name=value" of the session.</param>
    public static async Task<FirstVisit> MakeAsync(Uri page, string cookie)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium.Path(), Args = Chromium.Flags, Headless = true });
        var context = await browser.NewContextAsync();
        var (name, value) = (cookie.Split('=', 2)[0], cookie.Split('=', 2)[1]);
        await context.AddCookiesAsync([new Cookie { Name = name, Value = value, Url = page.GetLeftPart(UriPartial.Authority), HttpOnly = true }]);
        var tab = await context.NewPageAsync();
        var session = await context.NewCDPSessionAsync(tab);
        var bytes = 0.0;
        session.Event("Network.loadingFinished").OnEvent += (_, loaded) => bytes += loaded!.Value.GetProperty("encodedDataLength").GetDouble();
        session.Event("Network.webSocketFrameReceived").OnEvent += (_, frame) => bytes += BytesOf(frame!.Value.GetProperty("response").GetProperty("payloadData").GetString()!);
        await session.SendAsync("Network.enable");
        await tab.GotoAsync(page.ToString());
        await tab.WaitForSelectorAsync(".app[data-live] table.list");
        var milliseconds = await tab.EvaluateAsync<double>("() => performance.now()");
        await tab.WaitForLoadStateAsync(LoadState.NetworkIdle);
        return new FirstVisit(bytes / 1024, milliseconds);
    }

    /// <summary>Binary frames come as Base64.</summary>
    private static double BytesOf(string payload) => payload.Length * 0.75;
}
