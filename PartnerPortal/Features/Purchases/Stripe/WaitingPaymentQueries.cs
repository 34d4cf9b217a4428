using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Purchases.Stripe;

/// <summary>A payment that is no purchase yet.</summary>
/// <param name="Paid">With tax; minor units.</param>
/// <param name="Problem">Why; null while nobody has looked.</param>
public sealed record WaitingPayment(long Id, string ExternalId, string? Email, string? Customer, long Paid, string Currency, DateTime OccurredAt, PurchaseProblem? Problem);

/// <summary>Payments whose client was not found, for staff.</summary>
public sealed class WaitingPaymentQueries(PortalDb portal)
{
    public const int Shown = 100;

    /// <returns>The newest, at most <see cref="Shown"/>.</returns>
    public async Task<IReadOnlyList<WaitingPayment>> ListAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return [];
        }

        await using var db = await portal.ReadAsync(ct);
        return await db.StripePayments.Where(p => p.PurchaseId == null).OrderByDescending(p => p.Id).Take(Shown)
            .Select(p => new WaitingPayment(p.Id, p.ExternalId, p.Email, p.Customer, p.Amount - p.Discount + p.Tax, p.Currency, p.OccurredAt, p.Problem)).ToListAsync(ct);
    }
}
