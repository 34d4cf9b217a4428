using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Features.Purchases.Stripe;

/// <summary>Looks again for the clients of payments that wait: somebody may have registered, or confirmed an e-mail, since.</summary>
public sealed class PlaceWaitingPayments(PortalDb portal, PlaceStripePayment place, TimeProvider clock)
{
    private const int Batch = 100;

    /// <summary>After that only support places them.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(30);

    /// <returns>How many were looked at.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        var since = clock.GetUtcNow().UtcDateTime - Patience;
        List<string> waiting;
        await using (var db = await portal.ReadAsync(ct))
        {
            waiting = await db.StripePayments.Where(p => p.PurchaseId == null && p.OrderId == null && p.ReceivedAt > since).OrderBy(p => p.TriedAt).Select(p => p.ExternalId).Take(Batch).ToListAsync(ct);
        }

        foreach (var externalId in waiting)
        {
            await place.ExecuteAsync(externalId, ct);
        }

        return waiting.Count;
    }
}

/// <summary>Runs <see cref="PlaceWaitingPayments"/> every ten minutes.</summary>
public sealed class StripeWorker(IServiceScopeFactory scopes, Signals signals, TimeProvider clock, ILogger<StripeWorker> logger) : ScopedWorker(scopes, signals, clock, logger)
{
    protected override string? Signal => null;

    protected override TimeSpan Interval => TimeSpan.FromMinutes(10);

    protected override Task WorkAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<PlaceWaitingPayments>().ExecuteAsync(ct);
}
