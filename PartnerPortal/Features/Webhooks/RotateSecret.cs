using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Webhooks;

/// <summary>An endpoint gets a new secret. For a day the former one signs as well, so that the receiver can be changed without losing anything.</summary>
public sealed class RotateSecret(PortalDb portal, WebhookVault vault)
{
    public async Task<Result<MadeEndpoint>> ExecuteAsync(EndpointRequest request, Actor actor, CancellationToken ct)
    {
        var secret = WebhookSecret.New();
        var sealedSecret = vault.Seal(secret);
        var id = request.Id;
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Webhook, -(actor.AccountId ?? 0), ct);
        if (await EndpointOwner.Visible(work.Db, actor).FirstOrDefaultAsync(e => e.Id == id, ct) is not { } endpoint)
        {
            return new NoSuchEndpoint();
        }

        var hash = RequestHash.Of(["webhook-secret", id]);
        if (await IdempotencyKeys.FindAsync(work.Db, IdempotencyKeys.SourceOf(actor), request.Key, hash, ct) is { } told)
        {
            return told.Ok ? new MadeEndpoint(id, endpoint.Url, "") { IsReplay = true } : told.Error!;
        }

        endpoint.Rotate(sealedSecret, work.Now);
        work.Audit(actor, AuditActions.WebhookSecretRotated, ("webhook", id), endpoint.AccountId);
        work.Signal(WebhookQueries.ChannelOf(id));
        IdempotencyKeys.Keep(work, IdempotencyKeys.SourceOf(actor), request.Key, hash, id);
        await work.CommitAsync(ct);
        return new MadeEndpoint(id, endpoint.Url, secret);
    }
}
