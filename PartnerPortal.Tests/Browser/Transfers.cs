using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace PartnerPortal.Tests.Browser;

/// <summary>What a page fetches, and how many bytes of it come over the wire, heads included, as the browser's own network log counts them.</summary>
internal sealed class Transfers
{
    private readonly ConcurrentDictionary<string, string> _addresses = new();
    private readonly ConcurrentDictionary<string, long> _bytes = new();

    public IReadOnlyList<(string Address, long Bytes)> All => [.. _bytes.Select(b => (_addresses.GetValueOrDefault(b.Key, ""), b.Value))];

    /// <summary>Of a page that has fetched nothing yet, with an empty cache.</summary>
    public static async Task<Transfers> WatchAsync(IPage page)
    {
        var transfers = new Transfers();
        var session = await page.Context.NewCDPSessionAsync(page);
        session.Event("Network.requestWillBeSent").OnEvent += (_, e) => transfers._addresses[Id(e)] = e!.Value.GetProperty("request").GetProperty("url").GetString()!;
        session.Event("Network.loadingFinished").OnEvent += (_, e) => transfers._bytes[Id(e)] = (long)e!.Value.GetProperty("encodedDataLength").GetDouble();
        await session.SendAsync("Network.enable");
        return transfers;
    }

    private static string Id(JsonElement? e) => e!.Value.GetProperty("requestId").GetString()!;
}
