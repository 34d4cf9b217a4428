using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases.Stripe;

/// <summary>
/// Makes a kept payment a purchase, once its client is found, and takes back of it what Stripe told was refunded or lost. The client is the one that metadata names, else the one
/// whose customer of Stripe it is, else the one with that confirmed e-mail. Where none is found the payment waits: support can name the client, and it is looked for again.
/// </summary>
public sealed class PlaceStripePayment(PortalDb portal, RecordPurchase record, RefundPurchase refund)
{
    /// <summary>Two events may tell of refunds at the same moment; each goes on from what the other left.</summary>
    private const int Attempts = 20;

    private static readonly Actor Stripe = new(null, "Stripe", null, "", null) { MayPostMoney = true };

    /// <param name="externalId">Of the payment; nothing is done while it has not been told of.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<Done>> ExecuteAsync(string externalId, CancellationToken ct)
    {
        await using (var db = await portal.ReadAsync(ct))
        {
            if (await db.StripePayments.FirstOrDefaultAsync(p => p.ExternalId == externalId, ct) is not { } payment)
            {
                return Done.Value;
            }

            // What pays an order becomes a purchase by it.
            if (payment.PurchaseId is null && (payment.OrderId is not null || !await PlaceAsync(db, payment, ct)))
            {
                return Done.Value;
            }
        }

        await TakeBackAsync(externalId, ct);
        return Done.Value;
    }

    /// <summary>The payment brought this purchase, which its order recorded.</summary>
    /// <param name="externalId">Of the payment.</param>
    /// <param name="purchaseId">Null when its order is there no more, or was paid otherwise: then it waits for support.</param>
    /// <param name="ct">Cancels.</param>
    public async Task OfOrderAsync(string externalId, long? purchaseId, CancellationToken ct)
    {
        await using (var work = await portal.BeginAsync(ct))
        {
            var payment = await work.Db.StripePayments.SingleAsync(p => p.ExternalId == externalId, ct);
            if (purchaseId is { } id)
            {
                payment.Place(id);
            }
            else
            {
                payment.Wait(payment.Problem, work.Now);
            }

            await work.CommitAsync(ct);
        }

        await TakeBackAsync(externalId, ct);
    }

    private async Task TakeBackAsync(string externalId, CancellationToken ct)
    {
        for (var left = Attempts; await DueAsync(externalId, ct) is { } due; left--)
        {
            var taken = await refund.ExecuteAsync(due, Stripe, ct);
            if (!taken.Ok && (taken.Error is not (PurchaseKeyUsed or RefundTooLarge) || left == 0))
            {
                throw new InvalidOperationException($"What Stripe took back of {externalId} was refused: {taken.Error}");
            }
        }
    }

    /// <returns>False when it waits.</returns>
    private async Task<bool> PlaceAsync(PortalDbContext db, StripePayment payment, CancellationToken ct)
    {
        var problem = PurchaseProblem.ClientMissing;
        foreach (var (client, isSaid) in await ClientsAsync(db, payment, ct))
        {
            var result = await record.ExecuteAsync(
                new PurchaseRequest(PurchaseSources.Stripe, payment.ExternalId, client, payment.Amount, payment.Discount, payment.Tax, payment.Currency, payment.Product, payment.OccurredAt,
                    PaidUntil: payment.PaidUntil), Stripe, ct);
            switch (result.Error)
            {
                // Used: it was recorded a moment ago, for the client that was found then.
                case null or PurchaseKeyUsed:
                    await Once.MoreAsync(() => MarkAsync(payment, isSaid, ct));
                    return true;
                case PurchaseRefused refused:
                    problem = refused.Kind;
                    break;
                default:
                    throw new InvalidOperationException($"The payment {payment.ExternalId} was refused: {result.Error}");
            }
        }

        await using var work = await portal.BeginAsync(ct);
        (await work.Db.StripePayments.SingleAsync(p => p.Id == payment.Id, ct)).Wait(problem, work.Now);
        await work.CommitAsync(ct);
        return false;
    }

    /// <summary>In the order in which they count; and whether metadata says it.</summary>
    private static async Task<List<(ClientReference Client, bool IsSaid)>> ClientsAsync(PortalDbContext db, StripePayment payment, CancellationToken ct)
    {
        var clients = new List<(ClientReference, bool)>();
        if (payment.Account is { } number)
        {
            clients.Add((new ClientReference(number, null, null), true));
        }

        if (payment.ExternalAccount is { } external)
        {
            clients.Add((new ClientReference(null, external, null), true));
        }

        if (payment.Customer is { } customer)
        {
            var known = await db.StripeCustomers.Where(c => c.Customer == customer).Select(c => (long?)c.AccountId).FirstOrDefaultAsync(ct);
            clients.Add((known is { } id ? new ClientReference(AccountNumber.Offset + id, null, null) : new ClientReference(null, customer, null), false));
        }

        if (payment.Email is { } email)
        {
            clients.Add((new ClientReference(null, null, email), false));
        }

        return clients;
    }

    private async Task<Done> MarkAsync(StripePayment payment, bool isSaid, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        var purchase = await work.Db.Purchases.SingleAsync(p => p.Source == PurchaseSources.Stripe && p.ExternalId == payment.ExternalId, ct);
        (await work.Db.StripePayments.SingleAsync(p => p.Id == payment.Id, ct)).Place(purchase.Id);
        if (isSaid && payment.Customer is { } customer && !await work.Db.StripeCustomers.AnyAsync(c => c.Customer == customer, ct))
        {
            work.Db.StripeCustomers.Add(new StripeCustomer(customer, purchase.ClientId));
        }

        await work.CommitAsync(ct);
        return Done.Value;
    }

    /// <summary>
    /// The refund that is still to be recorded. Stripe tells sums, with tax: what comes back is reckoned from the sum of all it told, less what was recorded of it, so that neither
    /// order nor repetition matters. Its id says how far the ones before came: of two at the same moment one is refused, and looks again.
    /// </summary>
    private async Task<RefundRequest?> DueAsync(string externalId, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        var placed = db.StripePayments.Where(p => p.ExternalId == externalId).Select(p => p.PurchaseId);
        if (await db.Purchases.FirstOrDefaultAsync(p => placed.Contains(p.Id), ct) is not { } purchase)
        {
            return null;
        }

        var intents = db.StripeInvoices.Where(i => i.Invoice == externalId).Select(i => i.PaymentIntent);
        var told = await db.StripeTakeBacks.Where(t => t.Currency == purchase.Currency && (t.PaymentIntent == externalId || intents.Contains(t.PaymentIntent))).ToListAsync(ct);
        if (told.Count == 0)
        {
            return null;
        }

        var paid = purchase.Base + purchase.Tax;
        var gross = Math.Min(paid, told.Sum(t => t.Amount));
        var prefix = externalId + ":";
        var done = await db.Refunds.Where(r => r.PurchaseId == purchase.Id && r.ExternalId.StartsWith(prefix)).SumAsync(r => r.Amount, ct) ?? 0;
        var amount = Math.Min(Apportion.Rounded(purchase.Base, gross, paid) - done, purchase.Base - purchase.Refunded);
        return amount <= 0
            ? null
            : new RefundRequest(purchase.Source, null, purchase.ExternalId, prefix + done.ToString(CultureInfo.InvariantCulture), amount, purchase.Currency, told.Max(t => t.OccurredAt));
    }
}
