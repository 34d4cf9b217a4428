using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Commissions;

namespace PartnerPortal.Features.Orders;

/// <summary>Terms of a partner that spare a client something on its first purchase, of any product or of some.</summary>
internal sealed record Spared(long PartnerId, PlanRules Rules);

/// <summary>Says whether the discount is still to be had, and by whose terms.</summary>
internal static class FirstPurchase
{
    /// <summary>Nothing was bought, and no order holds the discount. Orders that are due to lapse hold it until they do.</summary>
    /// <param name="db">Within the client's money lock, where something is decided by it.</param>
    /// <param name="clientId">Who would buy.</param>
    /// <param name="except">An order that does not count; 0 for none.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<bool> IsFreeAsync(PortalDbContext db, long clientId, long except, CancellationToken ct) =>
        !await db.Purchases.AnyAsync(p => p.ClientId == clientId, ct) && !await db.Orders.AnyAsync(o => o.ClientId == clientId && o.HoldsDiscount && o.Id != except, ct);

    /// <summary>Null when the client is nobody's, the discount was used or is held by an order, or the terms give none.</summary>
    public static async Task<Spared?> OfClientAsync(PortalDbContext db, long clientId, DateTime now, CancellationToken ct)
    {
        if (!await IsFreeAsync(db, clientId, 0, ct) || await AttributionBook.OpenOfAsync(db, clientId, ct) is not { } attribution)
        {
            return null;
        }

        return await OfPartnerAsync(db, attribution.PartnerId, now, ct);
    }

    /// <summary>By the plan version in force for the partner now; null when that gives no discount.</summary>
    public static async Task<Spared?> OfPartnerAsync(PortalDbContext db, long partnerId, DateTime now, CancellationToken ct)
    {
        var facts = await PartnerFacts.LoadAsync(db, [partnerId], ct);
        return facts.PlanAt(partnerId, now)?.Rules is { Discount: not null } rules ? new Spared(partnerId, rules) : null;
    }
}
