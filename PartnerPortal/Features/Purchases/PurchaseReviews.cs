using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Ledger;

namespace PartnerPortal.Features.Purchases;

/// <summary>What a review means for the money of purchases: it is held while it goes on, and taken back when support voids it.</summary>
internal static class PurchaseReviews
{
    /// <summary>Purchases that are not under review.</summary>
    public static IQueryable<Purchase> NotIn(PortalDbContext db, IQueryable<Purchase> purchases) => purchases.Where(p => !In(db).Any(c => c.ClientId == p.ClientId && c.PartnerId == p.PartnerId));

    /// <summary>Clients with the partners whose purchases of them are under review.</summary>
    public static IQueryable<FlaggedClient> In(PortalDbContext db) => db.FlaggedClients.Where(c => c.State == FlaggedState.UnderReview);

    /// <summary>What was available waits again until the review is over. The caller holds the clients' money locks and the payout locks of the lines' partners.</summary>
    /// <param name="lines">Available, nothing of them paid or on its way.</param>
    public static void Hold(PortalTransaction work, IReadOnlyCollection<CommissionLine> lines)
    {
        foreach (var purchase in lines.GroupBy(l => l.PurchaseId))
        {
            LedgerBook.Post(work, LedgerKind.Held, new LedgerSubject(purchase.Key),
                [.. purchase.Select(l => new Posting(LedgerPlace.Available(l.PartnerId), LedgerPlace.Pending(l.PartnerId), l.Currency, l.Net))]);
            foreach (var line in purchase)
            {
                line.HoldAgain();
            }
        }
    }

    /// <summary>Takes what purchases of some clients gave back, whoever got it, by opposite transactions.</summary>
    /// <param name="work">Holds the money locks of the clients.</param>
    /// <param name="flag">By which it was decided.</param>
    /// <param name="clients">Whose purchases, as far as they were the flag's partner's.</param>
    /// <param name="ct">Cancels.</param>
    public static Task VoidAsync(PortalTransaction work, ReviewFlag flag, IReadOnlyCollection<long> clients, CancellationToken ct)
    {
        var partner = flag.PartnerId;
        return VoidAsync(work, flag.Id, work.Db.Purchases.Where(p => clients.Contains(p.ClientId) && p.PartnerId == partner && !work.Db.VoidedPurchases.Any(v => v.PurchaseId == p.Id)), ct);
    }

    /// <summary>The same of purchases that were not voided yet.</summary>
    public static async Task VoidAsync(PortalTransaction work, long flagId, IQueryable<Purchase> found, CancellationToken ct)
    {
        var purchases = await found.OrderBy(p => p.Id).Select(p => new { p.Id, p.ClientId, p.OccurredAt }).ToListAsync(ct);
        await work.SaveAsync(ct);
        await work.InsertAsync(purchases.ConvertAll(p => new VoidedPurchase(p.Id, flagId, work.Now)), ct);
        if (purchases.Count > 0)
        {
            await Settlement.SettleAsync(work, purchases.GroupBy(p => p.ClientId).ToDictionary(g => g.Key, g => g.Min(p => p.OccurredAt)), LedgerKind.Voided, ct);
        }
    }

    /// <summary>The shares of a voided purchase: nobody gets anything, and the reason says so where there was something.</summary>
    public static IReadOnlyList<Share> Voided(IReadOnlyList<Share> shares) =>
        [.. shares.Select(s => s.Amount == 0 ? s : s with { Amount = 0, Reason = ShareReason.Voided, Cap = null })];
}
