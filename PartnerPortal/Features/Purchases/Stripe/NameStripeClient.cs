using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases.Stripe;

/// <summary>Support says whose payment that is; later ones of the same customer of Stripe are its too.</summary>
public sealed class NameStripeClient(PortalDb portal, PlaceStripePayment place)
{
    public async Task<Result<Done>> ExecuteAsync(long paymentId, ClientReference client, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new NotAllowed();
        }

        var named = await Once.MoreAsync(() => NameAsync(paymentId, client, actor, ct));
        return named.Ok ? await place.ExecuteAsync(named.Value, ct) : named.Error!;
    }

    private async Task<Result<string>> NameAsync(long paymentId, ClientReference client, Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        if (await work.Db.StripePayments.FirstOrDefaultAsync(p => p.Id == paymentId && p.PurchaseId == null, ct) is not { } payment)
        {
            return new PurchaseRefused(PurchaseProblem.PurchaseUnknown, nameof(paymentId));
        }

        if (client is { Number: null, ExternalId: null, Email: null })
        {
            return new PurchaseRefused(PurchaseProblem.ClientMissing, nameof(PurchaseRequest.Client));
        }

        var (clientId, unknown) = await ClientLookup.FindAsync(work.Db, client, ct);
        if (unknown is not null)
        {
            return unknown;
        }

        var chain = await work.Db.Attributions.Where(a => a.ClientId == clientId).Select(a => a.PartnerId).ToListAsync(ct);
        if (await OwnAccounts.InvolveAsync(work.Db, actor, [clientId, .. chain], ct))
        {
            return new OwnAccountInvolved();
        }

        payment.Name(AccountNumber.Offset + clientId);
        if (payment.Customer is { } customer && !await work.Db.StripeCustomers.AnyAsync(c => c.Customer == customer, ct))
        {
            work.Db.StripeCustomers.Add(new StripeCustomer(customer, clientId));
        }

        work.Audit(actor, AuditActions.StripeClientNamed, ("stripe-payment", payment.Id), clientId);
        await work.CommitAsync(ct);
        return payment.ExternalId;
    }
}
