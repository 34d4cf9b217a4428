using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Purchases;

/// <summary>What a client bought while it was a partner's, and what the partner got by it, in one currency.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Purchases">How many.</param>
/// <param name="Bought">After discount, without tax, less what was refunded; minor units.</param>
/// <param name="Earned">Less what refunds took back; minor units, held or not.</param>
/// <param name="LastAt">UTC; of the latest purchase.</param>
/// <param name="PaidUntil">UTC; of what was not wholly refunded. Null for what is bought once.</param>
/// <param name="LineId">Of the partner's latest line, by which its wallet shows those of the client alone.</param>
public sealed record ClientMoney(string Currency, int Purchases, long Bought, long Earned, DateTime LastAt, DateTime? PaidUntil, long LineId);

/// <summary>A client's money as its partner sees it: no more than stands in the partner's own wallet.</summary>
public sealed class ClientMoneyQueries(PortalDb portal)
{
    /// <param name="clientId">The client's account.</param>
    /// <param name="actor">Sees what its own account got; nothing when it may not see money.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>By currency; only purchases of which the actor's account is the first level.</returns>
    public async Task<IReadOnlyList<ClientMoney>> OfClientAsync(long clientId, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } own, MaySeeMoney: true })
        {
            return [];
        }

        await using var db = await portal.ReadAsync(ct);
        return await Sums(db, own, clientId).ToListAsync(ct);
    }

    /// <summary>What a partner's members see of a client's money, by currency; who asks has the right to know it.</summary>
    internal static IQueryable<ClientMoney> Sums(PortalDbContext db, long partnerId, long clientId) =>
        from l in db.CommissionLines
        join p in db.Purchases on l.PurchaseId equals p.Id
        where l.PartnerId == partnerId && l.ClientId == clientId && p.PartnerId == partnerId
        group new { l, p } by l.Currency into g
        orderby g.Key
        select new ClientMoney(
            g.Key, g.Count(), g.Sum(x => x.p.Amount - x.p.Discount - x.p.Refunded), g.Sum(x => x.l.Granted - x.l.Reversed), g.Max(x => x.p.OccurredAt),
            g.Max(x => x.p.Refunded == 0 || x.p.Refunded < x.p.Amount - x.p.Discount ? x.p.PaidUntil : null), g.Max(x => x.l.Id));
}
