using System.Diagnostics;

namespace PartnerPortal.Tests.Bench.Servers;

/// <summary>Runs the SDK.</summary>
internal static class DotnetCommand
{
    /// <exception cref="InvalidOperationException">It failed; the message is all it wrote.</exception>
    public static async Task RunAsync(string folder, CancellationToken ct, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)}: {await output}{await errors}");
        }
    }
}
