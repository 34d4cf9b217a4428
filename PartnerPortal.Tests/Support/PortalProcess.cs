using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace PartnerPortal.Tests.Support;

/// <summary>The portal as a process of its own, with its workers, for what can be seen only there: being killed, and what it writes to its log.</summary>
public sealed partial class PortalProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PortalProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException("The portal ended: " + Output));
        process.EnableRaisingEvents = true;
    }

    /// <summary>All it wrote so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => _listening.Task.Result;

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
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        var started = new PortalProcess(new Process { StartInfo = start });
        started._process.Start();
        started._process.BeginOutputReadLine();
        started._process.BeginErrorReadLine();
        await started._listening.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return started;
    }

    /// <summary>As kill -9 does: it gets no chance to finish anything.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    /// <summary>Tests ask a server three seconds whether it is there; a portal that starts beside others waits as long as it does in earnest.</summary>
    private static string Patient(TestPortal portal) => portal.Kind is DatabaseKind.Postgres
        ? new Npgsql.NpgsqlConnectionStringBuilder(portal.ConnectionString) { Timeout = 30 }.ConnectionString
        : portal.ConnectionString;

    private void Read(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (line is not null && Listening().Match(line) is { Success: true } match)
        {
            _listening.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }

    [GeneratedRegex("Now listening on: (http://\\S+)")]
    private static partial Regex Listening();
}
