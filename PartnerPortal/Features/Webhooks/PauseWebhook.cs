using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Webhooks;

/// <summary>An endpoint is called no more until it is resumed. What happens meanwhile is kept for it.</summary>
public sealed class PauseWebhook(PortalDb portal)
{
    public async Task<Result<Done>> ExecuteAsync(long id, Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Webhook, id, ct);
        if (await EndpointOwner.Visible(work.Db, actor).FirstOrDefaultAsync(e => e.Id == id, ct) is not { } endpoint)
        {
            return new NoSuchEndpoint();
        }

        if (!endpoint.Pause())
        {
            return new NothingToChange();
        }

        Note(work, endpoint, actor);
        await work.CommitAsync(ct);
        return Done.Value;
    }

    /// <summary>What goes with it.</summary>
    internal static void Note(PortalTransaction work, WebhookEndpoint endpoint, Actor actor)
    {
        work.Audit(actor, AuditActions.WebhookPaused, ("webhook", endpoint.Id), endpoint.AccountId);
        work.Signal(WebhookQueries.ChannelOf(endpoint.Id));
    }
}
