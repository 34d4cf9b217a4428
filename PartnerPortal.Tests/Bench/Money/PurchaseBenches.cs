using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Bench.Money;

/// <summary>Purchases recorded over HTTP with everything that belongs to them, beside a loop that only inserts the rows that they leave behind. Both wait for the disk at every commit.</summary>
internal static class PurchaseBenches
{
    private const int Connections = 32;

    /// <summary>On PostgreSQL.</summary>
    private const int Clients = 8;

    /// <summary>Of batches: while one is written the next is read.</summary>
    private const int Senders = 2;
    private const int Batch = RecordPurchases.Most;
    private const int Rounds = 5;

    /// <summary>Rounds for the compiler, which makes code better that runs often.</summary>
    private const int WarmUp = 2;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(4);

    public static async Task OneByOneAsync(BenchRun run, CancellationToken ct)
    {
        await using var ours = await MoneyScene.MakeAsync(DatabaseKind.Sqlite);
        await using var theirs = await MoneyScene.MakeAsync(DatabaseKind.Sqlite);
        await using var server = await ours.ServeAsync();
        using var load = new PurchaseLoad(server.Address, ours);
        using var hand = new HandMadePurchases(theirs);
        var (our, their) = await InTurnAsync(ours, theirs, () => load.OneByOneAsync(Connections, Span, ct), () => Task.FromResult(Loop(hand, 1)), ct);
        run.Compare($"purchases one by one over HTTP, {Connections} connections / a loop of inserts, a transaction each", "a second", our, their, Goal.AtLeast(0.6));
    }

    public static async Task InBatchesAsync(BenchRun run, CancellationToken ct)
    {
        await using var ours = await MoneyScene.MakeAsync(DatabaseKind.Sqlite);
        await using var theirs = await MoneyScene.MakeAsync(DatabaseKind.Sqlite);
        await using var server = await ours.ServeAsync();
        using var load = new PurchaseLoad(server.Address, ours);
        using var hand = new HandMadePurchases(theirs);
        var (our, their) = await InTurnAsync(ours, theirs, () => load.InBatchesAsync(Senders, Batch, Span, ct), () => Task.FromResult(Loop(hand, Batch)), ct);
        run.Compare($"purchases in batches of {Batch} over HTTP, {Senders} connections / the same loop, a transaction for {Batch}", "a second", our, their, Goal.AtLeast(0.5));
    }

    public static async Task OnPostgresAsync(BenchRun run, CancellationToken ct)
    {
        if (TestPostgres.WhyNot is { } reason)
        {
            throw new InvalidOperationException(reason);
        }

        await using var ours = await MoneyScene.MakeAsync(DatabaseKind.Postgres);
        await using var theirs = await MoneyScene.MakeAsync(DatabaseKind.Postgres);
        await using var server = await ours.ServeAsync();
        using var load = new PurchaseLoad(server.Address, ours);
        var pgbench = await PgBench.MakeAsync(theirs, run.Folder, ct);
        var (our, their) = await InTurnAsync(ours, theirs, () => load.OneByOneAsync(Clients, Span, ct), () => pgbench.RunAsync(Clients, Span, ct), ct, AnalyzeAsync);
        run.Compare($"purchases one by one over HTTP on PostgreSQL, {Clients} clients / pgbench with the same inserts", "a second", our, their, Goal.AtLeast(0.5));

        // The server's own analysis comes within a minute and changes its plans: it would fall into one round or another.
        static Task AnalyzeAsync(MoneyScene scene) => scene.Portal.ReadAsync(db => db.Database.ExecuteSqlRawAsync("ANALYZE"));
    }

    /// <summary>The medians of both, which ran in turn and left the same rows behind.</summary>
    private static async Task<(double Ours, double Theirs)> InTurnAsync(MoneyScene ourScene, MoneyScene theirScene, Func<Task<double>> ours, Func<Task<double>> theirs, CancellationToken ct, Func<MoneyScene, Task>? whenWarm = null)
    {
        var (oursBefore, theirsBefore) = (await WrittenRows.CountAsync(ourScene.Portal), await WrittenRows.CountAsync(theirScene.Portal));
        List<double> mine = [], other = [];
        for (var round = -WarmUp; round < Rounds; round++)
        {
            ct.ThrowIfCancellationRequested();
            if (round == 0 && whenWarm is not null)
            {
                await whenWarm(ourScene);
                await whenWarm(theirScene);
            }

            var (our, their) = (await ours(), await theirs());
            if (round >= 0)
            {
                mine.Add(our);
                other.Add(their);
            }
        }

        WrittenRows.Same(oursBefore, await WrittenRows.CountAsync(ourScene.Portal), theirsBefore, await WrittenRows.CountAsync(theirScene.Portal));
        return (BenchFigures.Median(mine), BenchFigures.Median(other));
    }

    /// <returns>Purchases a second.</returns>
    private static double Loop(HandMadePurchases hand, int each)
    {
        var (start, count) = (Stopwatch.GetTimestamp(), 0);
        for (; Stopwatch.GetElapsedTime(start) < Span; count += each)
        {
            hand.Record(each);
        }

        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
