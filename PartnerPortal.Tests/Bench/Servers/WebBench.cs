using System.Diagnostics;
using PartnerPortal.Shared;
using PartnerPortal.Startup;
using PartnerPortal.Tests.Bench.Circuits;

namespace PartnerPortal.Tests.Bench.Servers;

/// <summary>Figures without a goal: how often the landing page is served and a password checked, and what a first visit to My clients weighs and takes in a browser.</summary>
internal static class WebBench
{
    private const int Connections = 32;
    private const int People = 40;
    // One address may send the form 20 times a minute.
    private const int SignInsEach = 5;
    private const int Rounds = 3;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(BenchRun run, CancellationToken ct)
    {
        var template = await run.SharedAsync(() => BareTemplate.StartAsync(run, ct));
        var portal = await run.SharedAsync(() => BenchPortal.StartAsync(run, ct));
        using var http = BenchHttp.Create();
        await portal.SignInAsync(http, ct);
        var landing = new Uri(portal.Server.Address, PortalUrls.Landing);
        List<double> theirs = [], ours = [];
        for (var round = 0; round < Rounds + 1; round++)
        {
            var (theirRate, ourRate) = (await RateAsync(http, template.Server.Address, ct), await RateAsync(http, landing, ct));
            if (round > 0)
            {
                // The first round is for the compiler.
                theirs.Add(theirRate);
                ours.Add(ourRate);
            }
        }

        run.Beside($"landing page, {Connections} connections, beside the template's home page", "a second", BenchFigures.Median(ours), BenchFigures.Median(theirs));
        run.Figure("sign-ins with a password", "a second", await SignInsAsync(portal.Server.Address, ct));
        var visit = await FirstVisit.MakeAsync(new Uri(portal.Server.Address, PortalUrls.Clients), portal.Cookie!);
        run.Figure("first visit to My clients, all that is fetched", "KB", visit.Kilobytes);
        run.Figure("first visit to My clients, until it is live", "ms", visit.Milliseconds);
    }

    private static async Task<double> RateAsync(HttpMessageInvoker http, Uri page, CancellationToken ct)
    {
        var (start, count) = (Stopwatch.GetTimestamp(), 0);
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(VisitAsync, ct)));
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;

        async Task VisitAsync()
        {
            while (Stopwatch.GetElapsedTime(start) < Span)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, page);
                using var answer = await http.SendAsync(request, ct);
                await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(ct);
                Interlocked.Increment(ref count);
            }
        }
    }

    private static async Task<double> SignInsAsync(Uri portal, CancellationToken ct)
    {
        var people = Enumerable.Range(1, People).Select(BenchHttp.CreateFrom).ToList();
        try
        {
            var forms = await Task.WhenAll(people.Select(p => SignInForm.OpenAsync(p, portal, ct)));
            var watch = Stopwatch.StartNew();
            await Parallel.ForAsync(0, People, new ParallelOptions { MaxDegreeOfParallelism = PageSide.AtOnce, CancellationToken = ct }, async (i, stop) =>
            {
                for (var n = 0; n < SignInsEach; n++)
                {
                    await forms[i].SendAsync(people[i], DemoAccounts.Integrator, DemoAccounts.Password, stop);
                }
            });
            return People * SignInsEach / watch.Elapsed.TotalSeconds;
        }
        finally
        {
            people.ForEach(p => p.Dispose());
        }
    }
}
