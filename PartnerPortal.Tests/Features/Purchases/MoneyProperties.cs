using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Purchases;

/// <summary>
/// Invariants 5, 6 and 7: random trees of sponsors, plans, attributions and standings that change, purchases and refunds. Told in time, and told late, shuffled and several
/// times, they leave the same balances, and the books hold at every moment. A failure prints the shortest scenario found and a seed; <c>PORTAL_REPLAY=seed,gamma</c> runs the
/// same again, <c>PORTAL_RUNS</c> more of them.
/// </summary>
public sealed class MoneyProperties
{
    private const int StepsPerRun = 45;

    [Theory, OnSqlite, OnPostgres]
    public async Task Facts_InAnyOrderOfArrival_GiveTheSameBalances(DatabaseKind kind)
    {
        var runs = Environment.GetEnvironmentVariable("PORTAL_RUNS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : kind is DatabaseKind.Sqlite ? 14 : 6;
        var config = Config.QuickThrowOnFailure.WithMaxTest(runs).WithStartSize(10).WithEndSize(StepsPerRun);
        if (Environment.GetEnvironmentVariable("PORTAL_REPLAY")?.Split(',') is [var seed, var gamma])
        {
            config = config.WithReplay(ulong.Parse(seed, CultureInfo.InvariantCulture), ulong.Parse(gamma, CultureInfo.InvariantCulture));
        }

        // FsCheck calls properties synchronously; nothing here needs the caller's context.
        await Task.Run(() => Check.One(config, Prop.ForAll(Arb.From(MoneyScenario.Any, MoneyScenario.Shorter), s => HoldsAsync(kind, s).GetAwaiter().GetResult())));
    }

    private static async Task<bool> HoldsAsync(DatabaseKind kind, MoneyScenario scenario)
    {
        var inTime = await RunAsync(kind, scenario, isShuffled: false);
        var late = await RunAsync(kind, scenario, isShuffled: true);

        Assert.Empty(inTime.Broken);
        Assert.Empty(late.Broken);
        Assert.Equal(inTime.Balances.OrderBy(b => b.Key, StringComparer.Ordinal), late.Balances.OrderBy(b => b.Key, StringComparer.Ordinal));
        return true;
    }

    /// <summary>In a database of its own: a clock that is set back for the next run would meet changes of sponsors from its future, and no later change counts before those.</summary>
    private static async Task<(Dictionary<string, long> Balances, IReadOnlyList<string> Broken)> RunAsync(DatabaseKind kind, MoneyScenario scenario, bool isShuffled)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        return await new MoneyRun(new MoneyWorld(portal), scenario, isShuffled).RunAsync();
    }
}
