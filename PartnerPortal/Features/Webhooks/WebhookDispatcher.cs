using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Features.Webhooks;

/// <summary>
/// Delivers what is due, several at once and few to the same endpoint: claims each, posts it outside of any transaction, then notes what came of it. An earlier one of the same client that
/// waits at that endpoint goes first. Several dispatchers may run, in one process or in many on one database; a process that dies leaves what it held, and when the hold has run out it is
/// sent again: at least once, in order, never lost.
/// </summary>
public sealed class WebhookDispatcher(PortalDb portal, WebhookSender sender, DeliveryBook book, TimeProvider clock, ILogger<WebhookDispatcher> logger)
{
    /// <summary>So many at once in this process.</summary>
    public const int Most = 16;

    /// <summary>So many of them to one endpoint, so that a slow one leaves room; one that fails gets one.</summary>
    public const int MostToOne = 4;

    private const int FailuresOfOne = 5;

    /// <summary>So many due ones are looked at for some that fit.</summary>
    private const int Choice = 64;

    /// <summary>While some are on their way, others may become due.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>What is on its way when the process stops has so long to end well.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Longer than an attempt can take, and the noting after it.</summary>
    private TimeSpan Hold => sender.Patience + TimeSpan.FromSeconds(45);

    /// <summary>Until nothing is due and nothing on its way.</summary>
    /// <returns>How many attempts were made.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        var attempts = 0;
        var running = new List<(long EndpointId, Task<bool> Attempt)>();
        try
        {
            while (true)
            {
                foreach (var claim in await ClaimAsync(running, ct))
                {
                    running.Add((claim.EndpointId, DeliverAsync(claim, ct)));
                }

                if (running.Count == 0)
                {
                    return attempts;
                }

                using (var pause = CancellationTokenSource.CreateLinkedTokenSource(ct))
                {
                    await Task.WhenAny(running.Select(r => (Task)r.Attempt).Append(Task.Delay(Look, pause.Token)));
                    await pause.CancelAsync();
                }

                ct.ThrowIfCancellationRequested();
                foreach (var ended in running.Where(r => r.Attempt.IsCompleted).ToList())
                {
                    running.Remove(ended);
                    attempts += await ended.Attempt ? 1 : 0;
                }
            }
        }
        finally
        {
            // What is on its way notes its own end, also when the process stops.
            await Task.WhenAll(running.Select(r => r.Attempt));
        }
    }

    /// <summary>Takes as many as there is room for. The conditions stand in the update itself, so that of several nodes one gets each.</summary>
    private async Task<List<HeldDelivery>> ClaimAsync(List<(long EndpointId, Task<bool> Attempt)> running, CancellationToken ct)
    {
        var claims = new List<HeldDelivery>();
        if (running.Count >= Most)
        {
            return claims;
        }

        await using var db = await portal.ReadAsync(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var (until, load) = (now + Hold, running.GroupBy(r => r.EndpointId).ToDictionary(g => g.Key, g => g.Count()));
        var full = load.Where(l => l.Value >= MostToOne).Select(l => l.Key).ToList();
        var due = Due(db, now).Where(d => !full.Contains(d.EndpointId));
        var found = await due.OrderBy(d => d.NextAttemptAt).ThenBy(d => d.Id).Take(Choice)
            .Join(db.WebhookEndpoints, d => d.EndpointId, e => e.Id, (d, e) => new { d.Id, d.EndpointId, e.FailuresInARow, d.NextAttemptAt }).ToListAsync(ct);
        foreach (var one in found.OrderBy(d => d.NextAttemptAt).ThenBy(d => d.Id))
        {
            var room = one.FailuresInARow >= FailuresOfOne ? 1 : MostToOne;
            if (running.Count + claims.Count >= Most || load.GetValueOrDefault(one.EndpointId) >= room)
            {
                continue;
            }

            var holder = Guid.NewGuid();
            if (await portal.WriteAsync(w => Due(w, now).Where(d => d.Id == one.Id).ExecuteUpdateAsync(d => d.SetProperty(x => x.HeldUntil, until).SetProperty(x => x.HeldBy, holder), ct), ct) == 1)
            {
                claims.Add(new HeldDelivery(one.Id, one.EndpointId, holder));
                load[one.EndpointId] = load.GetValueOrDefault(one.EndpointId) + 1;
            }
        }

        return claims;
    }

    /// <summary>What may be sent now: its time has come, nobody holds it, its endpoint is not paused (a test goes to any), and nothing earlier of the same client waits there.</summary>
    private static IQueryable<WebhookDelivery> Due(PortalDbContext db, DateTime now) => db.WebhookDeliveries.Where(d =>
        d.State == DeliveryState.Waiting && d.NextAttemptAt <= now && (d.HeldUntil == null || d.HeldUntil < now)
        && db.WebhookEndpoints.Any(e => e.Id == d.EndpointId && (e.State == WebhookState.Active || d.EventId == null))
        && !(d.IsOrdered && (
            db.WebhookDeliveries.Any(o => o.EndpointId == d.EndpointId && o.ClientId == d.ClientId && d.ClientId != null && o.Id < d.Id && o.State == DeliveryState.Waiting && o.IsOrdered)
            || db.WebhookDeliveries.Any(o => o.EndpointId == d.EndpointId && o.RecordId == d.RecordId && d.RecordId != null && o.Id < d.Id && o.State == DeliveryState.Waiting && o.IsOrdered))));

    /// <returns>False when there was no attempt.</returns>
    private async Task<bool> DeliverAsync(HeldDelivery claim, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource();
        await using (ct.Register(() => patience.CancelAfter(Grace)))
        {
            try
            {
                return await DeliverPatientlyAsync(claim, patience.Token);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                await book.ReleaseAsync(claim);
                return false;
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                logger.LogError(error, "Webhook delivery {Id} could not be opened or noted; it is sent again when its hold is over", claim.Id);
                return false;
            }
        }
    }

    private async Task<bool> DeliverPatientlyAsync(HeldDelivery claim, CancellationToken ct)
    {
        if (await book.OpenAsync(claim, ct) is not { } opened)
        {
            return false;
        }

        var answer = opened.Message is { } message ? await sender.SendAsync(message, ct) : new WebhookAnswer(null, DeliveryProblem.Secret, "", 0);
        if (answer.Problem is { } problem)
        {
            logger.LogInformation("Webhook delivery {Id} failed ({Problem}, {Status})", claim.Id, problem, answer.Status);
        }

        await book.NoteAsync(claim, answer with { Text = WebhookBody.Without(answer.Text, opened.Personal) });
        return true;
    }
}

/// <param name="Id">The delivery.</param>
/// <param name="EndpointId">Where it goes.</param>
/// <param name="Holder">New at each claim, so that a worker whose hold ran out knows that it is another's now.</param>
public sealed record HeldDelivery(long Id, long EndpointId, Guid Holder);
