using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
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

        await using var node = new Node(await PortalProcess.StartAsync(portal, []), key);
        var writers = Enumerable.Range(0, Writers).Select(_ => Task.Run(() => WriteAsync(node, waiting, people, Note))).ToArray();
        foreach (var mark in marks.Values)
        {
            // A writer that fails ends the test, too.
            await await Task.WhenAny([mark.Task, .. writers]);
            await node.Process.KillAsync();
            // Whoever was told "recorded" was told the truth, also of the last moment before.
            var told = acknowledged.Keys.ToList();
            var kept = (await portal.ReadAsync(db => db.Purchases.Select(p => p.ExternalId).ToListAsync())).ToHashSet(StringComparer.Ordinal);
            Assert.All(told, i => Assert.Contains(Id(i), kept));
            node.Use(await PortalProcess.StartAsync(portal, []));
        }

        await Task.WhenAll(writers);
        await node.Process.StopAsync();

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

    private static async Task WriteAsync(Node node, ConcurrentQueue<int> waiting, IReadOnlyList<long> people, Action<int> note)
    {
        while (waiting.TryDequeue(out var i))
        {
            for (var api = node.Api; !await TellAsync(api, i, people[i % Clients]); api = node.Api)
            {
                // The node is gone: its successor is awaited.
                await node.AfterAsync(api);
            }

            note(i);
        }
    }

    /// <returns>False when nobody answered.</returns>
    private static async Task<bool> TellAsync(HttpClient api, int i, long client)
    {
        var body = string.Create(CultureInfo.InvariantCulture,
            $$"""{"externalId":"{{Id(i)}}","client":{"number":{{AccountNumber.Offset + client}}},"amount":{{1000 + i}},"currency":"EUR","product":"team","occurredAt":"{{new DateTime(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc).AddSeconds(i):s}}Z"}""");
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await api.PostAsync("/api/v1/purchases", content);
            Assert.True(response.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

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

    /// <summary>The process that serves now.</summary>
    private sealed class Node : IAsyncDisposable
    {
        private readonly string _key;
        private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Node(PortalProcess process, string key)
        {
            _key = key;
            (Process, Api) = (process, Client(process));
        }

        public PortalProcess Process { get; private set; }

        public HttpClient Api { get; private set; }

        /// <summary>Waits until another serves than that which this client asked.</summary>
        public Task AfterAsync(HttpClient api)
        {
            var next = Volatile.Read(ref _next);
            return ReferenceEquals(Api, api) ? next.Task : Task.CompletedTask;
        }

        public void Use(PortalProcess process)
        {
            (Process, Api) = (process, Client(process));
            Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }

        public async ValueTask DisposeAsync()
        {
            Api.Dispose();
            await Process.DisposeAsync();
        }

        private HttpClient Client(PortalProcess process)
        {
            var client = new HttpClient { BaseAddress = process.Address, Timeout = TimeSpan.FromMinutes(2) };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _key);
            return client;
        }
    }
}
