using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Bench.Data;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Bench.Servers;

/// <summary>A referral link, its visit committed before the answer, beside a bare redirect.</summary>
internal static partial class ReferralBench
{
    private const int Connections = 32;
    private const int Rounds = 5;

    /// <summary>Rounds for the compiler, which makes code better that runs often.</summary>
    private const int WarmUp = 3;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(BenchRun run, CancellationToken ct)
    {
        var portal = await run.SharedAsync(() => BenchPortal.StartAsync(run, ct));
        var million = await run.SharedAsync(() => MillionClients.MakeAsync(run, ct));
        await using var bare = await BareRedirect.StartAsync();
        var link = PortalUrls.Referral(await new World(million.Portal).CodeOfAsync(million.Big));
        List<LoadRound> ours = [], theirs = [];
        var (visitsBefore, answers) = (Visits(million), 0.0);
        for (var round = -WarmUp; round < Rounds; round++)
        {
            var (our, their) = (await RoundAsync(portal.Server.Address), await RoundAsync(bare.Address));
            answers += our.PerSecond * Span.TotalSeconds;
            if (round >= 0)
            {
                ours.Add(our);
                theirs.Add(their);
            }
        }

        var counted = Visits(million) - visitsBefore;
        if (counted < answers * 0.95)
        {
            throw new InvalidOperationException($"Of about {answers:N0} visits {counted:N0} were committed.");
        }

        run.Compare($"/r/{{code}}, the visit committed, {Connections} connections / a bare 302", "a second", Middle(ours, r => r.PerSecond), Middle(theirs, r => r.PerSecond), Goal.AtLeast(0.5));
        run.Compare("the same, 99th percentile", "ms", Middle(ours, r => r.P99), Middle(theirs, r => r.P99), Goal.AtMost(5));
        if (await WrkAsync(portal.Server.Address, link, ct) is { } byWrk && await WrkAsync(bare.Address, link, ct) is { } bareByWrk)
        {
            run.Beside("the same by wrk", "a second", byWrk, bareByWrk);
        }

        Task<LoadRound> RoundAsync(Uri server) => RedirectLoad.RunAsync(server, link, Connections, Span, ct);
    }

    private static double Middle(List<LoadRound> rounds, Func<LoadRound, double> figure) => BenchFigures.Median([.. rounds.Select(figure)]);

    private static long Visits(MillionClients million)
    {
        using var db = new SqliteConnection($"Data Source={million.File};Pooling=False;Mode=ReadOnly");
        db.Open();
        using var command = new SqliteCommand("SELECT coalesce(sum(\"Count\"), 0) FROM \"VisitCounts\"", db);
        return (long)command.ExecuteScalar()!;
    }

    /// <returns>Null where wrk is not installed.</returns>
    private static async Task<double?> WrkAsync(Uri server, string path, CancellationToken ct)
    {
        if (!File.Exists("/usr/bin/wrk"))
        {
            return null;
        }

        var start = new ProcessStartInfo("/usr/bin/wrk", ["-t1", $"-c{Connections}", "-d3s", new Uri(server, path).ToString()]) { RedirectStandardOutput = true };
        using var wrk = Process.Start(start)!;
        var said = await wrk.StandardOutput.ReadToEndAsync(ct);
        await wrk.WaitForExitAsync(ct);
        return double.Parse(PerSecond().Match(said).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex PerSecond();
}
