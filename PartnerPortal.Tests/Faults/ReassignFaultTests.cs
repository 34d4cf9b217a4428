using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Journeys.Reassigning;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Journeys.Reassigning;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Faults;

/// <summary>Many clients and their money are moved and put back, while the portal is killed in the midst of both and started again.</summary>
public sealed class ReassignFaultTests
{
    /// <summary><c>PORTAL_FAULT_CLIENTS=10000</c> for as many as one reassignment takes.</summary>
    private static readonly int Clients = int.Parse(Environment.GetEnvironmentVariable("PORTAL_FAULT_CLIENTS") ?? "240", CultureInfo.InvariantCulture);

    [Theory, OnSqlite, OnPostgres]
    public async Task KilledWhileMovingAndPuttingBack_StartedAgain_DoesEachOnce(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new ReassignWorld(portal);
        portal.Clock.Advance(TimeSpan.FromDays(-1));
        var (staff, old, target) = (await world.People.SupportAsync(), (await world.People.IntegratorAsync("Delta Punkt")).AccountId!.Value, (await world.People.IntegratorAsync("Brightwater Systems")).AccountId!.Value);
        await world.Money.AssignAsync(PlanScope.Program, 0, await world.Money.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000)], HoldDays = 0 }));
        var clients = await world.Money.PartnersAsync(Clients);
        foreach (var client in clients)
        {
            await world.Money.AttributeAsync(client, old);
            Assert.True((await world.Money.BuyAsync(world.Money.Purchase(client, string.Create(CultureInfo.InvariantCulture, $"p-{client}")))).Ok);
        }

        await world.Money.ReleaseAsync();
        portal.Clock.Advance(TimeSpan.FromDays(1));
        var before = await world.Money.BalancesAsync([old, target]);
        var id = await world.DraftAsync(staff, clients, target, UnpaidLines.Move);
        Assert.Null((await world.ConfirmAsync(staff, id)).Error);

        await KillInTheMidstAsync(portal, ReassignedState.Moved, ReassignmentState.Done);

        Assert.Equal(Clients, await OpenAsync(target));
        Assert.Equal(Clients * 800L, (await world.Money.BalancesAsync([target]))[(target, "EUR", LedgerAccount.Pending)]);
        Assert.Empty(await world.FindingsAsync());

        Assert.True((await portal.CallAsync<UndoReassignment, Result<Done>>(u => u.ExecuteAsync(id, "It was the wrong partner", staff, default))).Ok);
        await KillInTheMidstAsync(portal, ReassignedState.Restored, ReassignmentState.Undone);
        await world.Money.ReleaseAsync();

        Assert.Equal(Clients, await OpenAsync(old));
        Assert.Equal(before, await world.Money.BalancesAsync([old, target]));
        Assert.Empty(await world.FindingsAsync());
        // Each once there and once back.
        Assert.Equal(2 * Clients, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.AttributionReassigned)));
        // Both partners, once for each way; the clients have no address.
        Assert.Equal(4, await portal.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.Kind == MailKinds.ClientReassigned)));

        Task<int> OpenAsync(long partner) => portal.ReadAsync(db => db.Attributions.CountAsync(a => a.PartnerId == partner && a.EndedAt == null));
    }

    /// <summary>A process does it, is killed once some are done, and the next one ends it.</summary>
    private static async Task KillInTheMidstAsync(TestPortal portal, ReassignedState done, ReassignmentState end)
    {
        await using (var first = await PortalProcess.StartAsync(portal, []))
        {
            await Eventually.IsAsync(async () => await CountAsync() > 0);
            await first.KillAsync();
        }

        Assert.InRange(await CountAsync(), 1, Clients);
        await using var second = await PortalProcess.StartAsync(portal, []);
        await Eventually.IsAsync(() => portal.ReadAsync(db => db.Reassignments.AnyAsync(r => r.State == end)));
        await second.StopAsync();

        Task<int> CountAsync() => portal.ReadAsync(db => db.ReassignedClients.CountAsync(c => c.State == done));
    }
}
