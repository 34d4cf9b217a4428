using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Flags;

/// <summary>A line that is available though its purchase is under review.</summary>
/// <param name="PartnerId">Whose it is, at any level.</param>
internal sealed record LineToHold(long LineId, long ClientId, long PartnerId);

/// <summary>What flagged purchases gave, as far as it is not paid.</summary>
internal static class FlaggedMoney
{
    /// <summary>What is on its way to the bank or partly paid stays where it is.</summary>
    private static readonly string Available = $"""
        SELECT DISTINCT l."Id" AS "LineId", l."ClientId", l."PartnerId"
        FROM "FlaggedClients" c JOIN "Purchases" p ON p."ClientId" = c."ClientId" AND p."PartnerId" = c."PartnerId" JOIN "CommissionLines" l ON l."PurchaseId" = p."Id"
        WHERE c."State" = 'UnderReview' AND l."ReleasedAt" IS NOT NULL AND l."Granted" > l."Reversed" AND {LineFates.Sql("l", "0")} = 'Moves'
        """;

    /// <summary>Whether there is something to hold.</summary>
    public static Task<bool> IsThereAsync(PortalDbContext db, long partnerId, IReadOnlyCollection<long> clients, CancellationToken ct) => (
        from p in db.Purchases
        join l in db.CommissionLines on p.Id equals l.PurchaseId
        where clients.Contains(p.ClientId) && p.PartnerId == partnerId && l.PartnerId == partnerId && l.Granted > l.Reversed && l.Paid == 0
        select l).AnyAsync(ct);

    /// <summary>Puts what became available before a flag was raised, or came back of a payout since, on hold again.</summary>
    public static async Task HoldAsync(PortalDb portal, CancellationToken ct)
    {
        List<LineToHold> due;
        await using (var db = await portal.ReadAsync(ct))
        {
            due = await db.Database.SqlQueryRaw<LineToHold>(Available).ToListAsync(ct);
        }

        foreach (var client in due.GroupBy(d => d.ClientId).OrderBy(g => g.Key))
        {
            await using var work = await portal.BeginAsync(ct);
            await work.LockAsync(
                client.Select(d => (PortalLock.Payouts, d.PartnerId)).Append((PortalLock.Client, client.Key)).Append((PortalLock.ClientMoney, client.Key)), ct);
            var still = await work.Db.Database.SqlQueryRaw<LineToHold>(Available).Where(d => d.ClientId == client.Key).Select(d => d.LineId).ToListAsync(ct);
            // Of partners whose payouts are not locked nothing is touched; the next look finds it.
            var partners = client.Select(d => d.PartnerId).ToList();
            var lines = await work.Db.CommissionLines.Where(l => still.Contains(l.Id) && partners.Contains(l.PartnerId)).ToListAsync(ct);
            if (lines.Count > 0)
            {
                PurchaseReviews.Hold(work, lines);
                work.Audit(Actor.System, AuditActions.FlagHeld, ("account", client.Key), client.Key, new { lines = lines.Count });
                await work.CommitAsync(ct);
            }
        }
    }
}
