using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Automations;
using PartnerPortal.Features.Webhooks;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Faults;

/// <summary>Automations with every kind of step, while people register, buy and give back by the API and the portal is killed at random moments; on PostgreSQL two nodes at once.</summary>
public sealed class AutomationKillTests
{
    private const int Writers = 4;
    private const int Kills = 4;

    /// <summary><c>PORTAL_FAULT_AUTOMATED=24</c> for as many clients as the run before a release takes.</summary>
    private static readonly int Clients = int.Parse(Environment.GetEnvironmentVariable("PORTAL_FAULT_AUTOMATED") ?? "8", CultureInfo.InvariantCulture);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60 + Clients);

    [Theory, OnSqlite, OnPostgres]
    public async Task KilledAtRandomMoments_StartedAgain_EveryRunEndsAndEveryStepCountsOnce(DatabaseKind kind)
    {
        await using var server = await WebhookTestServer.StartAsync();
        await using var scene = await AutomationKillScene.StartAsync(kind, server, Clients);
        var portal = scene.Portal;
        var random = new Random(4711);
        await using var nodes = await PortalNodes.StartAsync(portal, server.Settings, kind is DatabaseKind.Postgres ? 2 : 1);
        using var over = new CancellationTokenSource();
        var moving = MoveTimeAsync(portal, over.Token);
        var writing = scene.WriteAsync(nodes, Writers);
        var (reached, least) = (0, scene.LeastSteps);
        for (var kill = 1; kill <= Kills; kill++)
        {
            // Anywhere within its part of the work, the last one while nothing but the end is left to do.
            var mark = least * (kill - 1) / Kills + random.Next(least / Kills);
            await IsAsync(async () => (reached = await StepsAsync(portal)) >= mark, writing);
            await nodes.KillAsync(random.Next(nodes.Count), async () =>
            {
                // What it held becomes free with time; the time is moved instead of waited for. What another node holds may be sent twice by it.
                var now = DateTime.UtcNow.AddSeconds(-1);
                await portal.ReadAsync(db => db.OutboxMessages.Where(m => m.HeldUntil != null).ExecuteUpdateAsync(m => m.SetProperty(x => x.HeldUntil, now)));
                await portal.ReadAsync(db => db.WebhookDeliveries.Where(d => d.HeldUntil != null).ExecuteUpdateAsync(d => d.SetProperty(x => x.HeldUntil, now)));
            });
        }

        await writing;
        await IsAsync(() => scene.IsAllDoneAsync(), moving);
        await over.CancelAsync();
        await moving;
        await nodes.StopAsync();

        Assert.InRange(reached, 1, await StepsAsync(portal));
        await AutomationKillChecks.CheckAsync(scene, server);
    }

    private static Task<int> StepsAsync(TestPortal portal) => portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.AutomationStep));

    /// <summary>Steps wait for a day; here for as long as it takes to look.</summary>
    private static async Task MoveTimeAsync(TestPortal portal, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!ct.IsCancellationRequested)
        {
            var now = DateTime.UtcNow;
            await portal.ReadAsync(db => db.AutomationRuns.Where(r => r.State == RunState.Waiting && r.DueAt > now).ExecuteUpdateAsync(r => r.SetProperty(x => x.DueAt, now)));
            await portal.ReadAsync(db => db.WebhookDeliveries.Where(d => d.State == DeliveryState.Waiting && d.NextAttemptAt > now).ExecuteUpdateAsync(d => d.SetProperty(x => x.NextAttemptAt, now)));
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>Waits as long as the size needs; another task that fails ends it.</summary>
    private static async Task IsAsync(Func<Task<bool>> condition, Task beside)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            if (beside.IsFaulted)
            {
                await beside;
            }

            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }
}
