using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>Records a refund, full or partial, and takes back at every level in proportion. One whose purchase has not come is kept and applied when it does.</summary>
public sealed class RefundPurchase(PortalDb portal, TimeProvider clock)
{
    public async Task<Result<Recorded>> ExecuteAsync(RefundRequest request, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff && !actor.MayPostMoney)
        {
            return new NotAllowed();
        }

        request = request.Tidy();
        if (request.Problem(clock.GetUtcNow().UtcDateTime) is { } problem)
        {
            return problem;
        }

        return await Once.MoreAsync(() => TryAsync(request, actor, ct));
    }

    private async Task<Result<Recorded>> TryAsync(RefundRequest request, Actor actor, CancellationToken ct)
    {
        var hash = request.Hash();
        await using var work = await portal.BeginAsync(ct);
        if (await IdempotencyKeys.FindAsync(work.Db, request.Source, request.Key, hash, ct) is { } told)
        {
            return told;
        }

        var named = request.PurchaseId is { } id
            ? await work.Db.Purchases.Where(p => p.Id == id).Select(p => new { p.Source, p.ExternalId }).FirstOrDefaultAsync(ct)
            : new { request.Source, ExternalId = request.PurchaseExternalId! };
        if (named is null)
        {
            return new PurchaseRefused(PurchaseProblem.PurchaseUnknown, nameof(request.PurchaseId));
        }

        // A purchase that support entered can be refunded by the API and the other way round; the refund's ids are those of the purchase's source.
        request = request with { Source = named.Source };
        await work.LockAsync(PortalLock.PurchaseKey, RequestHash.Number(named.Source, named.ExternalId), ct);
        if (await work.Db.Refunds.FirstOrDefaultAsync(r => r.Source == named.Source && r.ExternalId == request.ExternalId, ct) is { } before)
        {
            return before.BodyHash == hash || before.Tells(request, named.ExternalId) ? await AgainAsync(work, request, hash, before.Id, ct) : new PurchaseKeyUsed(nameof(request.ExternalId));
        }

        var purchase = await work.Db.Purchases.FirstOrDefaultAsync(p => p.Source == named.Source && p.ExternalId == named.ExternalId, ct);
        var refund = new Refund(request, named.ExternalId, hash, work.Now);
        if (purchase is not null)
        {
            await work.LockAsync(PortalLock.ClientMoney, purchase.ClientId, ct);
            if (await WhyNotAsync(work.Db, purchase, refund, actor, ct) is { } refusal)
            {
                return refusal;
            }

            refund.Find(purchase.Id);
        }

        work.Db.Refunds.Add(refund);
        work.Audit(actor, AuditActions.PurchaseRefunded, ("purchase", purchase?.Id), purchase?.ClientId, new { source = named.Source, externalId = request.ExternalId });
        await work.SaveAsync(ct);
        IdempotencyKeys.Keep(work, request.Source, request.Key, hash, refund.Id);
        if (purchase is not null)
        {
            await Settlement.SettleAsync(work, purchase.ClientId, purchase.OccurredAt, ct);
        }

        await work.CommitAsync(ct);
        return new Recorded(refund.Id, IsNew: true);
    }

    private static async Task<Error?> WhyNotAsync(PortalDbContext db, Purchase purchase, Refund refund, Actor actor, CancellationToken ct)
    {
        if (actor.IsStaff && await OwnAccounts.InvolveAsync(db, actor, [purchase.ClientId, .. await db.CommissionLines.Where(l => l.PurchaseId == purchase.Id).Select(l => l.PartnerId).ToListAsync(ct)], ct))
        {
            return new OwnAccountInvolved();
        }

        if (refund.Currency != purchase.Currency)
        {
            return new PurchaseRefused(PurchaseProblem.OtherCurrency, nameof(RefundRequest.Currency));
        }

        var refunds = await db.Refunds.Where(r => r.PurchaseId == purchase.Id).ToListAsync(ct);
        refunds.Add(refund);
        refunds.Sort(Refund.InOrder);
        List<(long?, string)> all = [.. refunds.Select(r => (r.Amount, r.Currency))];
        var isNothing = refund.Amount is null && RefundOrder.Take(purchase.Base, purchase.Currency, all)[refunds.IndexOf(refund)] == 0;
        return isNothing || !RefundOrder.Fits(purchase.Base, purchase.Currency, all) ? new RefundTooLarge(purchase.Base - purchase.Refunded, purchase.Currency) : null;
    }

    private static async Task<Result<Recorded>> AgainAsync(PortalTransaction work, RefundRequest request, string hash, long id, CancellationToken ct)
    {
        IdempotencyKeys.Keep(work, request.Source, request.Key, hash, id);
        await work.CommitAsync(ct);
        return new Recorded(id, IsNew: false);
    }
}
