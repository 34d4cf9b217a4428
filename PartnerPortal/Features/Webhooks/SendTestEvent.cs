using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Webhooks;

/// <summary>A delivery that is on its way.</summary>
/// <param name="IsReplay">The same request came before: nothing was done now.</param>
public sealed record SentDelivery(long Id, bool IsReplay = false);

/// <summary>Sends an endpoint a test, signed as events are, whatever its state and whatever waits for it.</summary>
public sealed class SendTestEvent(PortalDb portal)
{
    /// <returns>The delivery.</returns>
    public async Task<Result<SentDelivery>> ExecuteAsync(EndpointRequest request, Actor actor, CancellationToken ct)
    {
        var id = request.Id;
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Webhook, -(actor.AccountId ?? 0), ct);
        if (await EndpointOwner.Visible(work.Db, actor).FirstOrDefaultAsync(e => e.Id == id, ct) is not { } endpoint)
        {
            return new NoSuchEndpoint();
        }

        var hash = RequestHash.Of(["webhook-test", id]);
        if (await IdempotencyKeys.FindAsync(work.Db, IdempotencyKeys.SourceOf(actor), request.Key, hash, ct) is { } told)
        {
            return told.Ok ? new SentDelivery(told.Value.Id, IsReplay: true) : told.Error!;
        }

        var delivery = new WebhookDelivery(id, null, WebhookDelivery.TestKind, work.Now, """{"test":true}""", work.Now);
        work.Db.WebhookDeliveries.Add(delivery);
        work.Audit(actor, AuditActions.WebhookTested, ("webhook", id), endpoint.AccountId);
        work.Signal(QueueDeliveries.Signal);
        work.Signal(WebhookQueries.ChannelOf(id));
        await work.SaveAsync(ct);
        IdempotencyKeys.Keep(work, IdempotencyKeys.SourceOf(actor), request.Key, hash, delivery.Id);
        await work.CommitAsync(ct);
        return new SentDelivery(delivery.Id);
    }
}
