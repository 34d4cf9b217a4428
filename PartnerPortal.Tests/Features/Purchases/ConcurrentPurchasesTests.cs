using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Purchases;

/// <summary>Several writers deliver the same purchases and refunds, each three times, at once.</summary>
public sealed class ConcurrentPurchasesTests
{
    private const int Writers = 8;
    private const int Purchases = 240;
    private const int Clients = 12;

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_EightWritersEachThreeTimes_RecordOnceAndBalance(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new MoneyWorld(portal);
        var people = await world.PartnersAsync(Clients + 3);
        var clients = people[3..];
        await world.AttributeAsync(people[1], people[0]);
        await world.AttributeAsync(people[2], people[1]);
        foreach (var client in clients)
        {
            await world.AttributeAsync(client, people[2]);
        }

        await world.AssignAsync(PlanScope.Program, 0, await world.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000), LevelRate.Share(500), LevelRate.Share(250)] }));
        portal.Clock.Advance(TimeSpan.FromHours(1));
        var deliveries = Enumerable.Range(0, Purchases).SelectMany(n => Enumerable.Repeat(n, 3)).ToArray();
        Random.Shared.Shuffle(deliveries);
        var ids = new ConcurrentDictionary<int, ConcurrentBag<Recorded>>();
        var refunds = new ConcurrentBag<long>();

        await Parallel.ForEachAsync(deliveries, new ParallelOptions { MaxDegreeOfParallelism = Writers }, async (n, _) =>
        {
            var id = n.ToString("D4", CultureInfo.InvariantCulture);
            var request = world.Purchase(clients[n % Clients], id, 1000 + n) with { Key = "k" + id };
            if (n % 4 == 0)
            {
                // Some refunds come before their purchase.
                refunds.Add((await world.RefundAsync(world.Refund(id, "r" + id, n % 8 == 0 ? null : 500))).Value.Id);
            }

            ids.GetOrAdd(n, _ => []).Add((await world.BuyAsync(request)).Value);
        });

        Assert.Equal(Purchases, await portal.ReadAsync(db => db.Purchases.CountAsync()));
        Assert.Equal(Purchases / 4, await portal.ReadAsync(db => db.Refunds.CountAsync()));
        Assert.All(ids.Values, told => Assert.Single(told.Select(t => t.Id).Distinct()));
        Assert.All(ids.Values, told => Assert.Equal(1, told.Count(t => t.IsNew)));
        Assert.Empty(await BookInvariants.BrokenAsync(portal, clients));
        var left = Enumerable.Range(0, Purchases).Select(n => (Base: 1000L + n, Refunded: n % 8 == 0 ? 1000L + n : n % 4 == 0 ? 500 : 0)).ToList();
        Assert.Equal(left.Sum(p => p.Refunded), await portal.ReadAsync(db => db.Purchases.SumAsync(p => p.Refunded)));
        var expected = left.Sum(p => Apportion.Rounded(p.Base, 1750, 10_000) - Apportion.Rounded(Apportion.Rounded(p.Base, 1750, 10_000), p.Refunded, p.Base));
        Assert.Equal(expected, (await world.BalancesAsync(people)).Values.Sum());
    }
}
