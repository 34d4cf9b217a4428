using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Purchases;

/// <summary>Makes earnings available whose holding period is over and that are not under review. Before, each is settled once more, so that nothing becomes available that facts do not bear.</summary>
public sealed class ReleaseCommissions(PortalDb portal, TimeProvider clock)
{
    private const int Batch = 200;

    /// <returns>How many lines became available.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        var released = 0;
        while (true)
        {
            List<long> clients;
            await using (var db = await portal.ReadAsync(ct))
            {
                clients = await Due(db, clock.GetUtcNow().UtcDateTime).Select(d => d.Purchase.ClientId).Distinct().OrderBy(id => id).Take(Batch).ToListAsync(ct);
            }

            if (clients.Count == 0)
            {
                return released;
            }

            foreach (var client in clients)
            {
                released += await ReleaseAsync(client, ct);
            }
        }
    }

    private async Task<int> ReleaseAsync(long clientId, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Client, clientId, ct);
        await work.LockAsync(PortalLock.ClientMoney, clientId, ct);
        var due = Due(work.Db, work.Now).Where(d => d.Purchase.ClientId == clientId);
        if (await due.MinAsync(d => (DateTime?)d.Purchase.OccurredAt, ct) is not { } from)
        {
            return 0;
        }

        work.Audit(Actor.System, AuditActions.CommissionsReleased, ("account", clientId), clientId);
        await Settlement.SettleAsync(work, clientId, from, ct);
        await work.SaveAsync(ct);
        var released = await ReleaseDueAsync(work, clientId, ct);
        await work.CommitAsync(ct);
        return released;
    }

    /// <summary>Moves what is due of a client's purchases. The caller settled and saved them, and holds the client's money lock.</summary>
    /// <returns>How many lines became available.</returns>
    internal static async Task<int> ReleaseDueAsync(PortalTransaction work, long clientId, CancellationToken ct)
    {
        var lines = await Due(work.Db, work.Now).Where(d => d.Purchase.ClientId == clientId).Select(d => d.Line).ToListAsync(ct);
        foreach (var purchase in lines.GroupBy(l => l.PurchaseId))
        {
            LedgerBook.Post(work, LedgerKind.Release, new LedgerSubject(purchase.Key),
                [.. purchase.Where(l => l.Net > 0).Select(l => new Posting(LedgerPlace.Pending(l.PartnerId), LedgerPlace.Available(l.PartnerId), l.Currency, l.Net))]);
            foreach (var line in purchase)
            {
                line.Release(work.Now);
            }
        }

        return lines.Count;
    }

    private static IQueryable<DueLine> Due(PortalDbContext db, DateTime now) =>
        from l in db.CommissionLines
        join p in PurchaseReviews.NotIn(db, db.Purchases) on l.PurchaseId equals p.Id
        where l.ReleasedAt == null && l.Granted > 0 && l.HeldUntil <= now
        select new DueLine { Line = l, Purchase = p };

    private sealed class DueLine
    {
        public required CommissionLine Line { get; init; }

        public required Purchase Purchase { get; init; }
    }
}

/// <summary>Runs <see cref="ReleaseCommissions"/> every minute.</summary>
public sealed class ReleaseWorker(IServiceScopeFactory scopes, Signals signals, TimeProvider clock, ILogger<ReleaseWorker> logger)
    : ScopedWorker(scopes, signals, clock, logger)
{
    protected override string? Signal => null;

    protected override TimeSpan Interval => TimeSpan.FromMinutes(1);

    protected override Task WorkAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<ReleaseCommissions>().ExecuteAsync(ct);
}
