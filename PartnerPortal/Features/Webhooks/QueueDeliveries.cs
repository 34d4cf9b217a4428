using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Events;

namespace PartnerPortal.Features.Webhooks;

/// <summary>Reads what happened since the last time and queues it for every endpoint that hears of it, in the transaction in which the reader goes on: nothing is left out and nothing doubled.</summary>
public sealed class QueueDeliveries(PortalDb portal, EventQueries events)
{
    /// <summary>Published when there is something to deliver.</summary>
    public const string Signal = "webhooks";

    private const string Reader = "webhooks";
    private const int Batch = 200;

    /// <returns>How many were queued.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        var queued = 0;
        while (await ReadAsync(ct) is { } read)
        {
            await using var work = await portal.BeginAsync(ct);
            if (!await EventReading.GoOnAsync(work, Reader, read.From, read.Batch.Position, ct))
            {
                continue;
            }

            var deliveries = await DeliveriesAsync(work, read.Batch.Events, ct);
            work.Db.WebhookDeliveries.AddRange(deliveries);
            if (deliveries.Count > 0)
            {
                work.Signal(Signal);
                foreach (var endpoint in deliveries.Select(d => d.EndpointId).Distinct())
                {
                    work.Signal(WebhookQueries.ChannelOf(endpoint));
                }
            }

            await work.CommitAsync(ct);
            queued += deliveries.Count;
        }

        return queued;
    }

    /// <returns>Null when there is nothing new.</returns>
    private async Task<(long? From, EventBatch Batch)?> ReadAsync(CancellationToken ct)
    {
        // The end first: who begins to listen after it hears of what comes after it.
        var end = await events.EndAsync(ct);
        await using var db = await portal.ReadAsync(ct);
        var from = await EventReading.PlaceAsync(db, Reader, ct);
        // Without anybody who listens there is nothing to be made of what happens; and nobody is told of the time before the first reading.
        var batch = from is { } place && await db.WebhookEndpoints.AnyAsync(e => e.State != WebhookState.Gone, ct) ? await events.ReadAsync(place, Batch, ct) : new EventBatch([], end);
        // Another node may have seen more of the log than this one.
        return batch.Position <= from ? null : (from, batch);
    }

    private static async Task<List<WebhookDelivery>> DeliveriesAsync(PortalTransaction work, IReadOnlyList<PortalEvent> told, CancellationToken ct)
    {
        var endpoints = told.Count == 0 ? [] : await work.Db.WebhookEndpoints.AsNoTracking().Where(e => e.State != WebhookState.Gone).OrderBy(e => e.Id).ToListAsync(ct);
        if (endpoints.Count == 0)
        {
            return [];
        }

        var shares = await DeliveryFacts.SharesAsync(work.Db, told, ct);
        var records = await RecordsAsync(work.Db, told, [.. endpoints.Select(e => e.AccountId).OfType<long>()], ct);
        var deliveries = new List<WebhookDelivery>();
        foreach (var one in told)
        {
            foreach (var endpoint in endpoints.Where(e => e.Hears(one.Kind) && one.At >= e.CreatedAt && (e.AccountId is not { } own || one.Partners.Contains(own))))
            {
                var record = endpoint.AccountId is { } partner && partner != one.PartnerId ? (one.ClientId is { } client && records.TryGetValue((partner, client), out var id) ? id : null) : one.RecordId;
                deliveries.Add(new WebhookDelivery(endpoint.Id, one.Id, one.Kind, one.At, DeliveryFacts.Of(one, endpoint.AccountId, [.. shares[one.Id]]), work.Now)
                    .About(one.ClientId ?? (record is null ? one.PartnerId : null), record, one.PartnerId));
            }
        }

        return deliveries;
    }

    /// <summary>The lines of clients in the lists of the endpoints' partners.</summary>
    private static async Task<Dictionary<(long PartnerId, long ClientId), long?>> RecordsAsync(PortalDbContext db, IReadOnlyList<PortalEvent> told, IReadOnlyList<long> partners, CancellationToken ct)
    {
        var clients = told.Select(e => e.ClientId).OfType<long>().Distinct().ToList();
        var lines = await db.ClientRecords.AsNoTracking().Where(r => partners.Contains(r.PartnerId) && r.ClientId != null && clients.Contains(r.ClientId.Value))
            .Select(r => new { r.Id, r.PartnerId, ClientId = r.ClientId!.Value }).ToListAsync(ct);
        return lines.ToDictionary(l => (l.PartnerId, l.ClientId), l => (long?)l.Id);
    }
}
