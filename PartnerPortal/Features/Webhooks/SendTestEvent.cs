using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Webhooks;

/// <summary>Sends an endpoint a test, signed as events are, whatever its state and whatever waits for it.</summary>
public sealed class SendTestEvent(PortalDb portal)
{
    /// <returns>The delivery.</returns>
    public async Task<Result<long>> ExecuteAsync(long id, Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        if (await EndpointOwner.Visible(work.Db, actor).FirstOrDefaultAsync(e => e.Id == id, ct) is not { } endpoint)
        {
            return new NoSuchEndpoint();
        }

        var delivery = new WebhookDelivery(id, null, WebhookDelivery.TestKind, work.Now, """{"test":true}""", work.Now);
        work.Db.WebhookDeliveries.Add(delivery);
        work.Audit(actor, AuditActions.WebhookTested, ("webhook", id), endpoint.AccountId);
        work.Signal(QueueDeliveries.Signal);
        work.Signal(WebhookQueries.ChannelOf(id));
        await work.CommitAsync(ct);
        return delivery.Id;
    }
}
