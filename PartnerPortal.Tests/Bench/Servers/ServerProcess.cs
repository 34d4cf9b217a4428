using System.Diagnostics;
using System.Globalization;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Bench.Servers;

/// <summary>A web server that is measured, listening on a port of this machine that the system picked.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly ListeningProcess _process;

    private ServerProcess(ListeningProcess process) => (_process, Id) = (process, process.Id);

    /// <inheritdoc cref="ListeningProcess.Address"/>
    public Uri Address => _process.Address;

    public int Id { get; }

    /// <inheritdoc cref="ListeningProcess.StartedAt"/>
    public long StartedAt => _process.StartedAt;

    /// <summary>Bytes of memory that are its own or shared and stand in RAM now.</summary>
    public long ResidentBytes => File.ReadLines($"/proc/{Id}/status")
        .Where(l => l.StartsWith("VmRSS:", StringComparison.Ordinal))
        .Select(l => long.Parse(l.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024).Single();

    /// <summary>Starts it in the folder of its assembly, and waits until it listens.</summary>
    /// <param name="assembly">The server's .dll.</param>
    /// <param name="environment">"Production" or "Development".</param>
    /// <param name="settings">Configuration keys and values, given as arguments.</param>
    public static async Task<ServerProcess> StartAsync(string assembly, string environment, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Path.GetDirectoryName(assembly)! };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        start.Environment.Remove("ASPNETCORE_URLS");
        // As web applications are built by default; also for one that is not.
        start.Environment["DOTNET_gcServer"] = "1";
        start.ArgumentList.Add(assembly);
        start.ArgumentList.Add("--urls=http://127.0.0.1:0");
        foreach (var (key, value) in settings)
        {
            start.ArgumentList.Add($"--{key}={value}");
        }

        return new ServerProcess(await ListeningProcess.StartAsync(start));
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        ServerMemory.Forget(Id);
    }
}
