using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Orders;

/// <summary>What somebody who looks at the plans is spared on a first purchase.</summary>
/// <param name="Partner">By whose terms.</param>
public sealed record PlanOffer(string Partner, PlanRules Rules)
{
    /// <summary>Null when it does not hold for this plan.</summary>
    public ClientDiscount? On(string plan) => Rules.DiscountOn(plan);
}

/// <summary>The discount to show before anything is ordered. The order decides anew.</summary>
public sealed class PlanOfferQueries(PortalDb portal, TimeProvider clock)
{
    /// <summary>By the partner of the actor's account, or of the client it orders for; null when there is none, or nothing to be spared any more.</summary>
    public async Task<PlanOffer?> OfClientAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return (actor.AccountId ?? actor.OrdersFor) is { } client ? await NamedAsync(db, await FirstPurchase.OfClientAsync(db, client, clock.GetUtcNow().UtcDateTime, ct), ct) : null;
    }

    /// <summary>The same of any account, for the program's machines that may ask; null for anybody else.</summary>
    public async Task<PlanOffer?> OfAccountAsync(long clientId, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return actor.ProgramScope is ProgramScopes.LookupRead ? await NamedAsync(db, await FirstPurchase.OfClientAsync(db, clientId, clock.GetUtcNow().UtcDateTime, ct), ct) : null;
    }

    /// <summary>For a visitor whom a partner's link brought.</summary>
    public async Task<PlanOffer?> OfPartnerAsync(long partnerId, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return await NamedAsync(db, await FirstPurchase.OfPartnerAsync(db, partnerId, clock.GetUtcNow().UtcDateTime, ct), ct);
    }

    private static async Task<PlanOffer?> NamedAsync(PortalDbContext db, Spared? spared, CancellationToken ct) =>
        spared is null ? null : new PlanOffer(await db.Accounts.Where(a => a.Id == spared.PartnerId).Select(a => a.Name).SingleAsync(ct), spared.Rules);
}
