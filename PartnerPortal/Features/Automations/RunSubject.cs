using PartnerPortal.Features.Events;

namespace PartnerPortal.Features.Automations;

/// <summary>What a run is about. Ids and sums alone.</summary>
/// <param name="At">UTC; when it happened, or the silence was found.</param>
/// <param name="ClientId">The client's account; null where none is concerned, or it has none yet.</param>
/// <param name="PartnerId">Whose client it is, or who is concerned; null for none.</param>
public sealed record RunSubject(DateTime At, long? ClientId, long? PartnerId)
{
    public long? EventId { get; init; }

    public DateTime? Since { get; init; }

    public long? RecordId { get; init; }

    public long? InvitationId { get; init; }

    public long? PurchaseId { get; init; }

    public string? How { get; init; }

    public long? Amount { get; init; }

    public string? Currency { get; init; }

    internal static RunSubject Of(Events.PortalEvent told) => new(told.At, told.ClientId, told.PartnerId)
    {
        EventId = told.Id,
        RecordId = told.RecordId,
        InvitationId = told.InvitationId,
        PurchaseId = told.PurchaseId,
        How = told.How,
        Amount = told.Amount,
        Currency = told.Currency,
    };
}
