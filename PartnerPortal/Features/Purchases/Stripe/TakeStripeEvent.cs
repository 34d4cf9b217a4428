using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases.Stripe;

/// <summary>
/// Takes what an event tells. What was told is kept first, in a transaction of its own, and acted on after: whatever comes twice, late, at the same moment or is cut off
/// half way, the next event, or the same again, goes on from what is kept. Done means committed.
/// </summary>
public sealed class TakeStripeEvent(PortalDb portal, PlaceStripePayment place)
{
    public async Task<Result<Done>> ExecuteAsync(StripeFact fact, CancellationToken ct)
    {
        await Once.MoreAsync(() => KeepAsync(fact, ct));
        return await place.ExecuteAsync(await PaymentOfAsync(fact, ct), ct);
    }

    private async Task<Done> KeepAsync(StripeFact fact, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        switch (fact)
        {
            case StripePaid paid when !await work.Db.StripePayments.AnyAsync(p => p.ExternalId == paid.Id, ct):
                work.Db.StripePayments.Add(new StripePayment(paid, work.Now));
                if (paid.Order is not null)
                {
                    work.Signal(StripePayment.OrderPaidSignal);
                }

                break;
            case StripeInvoicePaid told when !await work.Db.StripeInvoices.AnyAsync(i => i.PaymentIntent == told.PaymentIntent, ct):
                work.Db.StripeInvoices.Add(new StripeInvoice(told));
                break;
            case StripeTaken taken:
                await work.LockAsync(PortalLock.PurchaseKey, RequestHash.Number(PurchaseSources.Stripe, taken.Id), ct);
                if (await work.Db.StripeTakeBacks.FirstOrDefaultAsync(t => t.ExternalId == taken.Id, ct) is { } known)
                {
                    known.Tell(taken, work.Now);
                }
                else
                {
                    work.Db.StripeTakeBacks.Add(new StripeTakeBack(taken, work.Now));
                }

                break;
        }

        await work.CommitAsync(ct);
        return Done.Value;
    }

    private async Task<string> PaymentOfAsync(StripeFact fact, CancellationToken ct)
    {
        if (fact is not StripeTaken taken)
        {
            return fact is StripePaid paid ? paid.Id : ((StripeInvoicePaid)fact).Invoice;
        }

        await using var db = await portal.ReadAsync(ct);
        return await db.StripeInvoices.Where(i => i.PaymentIntent == taken.PaymentIntent).Select(i => i.Invoice).FirstOrDefaultAsync(ct) ?? taken.PaymentIntent;
    }
}
