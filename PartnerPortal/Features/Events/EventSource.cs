using System.Text.Json;
using PartnerPortal.Features.Audit;

namespace PartnerPortal.Features.Events;

/// <summary>An audit entry of which an event may be made.</summary>
internal sealed record EventSource(long Id, DateTime At, string Action, string SubjectKind, long? SubjectId, long? AccountId, string? Details)
{
    /// <summary>The actions that are looked at.</summary>
    public static readonly string[] Actions =
    [
        AuditActions.UserRegistered, AuditActions.UserConfirmed, AuditActions.ClientCreated, AuditActions.AttributionOpened, AuditActions.AttributionEnded, AuditActions.AttributionReassigned, AuditActions.JoinRefused,
        AuditActions.ConsentGiven, AuditActions.ConsentWithdrawn, AuditActions.InvitationCreated, AuditActions.InvitationFollowed, AuditActions.InvitationWithdrawn, AuditActions.InvitationLapsed,
        AuditActions.InvitationDelivered, AuditActions.InvitationBounced, AuditActions.InvitationsStopped,
        AuditActions.PurchaseRecorded, AuditActions.PurchaseRefunded, AuditActions.CommissionsReleased, AuditActions.PayoutPaid, AuditActions.PayoutFailed,
        AuditActions.PartnerApplied, AuditActions.PartnerApproved, AuditActions.PartnerCreated, AuditActions.PartnerRejected, AuditActions.PartnerSuspended, AuditActions.PartnerReinstated, AuditActions.PartnerClosed,
        AuditActions.PartnerChanged,
    ];

    private readonly Lazy<JsonElement> _details = new(() => Details is null ? default : JsonDocument.Parse(Details).RootElement);

    /// <summary>An id or a count in the details; null when it is not there.</summary>
    public long? Number(string name) => Find(name) is { ValueKind: JsonValueKind.Number } value ? value.GetInt64() : null;

    /// <summary>A word in the details; null when it is not there.</summary>
    public string? Word(string name) => Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>Something in the details that is true.</summary>
    public bool Flag(string name) => Find(name) is { ValueKind: JsonValueKind.True };

    private JsonElement? Find(string name) => _details.Value.ValueKind is JsonValueKind.Object && _details.Value.TryGetProperty(name, out var value) ? value : null;
}
