using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Features.Purchases.Stripe;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Orders;

/// <summary>Records the purchases of orders that were marked paid by a process that ended before it could.</summary>
public sealed class RecordPaidOrders(PortalDb portal, RecordPurchase record)
{
    private const int Batch = 100;

    /// <returns>How many were recorded.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        List<long> ids;
        await using (var db = await portal.ReadAsync(ct))
        {
            ids = await db.Orders.Where(o => o.State == OrderState.Paid && o.PurchaseId == null).OrderBy(o => o.PaidAt).Select(o => o.Id).Take(Batch).ToListAsync(ct);
        }

        foreach (var id in ids)
        {
            await PayOrder.RecordAsync(portal, record, id, Actor.System with { MayPostMoney = true }, ct);
        }

        return ids.Count;
    }
}

/// <summary>Lets orders lapse and finishes paid ones, every minute; what was paid by card, at once.</summary>
public sealed class OrderWorker(IServiceScopeFactory scopes, Signals signals, TimeProvider clock, ILogger<OrderWorker> logger)
    : ScopedWorker(scopes, signals, clock, logger)
{
    protected override string? Signal => StripePayment.OrderPaidSignal;

    protected override TimeSpan Interval => TimeSpan.FromMinutes(1);

    protected override async Task WorkAsync(IServiceProvider services, CancellationToken ct)
    {
        await services.GetRequiredService<TakeCardPayments>().ExecuteAsync(ct);
        await services.GetRequiredService<RecordPaidOrders>().ExecuteAsync(ct);
        await services.GetRequiredService<ExpireOrders>().ExecuteAsync(ct);
    }
}
