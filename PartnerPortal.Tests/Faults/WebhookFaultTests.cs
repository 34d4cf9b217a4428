using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Webhooks;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Faults;

/// <summary>Webhooks to a receiver that fails, hangs and answers 500 at random, while the portal is killed twice.</summary>
public sealed class WebhookFaultTests
{
    private const int Clients = 25;

    /// <summary><c>PORTAL_FAULT_WEBHOOKS=1000</c> for as many as the run before a release takes.</summary>
    private static readonly int Events = int.Parse(Environment.GetEnvironmentVariable("PORTAL_FAULT_WEBHOOKS") ?? "200", CultureInfo.InvariantCulture);

    [Theory, OnSqlite, OnPostgres]
    public async Task KilledTwiceWhileDelivering_ReceiverFailsAtRandom_EveryEventArrivesInOrderAndSigned(DatabaseKind kind)
    {
        await using var server = await WebhookTestServer.StartAsync();
        await using var portal = await TestPortal.StartAsync(kind);
        // The process has the real clock.
        portal.Clock.Advance(DateTime.UtcNow - portal.Clock.Now);
        await portal.CallAsync<QueueDeliveries, int>(q => q.ExecuteAsync(default));
        var money = new MoneyWorld(portal);
        var people = await money.PartnersAsync(Clients);
        var owner = await new World(portal).OwnerAsync();
        var settings = server.Settings;
        settings["Webhooks:TimeoutSeconds"] = "1";
        await portal.CallAsync<QueueDeliveries, int>(q => q.ExecuteAsync(default));
        // Allowed in the process alone; here it is told as if it were.
        var made = await AddAsync(portal, server, owner);
        var accepted = new ConcurrentDictionary<string, bool>();
        var random = new Random(4711);
        server.Answer = async (told, ct) =>
        {
            int dice;
            lock (random)
            {
                dice = random.Next(100);
            }

            if (dice < 4)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, ct);
            }

            if (dice < 30)
            {
                return new SaidBack(dice < 20 ? 500 : 429, "not now");
            }

            accepted[told.Id] = true;
            return new SaidBack(200);
        };

        await using var node = new Node(await PortalProcess.StartAsync(portal, settings));
        using var over = new CancellationTokenSource();
        var moving = MoveTimeAsync(portal, over.Token);
        var buying = Task.Run(async () =>
        {
            for (var i = 0; i < Events; i++)
            {
                portal.Clock.Advance(TimeSpan.FromMilliseconds(1));
                Assert.True((await money.BuyAsync(money.Purchase(people[i % Clients], Id(i)))).Ok);
            }
        });
        foreach (var mark in new[] { Events / 3, Events * 2 / 3 })
        {
            await PatientlyAsync(() => Task.FromResult(accepted.Count >= mark), buying);
            await node.Process.KillAsync();
            // What it held becomes free with time; the time is moved instead of waited for.
            await portal.ReadAsync(db => db.WebhookDeliveries.Where(d => d.HeldUntil != null).ExecuteUpdateAsync(d => d.SetProperty(x => x.HeldUntil, DateTime.UtcNow.AddSeconds(-1))));
            node.Process = await PortalProcess.StartAsync(portal, settings);
        }

        await buying;
        await PatientlyAsync(async () => await portal.ReadAsync(db => db.WebhookDeliveries.CountAsync(d => d.State == DeliveryState.Delivered)) == Events);
        await over.CancelAsync();
        await moving;

        var told = server.Received.ToList();
        Assert.Equal(Enumerable.Range(0, Events).Select(Id).Order(), told.Where(t => accepted.ContainsKey(t.Id)).Select(Purchase).Distinct().Order());
        Assert.Equal(Events, told.Select(t => t.Id).Distinct().Count());
        Assert.True(told.Count > Events, "Nothing was sent twice: the receiver did not fail.");
        foreach (var client in told.GroupBy(t => t.Data.GetProperty("client").GetProperty("number").GetInt64()))
        {
            // The same may come again; none comes after a later one.
            Assert.Equal(client.Select(Purchase).Order(), client.Select(Purchase));
        }

        Assert.All(told, t => Assert.Equal(WebhookSecret.Sign(made.Secret, t.Id, long.Parse(t.Timestamp, CultureInfo.InvariantCulture), t.Body), t.Signature));
        if (NpmFactAttribute.Missing is null)
        {
            Assert.All(await WebhookLibrary.VerifyAsync(told.Select(t => (t, made.Secret)), null), v => Assert.Equal("ok", v));
        }
    }

    /// <summary>Retries wait for seconds, minutes and more; here for as long as it takes to look.</summary>
    private static async Task MoveTimeAsync(TestPortal portal, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (await NextAsync())
        {
            var now = DateTime.UtcNow;
            await portal.ReadAsync(db => db.WebhookDeliveries.Where(d => d.State == DeliveryState.Waiting && d.NextAttemptAt > now).ExecuteUpdateAsync(d => d.SetProperty(x => x.NextAttemptAt, now)));
        }

        async Task<bool> NextAsync()
        {
            try
            {
                return await timer.WaitForNextTickAsync(ct);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    /// <summary>Waits as long as a run of a thousand takes; another task that fails ends it.</summary>
    private static async Task PatientlyAsync(Func<Task<bool>> condition, Task? beside = null)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60 + (Events / 3)));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await condition())
        {
            if (beside is { IsFaulted: true })
            {
                await beside;
            }

            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    private static async Task<MadeEndpoint> AddAsync(TestPortal portal, WebhookTestServer server, PartnerPortal.Identity.Actor owner)
    {
        var made = (await portal.CallAsync<AddWebhook, Result<MadeEndpoint>>(a => a.ExecuteAsync(new EndpointForm("https://receiver.example/hook", "", ["purchase.recorded"]), true, owner, default))).Value;
        var url = new Uri(server.Address, "/hook").AbsoluteUri;
        await portal.ReadAsync(db => db.WebhookEndpoints.ExecuteUpdateAsync(e => e.SetProperty(x => x.Url, url)));
        return made;
    }

    private static string Purchase(ToldWebhook told) => told.Data.GetProperty("purchase").GetProperty("externalId").GetString()!;

    private static string Id(int i) => string.Create(CultureInfo.InvariantCulture, $"p-{i:D5}");

    /// <summary>The process that serves now.</summary>
    private sealed class Node(PortalProcess process) : IAsyncDisposable
    {
        public PortalProcess Process { get; set; } = process;

        public ValueTask DisposeAsync() => Process.DisposeAsync();
    }
}
