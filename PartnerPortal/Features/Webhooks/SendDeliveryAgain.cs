using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Webhooks;

/// <summary>A delivery is to be sent once more.</summary>
/// <param name="Key">The <c>Idempotency-Key</c> of a system that asks for it; null when none was sent.</param>
public sealed record DeliveryRequest(long Id, string? Key = null);

/// <summary>
/// Sends a delivery once more: one that waits for its next attempt is tried now, one that is over is queued anew under the same <c>webhook-id</c>, beside the order of the others.
/// </summary>
public sealed class SendDeliveryAgain(PortalDb portal)
{
    /// <returns>The delivery that is sent.</returns>
    public async Task<Result<SentDelivery>> ExecuteAsync(DeliveryRequest request, Actor actor, CancellationToken ct)
    {
        var deliveryId = request.Id;
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Webhook, -(actor.AccountId ?? 0), ct);
        var found = await (from d in work.Db.WebhookDeliveries join e in EndpointOwner.Visible(work.Db, actor) on d.EndpointId equals e.Id where d.Id == deliveryId select new { Delivery = d, Endpoint = e }).FirstOrDefaultAsync(ct);
        if (found is null)
        {
            return new NoSuchDelivery();
        }

        var hash = RequestHash.Of(["webhook-again", deliveryId]);
        if (await IdempotencyKeys.FindAsync(work.Db, IdempotencyKeys.SourceOf(actor), request.Key, hash, ct) is { } told)
        {
            return told.Ok ? new SentDelivery(told.Value.Id, IsReplay: true) : told.Error!;
        }

        var delivery = found.Delivery;
        if (delivery.State is DeliveryState.Waiting)
        {
            // Not as a change of the row: a worker may hold it at this moment.
            var now = work.Now;
            await work.Db.WebhookDeliveries.Where(d => d.Id == deliveryId && d.HeldUntil == null).ExecuteUpdateAsync(d => d.SetProperty(x => x.NextAttemptAt, now), ct);
        }
        else
        {
            delivery = delivery.Again(work.Now);
            work.Db.WebhookDeliveries.Add(delivery);
        }

        work.Audit(actor, AuditActions.WebhookSentAgain, ("webhook", delivery.EndpointId), found.Endpoint.AccountId, new { kind = delivery.Kind });
        work.Signal(QueueDeliveries.Signal);
        work.Signal(WebhookQueries.ChannelOf(delivery.EndpointId));
        await work.SaveAsync(ct);
        IdempotencyKeys.Keep(work, IdempotencyKeys.SourceOf(actor), request.Key, hash, delivery.Id);
        await work.CommitAsync(ct);
        return new SentDelivery(delivery.Id);
    }
}
