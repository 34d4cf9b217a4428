using PartnerPortal.Data;

namespace PartnerPortal.Features.Webhooks;

/// <summary>Deletes deliveries, with their attempts, a month after they were queued: those that are over, and those that waited at a paused endpoint all that time.</summary>
public sealed class ForgetDeliveries(PortalDb portal, TimeProvider clock)
{
    public const int Days = 30;
    private const int Batch = 500;

    /// <returns>How many.</returns>
    public Task<int> ExecuteAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow().UtcDateTime.AddDays(-Days);
        return portal.DeleteInPartsAsync(
            db => db.WebhookDeliveries.Where(d => db.WebhookDeliveries.Where(o => o.CreatedAt < before).OrderBy(o => o.CreatedAt).Select(o => o.Id).Take(Batch).Contains(d.Id)), Batch, ct);
    }
}
