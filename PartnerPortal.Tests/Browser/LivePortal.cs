using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Browser;

/// <summary>The portal on a port of this machine, for a browser: with its workers, and with the real clock, since a browser has that too.</summary>
public sealed class LivePortal : IAsyncDisposable
{
    private LivePortal(TestPortal portal, string root) => (Portal, Root) = (portal, root);

    public TestPortal Portal { get; }

    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Root { get; }

    /// <param name="kind">Which database.</param>
    /// <param name="demo">Seed the demo program.</param>
    /// <param name="settings">Configuration keys and values on top.</param>
    public static async Task<LivePortal> StartAsync(DatabaseKind kind = DatabaseKind.Sqlite, bool demo = false, Dictionary<string, string>? settings = null)
    {
        var all = new Dictionary<string, string>(settings ?? []) { ["Portal:Demo"] = demo ? "true" : "false" };
        var portal = await TestPortal.ListenAsync(kind, all);
        var address = portal.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new LivePortal(portal, address.Replace("[::]", "127.0.0.1", StringComparison.Ordinal).TrimEnd('/'));
    }

    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}
