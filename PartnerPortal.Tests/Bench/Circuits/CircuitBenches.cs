using PartnerPortal.Tests.Bench.Servers;

namespace PartnerPortal.Tests.Bench.Circuits;

/// <summary>Open pages: what one more costs in memory, how fast they open, and how fast a click is answered while many are open. "My clients" beside the template's counter.</summary>
internal static class CircuitBenches
{
    private const int Warm = 200;
    private const int Step = 100;
    private const int Most = 500;
    private const int ClicksARound = 200;
    private const int OpenedARound = 400;
    private const int Rounds = 3;

    /// <summary>Rounds for the compiler, which makes code better that runs often: both sides open three times as many a second when it is done, and it is not done with both at the same time.</summary>
    private const int WarmUp = 6;
    private const double Megabyte = 1024 * 1024;
    private const double Kilobyte = 1024;

    public static async Task RunAsync(BenchRun run, CancellationToken ct)
    {
        using var http = BenchHttp.Create();
        var (template, portal) = await FreshAsync(run, http, ct);
        var atRest = await ServerMemory.SettleAsync(portal.Server, ct);
        var (theirs, ours) = (template.Page(http), portal.Page(http));
        await WarmAsync(theirs, ours, ct);

        var open = new OpenPages(theirs, template.Server, ours, portal.Server);
        await open.GrowAsync(Step, Most, ct);
        run.Compare("resident memory of one more open My clients page", "KB", open.Ours.PerPage / Kilobyte, open.Theirs.PerPage / Kilobyte, Goal.AtMost(1.8));
        run.Figure("resident memory of the portal at rest", "MB", atRest / Megabyte);
        run.Beside($"resident memory with {Most} pages open", "MB", open.Ours.Resident[^1] / Megabyte, open.Theirs.Resident[^1] / Megabyte);

        await ClickAsync(run, open, ct);
        await PageSide.LeaveAsync(open.Theirs.Open);
        await PageSide.LeaveAsync(open.Ours.Open);
    }

    /// <summary>How many pages open a second.</summary>
    public static async Task OpenAsync(BenchRun run, CancellationToken ct)
    {
        using var http = BenchHttp.Create();
        var (template, portal) = await FreshAsync(run, http, ct);
        var (theirs, ours) = (template.Page(http), portal.Page(http));
        await WarmAsync(theirs, ours, ct);
        await RateAsync(run, theirs, ours, ct);
    }

    /// <summary>Both begin with a process that has served nothing yet.</summary>
    private static async Task<(BareTemplate Template, BenchPortal Portal)> FreshAsync(BenchRun run, HttpMessageInvoker http, CancellationToken ct)
    {
        var template = await run.SharedAsync(() => BareTemplate.StartAsync(run, ct));
        var portal = await run.SharedAsync(() => BenchPortal.StartAsync(run, ct));
        await portal.SignInAsync(http, ct);
        await template.RestartAsync();
        await portal.RestartAsync();
        return (template, portal);
    }

    private static async Task WarmAsync(PageSide theirs, PageSide ours, CancellationToken ct)
    {
        await PageSide.LeaveAsync(await theirs.OpenAsync(Warm, withScreen: false, ct));
        await PageSide.LeaveAsync(await ours.OpenAsync(Warm, withScreen: false, ct));
    }

    private static async Task ClickAsync(BenchRun run, OpenPages open, CancellationToken ct)
    {
        List<double> theirs = [], ours = [];
        var clicked = 0;
        for (var round = 0; round < Rounds + 1; round++)
        {
            var before = clicked;
            var counted = await Clicks.RunAsync(open.Theirs.Open, ClicksARound, CountAsync, ct);
            var paged = await Clicks.RunAsync(open.Ours.Open, ClicksARound, OlderAsync, ct);
            if (round > 0)
            {
                // The first round is for the compiler.
                theirs.Add(BenchFigures.Percentile(counted, 95));
                ours.Add(BenchFigures.Percentile(paged, 95));
            }

            clicked = before + ClicksARound;
        }

        Check(open, clicked);
        run.Compare($"next page click to lines on screen, p95, {Most} pages open", "ms", BenchFigures.Median(ours), BenchFigures.Median(theirs), Goal.AtMost(4));

        Task<TimeSpan> CountAsync(CircuitClient client) =>
            client.ClickAsync(client.Screen!.Find("button", b => b.Text == "Click me").Handler("onclick"), batch => batch.Components > 0, ct);

        Task<TimeSpan> OlderAsync(CircuitClient client) => client.ClickAsync(ShownLines.Older(client.Screen!).Handler("onclick"), ShownLines.AreWhole, ct);
    }

    /// <summary>What was clicked was really counted, and the lines are others than those of a page just opened.</summary>
    private static void Check(OpenPages open, int clicks)
    {
        var counted = open.Theirs.Open.Sum(c => int.Parse(c.Screen!.Find("p", p => p["role"] == "status").Text.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture));
        var moved = open.Ours.Open.Select(c => ShownLines.On(c.Screen!)[0]).Distinct().Count();
        if (counted != clicks || moved < 2)
        {
            throw new InvalidOperationException($"{clicks} clicks were made, {counted} counted; {moved} different pages are shown.");
        }
    }

    private static async Task RateAsync(BenchRun run, PageSide theirs, PageSide ours, CancellationToken ct)
    {
        List<double> theirRates = [], ourRates = [];
        for (var round = -WarmUp; round < Rounds; round++)
        {
            var (their, our) = (await theirs.RateAsync(OpenedARound, ct), await ours.RateAsync(OpenedARound, ct));
            if (round >= 0)
            {
                theirRates.Add(their);
                ourRates.Add(our);
            }
        }

        run.Compare("My clients pages opened", "a second", BenchFigures.Median(ourRates), BenchFigures.Median(theirRates), Goal.AtLeast(0.7));
    }
}
