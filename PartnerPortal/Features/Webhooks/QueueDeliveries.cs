using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Clients;
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
        while (await events.NextAsync(Reader, Batch, db => db.WebhookEndpoints.AnyAsync(e => e.State != WebhookState.Gone, ct), ct) is { } read)
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

    private static async Task<List<WebhookDelivery>> DeliveriesAsync(PortalTransaction work, IReadOnlyList<PortalEvent> told, CancellationToken ct)
    {
        var endpoints = told.Count == 0 ? [] : await work.Db.WebhookEndpoints.AsNoTracking().Where(e => e.State != WebhookState.Gone).OrderBy(e => e.Id).ToListAsync(ct);
        if (endpoints.Count == 0)
        {
            return [];
        }

        var shares = await DeliveryFacts.SharesAsync(work.Db, told, ct);
        var records = await ListedClients.LinesAsync(work.Db, [.. endpoints.Select(e => e.AccountId).OfType<long>()], [.. told.Select(e => e.ClientId).OfType<long>().Distinct()], ct);
        var deliveries = new List<WebhookDelivery>();
        foreach (var one in told)
        {
            foreach (var endpoint in endpoints.Where(e => e.Hears(one.Kind) && one.At >= e.CreatedAt && (e.AccountId is not { } own || one.Partners.Contains(own))))
            {
                var record = endpoint.AccountId is { } partner && partner != one.PartnerId ? (one.ClientId is { } client ? records.GetValueOrDefault((partner, client)) : null) : one.RecordId;
                deliveries.Add(new WebhookDelivery(endpoint.Id, one.Id, one.Kind, one.At, DeliveryFacts.Of(one, endpoint.AccountId, [.. shares[one.Id]]), work.Now)
                    .About(one.ClientId ?? (record is null ? one.PartnerId : null), record, one.PartnerId));
            }
        }

        return deliveries;
    }
}
