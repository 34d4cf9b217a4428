using System.Diagnostics;
using PartnerPortal.Tests.Bench.Circuits;

namespace PartnerPortal.Tests.Bench.Servers;

/// <summary>From the start of the process until it answers: the portal that it is ready, the template its page.</summary>
internal static class StartBench
{
    private const int Rounds = 5;

    public static async Task RunAsync(BenchRun run, CancellationToken ct)
    {
        var template = await run.SharedAsync(() => BareTemplate.StartAsync(run, ct));
        var portal = await run.SharedAsync(() => BenchPortal.StartAsync(run, ct));
        List<double> theirs = [], ours = [];
        for (var round = 0; round < Rounds; round++)
        {
            theirs.Add(await UntilAnswerAsync(() => BareTemplate.LaunchAsync(template.Assembly), BareTemplate.Counter, ct));
            ours.Add(await UntilAnswerAsync(portal.LaunchAsync, "/health/ready", ct));
        }

        run.Compare("cold start to ready", "ms", BenchFigures.Median(ours), BenchFigures.Median(theirs), Goal.AtMost(2.5));
    }

    private static async Task<double> UntilAnswerAsync(Func<Task<ServerProcess>> launch, string path, CancellationToken ct)
    {
        using var http = BenchHttp.Create();
        await using var server = await launch();
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, path));
            using var answer = await http.SendAsync(request, ct);
            if (answer.IsSuccessStatusCode)
            {
                return Stopwatch.GetElapsedTime(server.StartedAt).TotalMilliseconds;
            }
        }
    }
}
