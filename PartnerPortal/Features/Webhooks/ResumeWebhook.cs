using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Webhooks;

/// <summary>A paused endpoint, or one that was found gone, is called again, at once with what waits for it.</summary>
public sealed class ResumeWebhook(PortalDb portal)
{
    public async Task<Result<Done>> ExecuteAsync(long id, Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Webhook, id, ct);
        if (await EndpointOwner.Visible(work.Db, actor).FirstOrDefaultAsync(e => e.Id == id, ct) is not { } endpoint)
        {
            return new NoSuchEndpoint();
        }

        if (!endpoint.Resume())
        {
            return new NothingToChange();
        }

        await WakeAsync(work, endpoint, actor, ct);
        await work.CommitAsync(ct);
        return Done.Value;
    }

    /// <summary>What goes with it: what waits is due now.</summary>
    internal static async Task WakeAsync(PortalTransaction work, WebhookEndpoint endpoint, Actor actor, CancellationToken ct)
    {
        var (id, now) = (endpoint.Id, work.Now);
        await work.Db.WebhookDeliveries.Where(d => d.EndpointId == id && d.State == DeliveryState.Waiting && d.NextAttemptAt > now).ExecuteUpdateAsync(d => d.SetProperty(x => x.NextAttemptAt, now), ct);
        work.Audit(actor, AuditActions.WebhookResumed, ("webhook", id), endpoint.AccountId);
        work.Signal(QueueDeliveries.Signal);
        work.Signal(WebhookQueries.ChannelOf(id));
    }
}
