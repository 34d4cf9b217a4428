using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Webhooks;

/// <summary>An endpoint gets a new secret. For a day the former one signs as well, so that the receiver can be changed without losing anything.</summary>
public sealed class RotateSecret(PortalDb portal, WebhookVault vault)
{
    public async Task<Result<MadeEndpoint>> ExecuteAsync(long id, Actor actor, CancellationToken ct)
    {
        var secret = WebhookSecret.New();
        var sealedSecret = vault.Seal(secret);
        await using var work = await portal.BeginAsync(ct);
        if (await EndpointOwner.Visible(work.Db, actor).FirstOrDefaultAsync(e => e.Id == id, ct) is not { } endpoint)
        {
            return new NoSuchEndpoint();
        }

        endpoint.Rotate(sealedSecret, work.Now);
        work.Audit(actor, AuditActions.WebhookSecretRotated, ("webhook", id), endpoint.AccountId);
        work.Signal(WebhookQueries.ChannelOf(id));
        await work.CommitAsync(ct);
        return new MadeEndpoint(id, endpoint.Url, secret);
    }
}
