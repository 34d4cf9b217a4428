using PartnerPortal.Features.Accounts;

namespace PartnerPortal.Features.Notifications;

/// <summary>Something to tell those who may see it.</summary>
/// <param name="Kind">What; says who reads it.</param>
/// <param name="AccountId">Whose members; null for staff.</param>
/// <param name="At">UTC.</param>
public sealed record NotificationDraft(NotificationKind Kind, long? AccountId, DateTime At)
{
    /// <summary>See <see cref="Notification.RecordId"/>; null where it is to be found by the client.</summary>
    public long? RecordId { get; init; }

    public long? ClientId { get; init; }

    public long? SubjectId { get; init; }

    /// <summary>At most <see cref="Notification.DetailLength"/> characters.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Of a message: what it says in a language.</summary>
    public Func<string, string>? Words { get; init; }

    public string? Href { get; init; }

    /// <summary>Who did it, and need not be told; null for nobody in particular.</summary>
    public long? ByUserId { get; init; }

    /// <summary>Several of a day stand in one line, with their number.</summary>
    public bool Merges => Kind is NotificationKind.ClientJoined or NotificationKind.ClientRefused or NotificationKind.ClientLeft or NotificationKind.ClientMoved or NotificationKind.InvitationBounced
        or NotificationKind.Purchase or NotificationKind.Refund or NotificationKind.CommissionAvailable or NotificationKind.FlagRaised or NotificationKind.PayoutWaits;
}
