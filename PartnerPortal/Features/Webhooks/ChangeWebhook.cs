using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Webhooks;

/// <summary>Address, description or choice of events of an endpoint are changed. What waits goes to the new address.</summary>
public sealed class ChangeWebhook(PortalDb portal, IOptions<WebhookOptions> options)
{
    public async Task<Result<Done>> ExecuteAsync(long id, EndpointForm form, Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        if (await EndpointOwner.Visible(work.Db, actor).FirstOrDefaultAsync(e => e.Id == id, ct) is not { } endpoint)
        {
            return new NoSuchEndpoint();
        }

        if (Apply(work, endpoint, form, options.Value, actor) is { } error)
        {
            return error;
        }

        await work.CommitAsync(ct);
        return Done.Value;
    }

    /// <summary>The change with what goes with it; the caller commits.</summary>
    /// <returns>Why it is refused, and nothing was changed; null when it is not.</returns>
    internal static Error? Apply(PortalTransaction work, WebhookEndpoint endpoint, EndpointForm form, WebhookOptions options, Actor actor)
    {
        var found = EndpointTerms.Of(form, endpoint.AccountId is null, options);
        if (found.Ok)
        {
            endpoint.Change(found.Value);
            work.Audit(actor, AuditActions.WebhookChanged, ("webhook", endpoint.Id), endpoint.AccountId);
            work.Signal(WebhookQueries.ChannelOf(endpoint.Id));
        }

        return found.Error;
    }
}
