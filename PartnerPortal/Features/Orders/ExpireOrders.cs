using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Orders;

/// <summary>Lets orders lapse that were not paid in time, so that their discount is free again.</summary>
public sealed class ExpireOrders(PortalDb portal, TimeProvider clock)
{
    private const int Batch = 200;

    /// <returns>How many lapsed.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        List<long> clients;
        await using (var db = await portal.ReadAsync(ct))
        {
            clients = await Due(db, clock.GetUtcNow().UtcDateTime).Select(o => o.ClientId).Distinct().OrderBy(id => id).Take(Batch).ToListAsync(ct);
        }

        var expired = 0;
        foreach (var client in clients)
        {
            await using var work = await portal.BeginAsync(ct);
            await work.LockAsync(PortalLock.ClientMoney, client, ct);
            expired += await ExpireDueAsync(work, client, ct);
            await work.CommitAsync(ct);
        }

        return expired;
    }

    /// <summary>Those of one client. The caller holds its money lock.</summary>
    internal static async Task<int> ExpireDueAsync(PortalTransaction work, long clientId, CancellationToken ct)
    {
        var due = await Due(work.Db, work.Now).Where(o => o.ClientId == clientId).ToListAsync(ct);
        foreach (var order in due.Where(o => o.Expire(work.Now) is null))
        {
            work.Audit(Actor.System, AuditActions.OrderExpired, ("order", order.Id), clientId, new { product = order.PlanCode });
            OrderNews.Tell(work, clientId);
        }

        return due.Count;
    }

    private static IQueryable<Order> Due(PortalDbContext db, DateTime now) =>
        db.Orders.Where(o => o.State == OrderState.Open && o.ExpiresAt <= now && (o.CheckoutUntil == null || o.CheckoutUntil <= now));
}
