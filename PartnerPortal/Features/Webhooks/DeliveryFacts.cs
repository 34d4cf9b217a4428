using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Events;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Webhooks;

/// <summary>
/// What a body says of an event besides who is concerned: ids and sums. A partner is told what its list and its wallet show, the program everything.
/// </summary>
internal static class DeliveryFacts
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(PortalEvent told, long? ownerId, IReadOnlyList<EarnedShare> shares)
    {
        var own = shares.Where(s => ownerId is null || s.PartnerId == ownerId).ToList();
        return JsonSerializer.Serialize(new
        {
            How = told.How is { } how ? JsonNamingPolicy.SnakeCaseLower.ConvertName(how) : null,
            // Of a move a partner is told which way it went, not to or from whom.
            Direction = told.Kind == EventKinds.ClientReassigned && ownerId is not null ? (ownerId == told.PartnerId ? "gained" : "lost") : null,
            FormerPartner = ownerId is null && told.FormerPartnerId is { } former ? new { Number = AccountNumber.Offset + former } : null,
            Invitation = told.InvitationId is { } invitation ? new { Id = invitation } : null,
            Purchase = told.PurchaseId is { } purchase ? Bought(told, purchase, ownerId is null) : null,
            Refund = told.RefundId is { } refund ? new { Id = refund, ExternalId = ownerId is null ? told.ExternalId : null, told.Amount, told.Currency, told.OccurredAt } : null,
            Commissions = own.Count == 0 ? null : own.Select(s => new
            {
                Partner = ownerId is null ? new { Number = AccountNumber.Offset + s.PartnerId } : null,
                Purchase = told.PurchaseId is null ? s.PurchaseId : (long?)null,
                s.Level,
                s.Amount,
                s.Currency,
                s.HeldUntil,
            }),
            Payout = told.PayoutId is { } payout ? new { Id = payout, told.Amount, told.Currency } : null,
        }, Json);
    }

    /// <summary>What the events' purchases earn whom, and what became available with them.</summary>
    public static async Task<ILookup<long, EarnedShare>> SharesAsync(PortalDbContext db, IReadOnlyList<PortalEvent> events, CancellationToken ct)
    {
        var purchases = events.Where(e => e.Kind is EventKinds.PurchaseRecorded or EventKinds.PurchaseRefunded).Select(e => e.PurchaseId!.Value).Distinct().ToList();
        var released = events.Where(e => e.Kind == EventKinds.CommissionsReleased).ToList();
        var (clients, times) = (released.ConvertAll(e => e.ClientId!.Value), released.ConvertAll(e => (DateTime?)e.At));
        var lines = await db.CommissionLines
            .Where(l => purchases.Contains(l.PurchaseId) || (clients.Contains(l.ClientId) && times.Contains(l.ReleasedAt)))
            .Select(l => new { l.PurchaseId, l.ClientId, l.PartnerId, l.Level, Net = l.Granted - l.Reversed, l.Currency, l.HeldUntil, l.ReleasedAt }).ToListAsync(ct);
        return events.SelectMany(e => lines
                .Where(l => e.PurchaseId is { } id ? l.PurchaseId == id : e.Kind == EventKinds.CommissionsReleased && l.ClientId == e.ClientId && l.ReleasedAt == e.At && l.Net > 0)
                .Select(l => (Event: e.Id, Share: new EarnedShare(l.PartnerId, l.PurchaseId, l.Level, l.Net, l.Currency, e.PurchaseId is null ? null : l.HeldUntil))))
            .ToLookup(s => s.Event, s => s.Share);
    }

    private static object Bought(PortalEvent told, long id, bool isProgram) => told.Kind == EventKinds.PurchaseRecorded
        ? new
        {
            Id = id,
            ExternalId = isProgram ? told.ExternalId : null,
            told.Product,
            told.Amount,
            told.Discount,
            Tax = isProgram ? told.Tax : null,
            told.Currency,
            told.OccurredAt,
            First = told.IsFirst,
        }
        : new { Id = id, told.Product };
}

/// <summary>What a purchase brought a partner, refunds taken off.</summary>
/// <param name="Amount">Minor units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="HeldUntil">UTC; null when it is available.</param>
internal sealed record EarnedShare(long PartnerId, long PurchaseId, int Level, long Amount, string Currency, DateTime? HeldUntil);
