using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Purchases;

public sealed class GroupedPurchasesTests
{
    private const int Many = 40;

    /// <summary>A plan that cannot be read is a bug of somebody's, and hits whoever buys by it; it must not hit who happens to share the transaction.</summary>
    [Fact]
    public async Task ExecuteAsync_OneOfManyAtOnceThrows_OthersAreRecordedAndAnswered()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new MoneyWorld(portal);
        var people = await world.PartnersAsync(4);
        await world.AttributeAsync(people[0], people[1]);
        await world.AttributeAsync(people[2], people[3]);
        await world.AssignAsync(PlanScope.Partner, people[1], await world.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000)] }));
        var broken = await world.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000)] });
        await world.AssignAsync(PlanScope.Partner, people[3], broken);
        await portal.CorruptAsync(FormattableString.Invariant($"UPDATE \"PlanVersions\" SET \"RulesJson\" = '-' WHERE \"PlanId\" = {broken}"));
        portal.Clock.Advance(TimeSpan.FromHours(1));

        var told = await Task.WhenAll(Enumerable.Range(0, Many).Select(n => Task.Run(() => TellAsync(n % 10 == 7 ? people[2] : people[0], n))));

        Assert.Equal(Many / 10, told.Count(t => t is null));
        Assert.All(told.OfType<Recorded>(), t => Assert.True(t.IsNew));
        Assert.Equal(Many - (Many / 10), await portal.ReadAsync(db => db.Purchases.CountAsync(p => p.ClientId == people[0] && p.Outcome == PurchaseOutcome.Earns)));
        Assert.Equal(0, await portal.ReadAsync(db => db.Purchases.CountAsync(p => p.ClientId == people[2])));
        Assert.Empty(await BookInvariants.BrokenAsync(portal, [people[0]]));

        // Null when it threw.
        async Task<Recorded?> TellAsync(long client, int number)
        {
            try
            {
                return (await world.BuyAsync(world.Purchase(client, number.ToString(CultureInfo.InvariantCulture)))).Value;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    /// <summary>Another process writes: those that wait gather meanwhile, and are committed together.</summary>
    [Fact]
    public async Task ExecuteAsync_ManyWhileTheDatabaseIsBusy_ShareATransaction()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new MoneyWorld(portal);
        var people = await world.PartnersAsync(2);
        await world.AttributeAsync(people[0], people[1]);
        await world.AssignAsync(PlanScope.Program, 0, await world.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000)] }));
        portal.Clock.Advance(TimeSpan.FromHours(1));
        // A wallet in which money moved is told of once for each commit.
        var commits = 0;
        using var told = portal.Services.GetRequiredService<Signals>().Subscribe(WalletQueries.ChannelOf(people[1]), _ => Interlocked.Increment(ref commits));
        List<Task<Result<Recorded>>> all;
        await using (var other = new SqliteConnection(portal.ConnectionString))
        {
            await other.OpenAsync();
            await using var writing = await other.BeginTransactionAsync();
            all = [.. Enumerable.Range(0, Many).Select(n => world.BuyAsync(world.Purchase(people[0], n.ToString(CultureInfo.InvariantCulture))))];
            await writing.RollbackAsync();
        }

        Assert.All(await Task.WhenAll(all), t => Assert.True(t.Value.IsNew));
        // The first that came may have gone ahead with those that were there by then.
        Assert.InRange(commits, 1, 2);
    }
}
