using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Webhooks;

/// <summary>An endpoint just made, or with a new secret.</summary>
/// <param name="Secret">Shown this once; empty for a replay. It is kept sealed with the endpoint alone: of a request with a key the answer is not kept.</param>
public sealed record MadeEndpoint(long Id, string Url, string Secret)
{
    /// <summary>The same request came before: nothing was done now.</summary>
    public bool IsReplay { get; init; }
}

/// <summary>An address to be told what happens is added, active from now.</summary>
public sealed class AddWebhook(PortalDb portal, WebhookVault vault, IOptions<WebhookOptions> options)
{
    /// <summary>So many of one owner.</summary>
    public const int Most = 10;

    /// <param name="form">As typed.</param>
    /// <param name="isProgram">The program's, which hears of all; else the actor's account's.</param>
    /// <param name="actor">An owner, or an admin of the integrator.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<MadeEndpoint>> ExecuteAsync(EndpointForm form, bool isProgram, Actor actor, CancellationToken ct)
    {
        if (EndpointOwner.Of(actor, isProgram) is not { } owner)
        {
            return new NotAllowed();
        }

        var found = EndpointTerms.Of(form, isProgram, options.Value);
        if (found.Error is { } error)
        {
            return error;
        }

        var secret = WebhookSecret.New();
        var sealedSecret = vault.Seal(secret);
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Webhook, -(owner.AccountId ?? 0), ct);
        var hash = RequestHash.Of(["webhook", found.Value.Url, found.Value.Description, found.Value.Kinds is { } kinds ? string.Join(' ', kinds) : null]);
        if (await IdempotencyKeys.FindAsync(work.Db, IdempotencyKeys.SourceOf(actor), form.Key, hash, ct) is { } told)
        {
            return told.Ok ? new MadeEndpoint(told.Value.Id, found.Value.Url, "") { IsReplay = true } : told.Error!;
        }

        if (await work.Db.WebhookEndpoints.CountAsync(e => e.AccountId == owner.AccountId, ct) >= Most)
        {
            return new TooManyEndpoints(Most);
        }

        var endpoint = new WebhookEndpoint(owner.AccountId, found.Value, sealedSecret, work.Now);
        work.Db.WebhookEndpoints.Add(endpoint);
        work.Audit(actor, AuditActions.WebhookAdded, ("webhook", null), owner.AccountId);
        work.Signal(WebhookQueries.ChannelOfOwner(owner.AccountId));
        await work.SaveAsync(ct);
        IdempotencyKeys.Keep(work, IdempotencyKeys.SourceOf(actor), form.Key, hash, endpoint.Id);
        await work.CommitAsync(ct);
        return new MadeEndpoint(endpoint.Id, endpoint.Url, secret);
    }
}
