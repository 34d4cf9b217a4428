using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Webhooks;

/// <summary>A delivery on its way.</summary>
/// <param name="Message">Null when its endpoint's secret cannot be opened.</param>
/// <param name="Personal">See <see cref="WrittenBody"/>.</param>
public sealed record OpenedDelivery(WebhookMessage? Message, IReadOnlyList<string> Personal);

/// <summary>Opens deliveries that a worker holds and notes what came of them, with what follows for the endpoint.</summary>
public sealed class DeliveryBook(PortalDb portal, WebhookVault vault, WebhookMails mails, TimeProvider clock)
{
    /// <summary>So exact is the time of the last success: a busy endpoint's row is not written for each.</summary>
    private static readonly TimeSpan Roughly = TimeSpan.FromMinutes(1);

    /// <returns>Null when it is held no more.</returns>
    public async Task<OpenedDelivery?> OpenAsync(HeldDelivery claim, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        if (await Held(db, claim).FirstOrDefaultAsync(ct) is not { } delivery || await db.WebhookEndpoints.FirstOrDefaultAsync(e => e.Id == claim.EndpointId, ct) is not { } endpoint)
        {
            return null;
        }

        var body = await WebhookBody.WriteAsync(db, delivery, endpoint.AccountId, ct);
        return new OpenedDelivery(Secrets(endpoint) is { } secrets ? new WebhookMessage(endpoint.Url, delivery.MessageId, body.Json, secrets) : null, body.Personal);
    }

    /// <summary>
    /// Notes an attempt, unless the hold ran out and it is another's now. Not cancelled with the process's stop: what was accepted must not be forgotten.
    /// </summary>
    public async Task NoteAsync(HeldDelivery claim, WebhookAnswer answer)
    {
        var ct = CancellationToken.None;
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Webhook, claim.EndpointId, ct);
        // Writing first locks the row until the commit, on PostgreSQL too.
        if (await Held(work.Db, claim).ExecuteUpdateAsync(d => d.SetProperty(x => x.HeldBy, claim.Holder), ct) == 0)
        {
            return;
        }

        var delivery = await work.Db.WebhookDeliveries.FirstAsync(d => d.Id == claim.Id, ct);
        delivery.Note(answer, answer.IsGone ? null : WebhookRetries.Next(delivery.Attempts + 1, work.Now, Random.Shared.NextDouble()), work.Now);
        work.Db.WebhookAttempts.Add(new WebhookAttempt(delivery.Id, answer, work.Now));
        await work.SaveAsync(ct);
        if (answer.Problem is null)
        {
            await SucceedAsync(work, claim.EndpointId, ct);
        }
        else
        {
            await FailAsync(work, delivery, answer, ct);
        }

        work.Signal(WebhookQueries.ChannelOf(claim.EndpointId), claim.Id.ToString(CultureInfo.InvariantCulture));
        await work.CommitAsync(ct);
    }

    /// <summary>The worker stops before the receiver answered: another may take it at once.</summary>
    public Task<int> ReleaseAsync(HeldDelivery claim) =>
        portal.WriteAsync(db => Held(db, claim).ExecuteUpdateAsync(d => d.SetProperty(x => x.HeldBy, (Guid?)null).SetProperty(x => x.HeldUntil, (DateTime?)null)));

    private static IQueryable<WebhookDelivery> Held(PortalDbContext db, HeldDelivery claim) =>
        db.WebhookDeliveries.Where(d => d.Id == claim.Id && d.HeldBy == claim.Holder && d.State == DeliveryState.Waiting);

    private static Task<int> SucceedAsync(PortalTransaction work, long endpointId, CancellationToken ct)
    {
        var (now, since) = ((DateTime?)work.Now, work.Now - Roughly);
        return work.Db.WebhookEndpoints.Where(e => e.Id == endpointId && (e.FailingSince != null || e.LastSuccessAt == null || e.LastSuccessAt < since)).ExecuteUpdateAsync(
            e => e.SetProperty(x => x.FailingSince, (DateTime?)null).SetProperty(x => x.FailuresInARow, 0).SetProperty(x => x.GivenUpInARow, 0).SetProperty(x => x.LastSuccessAt, now), ct);
    }

    private async Task FailAsync(PortalTransaction work, WebhookDelivery delivery, WebhookAnswer answer, CancellationToken ct)
    {
        var own = work.Db.WebhookEndpoints.Where(e => e.Id == delivery.EndpointId);
        if (delivery.Kind == WebhookDelivery.TestKind && !answer.IsGone)
        {
            // A test that fails says so to whoever made it.
            return;
        }

        var (now, givenUp) = ((DateTime?)work.Now, delivery.State is DeliveryState.GivenUp ? 1 : 0);
        await own.ExecuteUpdateAsync(e => e.SetProperty(x => x.FailingSince, x => x.FailingSince ?? now).SetProperty(x => x.FailuresInARow, x => x.FailuresInARow + 1)
            .SetProperty(x => x.GivenUpInARow, x => x.GivenUpInARow + givenUp), ct);
        var since = work.Now - WebhookEndpoint.Patience;
        var state = answer.IsGone ? WebhookState.Gone : WebhookState.Failing;
        var ended = answer.IsGone
            ? own.Where(e => e.State != WebhookState.Gone)
            : own.Where(e => e.State == WebhookState.Active && (e.FailingSince < since || e.GivenUpInARow >= WebhookEndpoint.MostGivenUp));
        if (await ended.ExecuteUpdateAsync(e => e.SetProperty(x => x.State, state), ct) == 0)
        {
            return;
        }

        var endpoint = await own.AsNoTracking().FirstAsync(ct);
        if (answer.IsGone)
        {
            await work.Db.WebhookDeliveries.Where(d => d.EndpointId == endpoint.Id && d.State == DeliveryState.Waiting)
                .ExecuteUpdateAsync(d => d.SetProperty(x => x.State, DeliveryState.Dropped).SetProperty(x => x.ClosedAt, now), ct);
        }

        work.Audit(Actor.System, AuditActions.WebhookPaused, ("webhook", endpoint.Id), endpoint.AccountId, new { because = state });
        await mails.PausedAsync(work, endpoint, ct);
    }

    /// <summary>Null when the key that they were sealed with is not there.</summary>
    private List<string>? Secrets(WebhookEndpoint endpoint)
    {
        try
        {
            var secrets = new List<string> { vault.Open(endpoint.SealedSecret) };
            if (endpoint.FormerSecret is { } former && endpoint.FormerUntil > clock.GetUtcNow().UtcDateTime)
            {
                secrets.Add(vault.Open(former));
            }

            return secrets;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
