using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Ledger;

namespace PartnerPortal.Features.Purchases;

/// <summary>A first-level line that goes from one partner to another.</summary>
internal sealed record LineToMove(long PurchaseId, long ClientId, long FromPartnerId, long ToPartnerId);

/// <summary>Records what staff moved and brings the books to it.</summary>
internal static class CommissionMoves
{
    /// <param name="work">Has the changed attributions; holds the money locks of all these clients, and the payout locks of those from whom it goes.</param>
    /// <param name="lines">What goes.</param>
    /// <param name="reassignmentId">With which it goes.</param>
    /// <param name="heldUntil">UTC; not paid out before. Null for what goes back.</param>
    /// <param name="since">Clients whose purchases from a time on (UTC) changed their partner besides.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task RecordAsync(
        PortalTransaction work, IReadOnlyList<LineToMove> lines, long reassignmentId, DateTime? heldUntil, IReadOnlyDictionary<long, DateTime> since, CancellationToken ct)
    {
        await work.SaveAsync(ct);
        await work.InsertAsync([.. lines.Select(l => new CommissionMove(l.PurchaseId, l.ClientId, l.FromPartnerId, l.ToPartnerId, reassignmentId, heldUntil, work.Now))], ct);
        var from = new Dictionary<long, DateTime>(since);
        var clients = lines.Select(l => l.ClientId).Distinct().ToList();
        var earliest = await (
            from m in work.Db.CommissionMoves
            join p in work.Db.Purchases on m.PurchaseId equals p.Id
            where m.ReassignmentId == reassignmentId && clients.Contains(m.ClientId)
            group p by p.ClientId into g
            select new { g.Key, At = g.Min(p => p.OccurredAt) }).ToListAsync(ct);
        foreach (var client in earliest)
        {
            from[client.Key] = from.TryGetValue(client.Key, out var other) && other < client.At ? other : client.At;
        }

        if (from.Count > 0)
        {
            await Settlement.SettleAsync(work, from, LedgerKind.Moved, ct);
        }
    }

    /// <summary>What went with a reassignment of some clients, as lines that go back.</summary>
    public static Task<List<LineToMove>> BackAsync(PortalDbContext db, long reassignmentId, IReadOnlyCollection<long> clients, CancellationToken ct) =>
        db.CommissionMoves.Where(m => m.ReassignmentId == reassignmentId && clients.Contains(m.ClientId)).OrderBy(m => m.Id)
            .Select(m => new LineToMove(m.PurchaseId, m.ClientId, m.ToPartnerId, m.FromPartnerId)).ToListAsync(ct);

    /// <summary>Clients of whose purchases since a time (UTC) an account has a line, at any level.</summary>
    public static async Task<IReadOnlyDictionary<long, DateTime>> EarnedFromAsync(PortalDbContext db, long partnerId, DateTime since, CancellationToken ct) => await (
        from l in db.CommissionLines
        join p in db.Purchases on l.PurchaseId equals p.Id
        where l.PartnerId == partnerId && p.OccurredAt >= since
        group p by p.ClientId into g
        select new { g.Key, At = g.Min(p => p.OccurredAt) }).ToDictionaryAsync(g => g.Key, g => g.At, ct);
}
