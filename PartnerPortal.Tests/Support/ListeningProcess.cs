using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PartnerPortal.Tests.Support;

/// <summary>A web server as a process of its own, from its start until it is ended; what it writes is kept.</summary>
public sealed partial class ListeningProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ListeningProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException("The server ended: " + Output));
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

    public int Id => _process.Id;

    /// <summary>Since when it runs, as <see cref="Stopwatch.GetTimestamp"/> counts.</summary>
    public long StartedAt { get; private init; }

    /// <summary>Starts it and waits until it says where it listens; one that does not is ended.</summary>
    public static async Task<ListeningProcess> StartAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        var started = new ListeningProcess(new Process { StartInfo = start }) { StartedAt = Stopwatch.GetTimestamp() };
        started._process.Start();
        started._process.BeginOutputReadLine();
        started._process.BeginErrorReadLine();
        try
        {
            await started._listening.Task.WaitAsync(Patience);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>As a service manager does (SIGTERM): it may finish what it does.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
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

    // In Production the line is JSON, and goes on after the address.
    [GeneratedRegex("Now listening on: (http://[\\w.:]+)")]
    private static partial Regex Listening();
}
