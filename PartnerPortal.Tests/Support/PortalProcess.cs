using System.Diagnostics;

namespace PartnerPortal.Tests.Support;

/// <summary>The portal as a process of its own, with its workers, for what can be seen only there: being killed, and what it writes to its log.</summary>
public sealed class PortalProcess : IAsyncDisposable
{
    private readonly ListeningProcess _process;

    private PortalProcess(ListeningProcess process) => _process = process;

    /// <inheritdoc cref="ListeningProcess.Output"/>
    public string Output => _process.Output;

    /// <inheritdoc cref="ListeningProcess.Address"/>
    public Uri Address => _process.Address;

    /// <summary>Starts it on the database of a test's portal and waits until it serves.</summary>
    /// <param name="portal">Whose database and mail folder it uses.</param>
    /// <param name="settings">Configuration keys and values on top.</param>
    /// <param name="launcher">A command that starts it, such as a shell that sets a limit first; it gets the command line as its last arguments.</param>
    public static async Task<PortalProcess> StartAsync(TestPortal portal, Dictionary<string, string> settings, IReadOnlyList<string>? launcher = null)
    {
        var all = new Dictionary<string, string>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["Database:Provider"] = portal.Kind.ToString(),
            ["Database:ConnectionString"] = Patient(portal),
            ["Portal:Demo"] = "false",
            ["Portal:PublicUrl"] = "http://portal.test",
            ["Mail:Transport"] = "Folder",
            ["Mail:Folder"] = portal.MailFolder,
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        List<string> command = [.. launcher ?? [], "dotnet", Path.Combine(AppContext.BaseDirectory, "PartnerPortal.dll"), .. all.Select(s => $"--{s.Key}={s.Value}")];
        var start = new ProcessStartInfo(command[0]) { WorkingDirectory = AppContext.BaseDirectory };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        return new PortalProcess(await ListeningProcess.StartAsync(start));
    }

    /// <inheritdoc cref="ListeningProcess.StopAsync"/>
    public Task StopAsync() => _process.StopAsync();

    /// <inheritdoc cref="ListeningProcess.KillAsync"/>
    public Task KillAsync() => _process.KillAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <summary>Tests ask a server three seconds whether it is there; a portal that starts beside others waits as long as it does in earnest.</summary>
    private static string Patient(TestPortal portal) => portal.Kind is DatabaseKind.Postgres
        ? new Npgsql.NpgsqlConnectionStringBuilder(portal.ConnectionString) { Timeout = 30 }.ConnectionString
        : portal.ConnectionString;
}
