using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Features.Purchases.Stripe;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Orders;

/// <summary>
/// Marks the orders paid whose payments Stripe told of. The payment is kept before Stripe is answered; this goes on from there, also after a crash at any point: an order is paid once,
/// and knows by which payment.
/// </summary>
public sealed class TakeCardPayments(PortalDb portal, PayOrder pay, PlaceStripePayment place)
{
    private const int Batch = 100;

    private static readonly Actor Machine = Actor.System with { MayPostMoney = true };

    /// <returns>How many payments became their orders' purchases.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        List<(string Payment, long OrderId)> waiting;
        await using (var db = await portal.ReadAsync(ct))
        {
            waiting = [.. (await db.StripePayments.Where(p => p.PurchaseId == null && p.OrderId != null).OrderBy(p => p.TriedAt).Select(p => new { p.ExternalId, p.OrderId }).Take(Batch).ToListAsync(ct))
                .Select(p => (p.ExternalId, p.OrderId!.Value))];
        }

        var placed = 0;
        foreach (var (payment, orderId) in waiting)
        {
            var paid = await Once.MoreAsync(() => pay.ExecuteAsync(new Payment(orderId, PaymentWay.Card, payment), Machine, ct));
            var isBy = paid.Ok && await IsPaidByAsync(orderId, payment, ct);
            await Once.MoreAsync(async () =>
            {
                await place.OfOrderAsync(payment, isBy ? paid.Value.PurchaseId : null, ct);
                return Done.Value;
            });
            placed += isBy ? 1 : 0;
        }

        return placed;
    }

    /// <summary>Paid twice, the order keeps the first; what came besides is the client's, and waits for support.</summary>
    private async Task<bool> IsPaidByAsync(long orderId, string payment, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return await db.Orders.AnyAsync(o => o.Id == orderId && o.PaidBy == PaymentWay.Card && o.PaymentReference == payment, ct);
    }
}
