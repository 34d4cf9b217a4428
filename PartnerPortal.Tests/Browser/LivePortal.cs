using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Browser;

/// <summary>The portal on a port of this machine, for a browser: with its workers, and with the real clock unless asked otherwise, since a browser has that too.</summary>
public sealed class LivePortal : IAsyncDisposable
{
    private LivePortal(TestPortal portal, string root) => (Portal, Root) = (portal, root);

    public TestPortal Portal { get; }

    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Root { get; }

    /// <param name="kind">Which database.</param>
    /// <param name="demo">Seed the demo program.</param>
    /// <param name="settings">Configuration keys and values on top.</param>
    /// <param name="still">With the test's clock in place of the real one, so that every run shows the same times.</param>
    /// <param name="slow">Pages come in pieces.</param>
    public static async Task<LivePortal> StartAsync(
        DatabaseKind kind = DatabaseKind.Sqlite, bool demo = false, Dictionary<string, string>? settings = null, bool still = false, bool slow = false)
    {
        var all = new Dictionary<string, string>(settings ?? []) { ["Portal:Demo"] = demo ? "true" : "false" };
        var portal = await TestPortal.ListenAsync(kind, all, still, slow);
        var address = portal.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new LivePortal(portal, address.Replace("[::]", "127.0.0.1", StringComparison.Ordinal).TrimEnd('/'));
    }

    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}
