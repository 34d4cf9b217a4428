using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Faults;

/// <summary>Purchases told thrice and shuffled by many at once, while the portal is killed and started again.</summary>
public sealed class PurchaseFaultTests
{
    private const int Writers = 8;
    private const int Deliveries = 3;
    private const int Clients = 100;

    /// <summary><c>PORTAL_FAULT_PURCHASES=10000</c> for as many as the run before a release takes.</summary>
    private static readonly int Purchases = int.Parse(Environment.GetEnvironmentVariable("PORTAL_FAULT_PURCHASES") ?? "400", CultureInfo.InvariantCulture);

    [Theory, OnSqlite, OnPostgres]
    public async Task KilledWhileRecording_StartedAgain_CountsEachPurchaseOnce(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (people, key) = await SceneAsync(portal);
        var deliveries = Enumerable.Range(0, Purchases * Deliveries).Select(i => i % Purchases).ToArray();
        new Random(4711).Shuffle(deliveries);
        var (waiting, acknowledged) = (new ConcurrentQueue<int>(deliveries), new ConcurrentDictionary<int, bool>());
        var marks = new[] { deliveries.Length / 3, deliveries.Length * 2 / 3 }.ToDictionary(m => m, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var answered = 0;

        await using var nodes = await PortalNodes.StartAsync(portal, [], 1);
        var writers = Enumerable.Range(0, Writers).Select(_ => Task.Run(() => WriteAsync(nodes, key, waiting, people, Note))).ToArray();
        foreach (var mark in marks.Values)
        {
            // A writer that fails ends the test, too.
            await await Task.WhenAny([mark.Task, .. writers]);
            await nodes.KillAsync(0, async () =>
            {
                // Whoever was told "recorded" was told the truth, also of the last moment before.
                var told = acknowledged.Keys.ToList();
                var kept = (await portal.ReadAsync(db => db.Purchases.Select(p => p.ExternalId).ToListAsync())).ToHashSet(StringComparer.Ordinal);
                Assert.All(told, i => Assert.Contains(Id(i), kept));
            });
        }

        await Task.WhenAll(writers);
        await nodes.StopAsync();

        Assert.Equal(Purchases, await portal.ReadAsync(db => db.Purchases.CountAsync()));
        Assert.Empty(await BookInvariants.BrokenAsync(portal, [.. people]));
        var report = await portal.CallAsync<VerifyBooks, BookReport>(v => v.ExecuteAsync(default));
        Assert.Empty(report.Findings);

        void Note(int i)
        {
            acknowledged[i] = true;
            if (marks.TryGetValue(Interlocked.Increment(ref answered), out var mark))
            {
                mark.SetResult();
            }
        }
    }

    private static async Task WriteAsync(PortalNodes nodes, string key, ConcurrentQueue<int> waiting, IReadOnlyList<long> people, Action<int> note)
    {
        while (waiting.TryDequeue(out var i))
        {
            await nodes.PostAsync(0, "/api/v1/purchases", key, Told(i, people[i % Clients]));
            note(i);
        }
    }

    private static string Told(int i, long client) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"externalId":"{{Id(i)}}","client":{"number":{{AccountNumber.Offset + client}}},"amount":{{1000 + i}},"currency":"EUR","product":"team","occurredAt":"{{new DateTime(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc).AddSeconds(i):s}}Z"}""");

    private static string Id(int i) => string.Create(CultureInfo.InvariantCulture, $"p-{i}");

    /// <summary>A chain of partners above all clients: three levels earn.</summary>
    private static async Task<(IReadOnlyList<long> Clients, string Key)> SceneAsync(TestPortal portal)
    {
        portal.Clock.Advance(TimeSpan.FromDays(-1));
        var world = new MoneyWorld(portal);
        await world.AssignAsync(PlanScope.Program, 0, await world.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000), LevelRate.Share(333), LevelRate.Share(100)], HoldDays = 30 }));
        var people = await world.PartnersAsync(Clients + 3);
        await world.AttributeAsync(people[Clients + 1], people[Clients + 2]);
        await world.AttributeAsync(people[Clients], people[Clients + 1]);
        foreach (var client in people[..Clients])
        {
            await world.AttributeAsync(client, people[Clients]);
        }

        var owner = await new World(portal).OwnerAsync();
        portal.Clock.Advance(TimeSpan.FromDays(1));
        var made = await portal.CallAsync<MakeProgramKey, Result<MadeKey>>(m => m.ExecuteAsync(NewKey.ForPurchases("Web shop"), owner, default));
        return (people, made.Value.Key);
    }
}
