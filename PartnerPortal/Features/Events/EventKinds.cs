namespace PartnerPortal.Features.Events;

/// <summary>What can happen, in the words that webhooks and automations use. The names are public: they do not change.</summary>
public static class EventKinds
{
    public const string ClientRegistered = "client.registered";
    public const string ClientEmailConfirmed = "client.email_confirmed";
    public const string ClientCreated = "client.created";
    public const string ClientJoined = "client.joined";
    public const string ClientRefused = "client.refused";
    public const string ClientLeft = "client.left";
    public const string ClientReassigned = "client.reassigned";
    public const string ClientShared = "client.details_shared";
    public const string ClientUnshared = "client.details_withdrawn";
    public const string InvitationSent = "invitation.sent";
    public const string InvitationDelivered = "invitation.delivered";
    public const string InvitationBounced = "invitation.bounced";
    public const string InvitationFollowed = "invitation.followed";
    public const string InvitationStopped = "invitation.stopped";
    public const string InvitationWithdrawn = "invitation.withdrawn";
    public const string InvitationExpired = "invitation.expired";
    public const string PurchaseRecorded = "purchase.recorded";
    public const string PurchaseRefunded = "purchase.refunded";
    public const string CommissionsReleased = "commission.available";
    public const string PayoutPaid = "payout.paid";
    public const string PayoutFailed = "payout.failed";
    public const string PartnerApplied = "partner.applied";
    public const string PartnerApproved = "partner.approved";
    public const string PartnerCreated = "partner.created";
    public const string PartnerRejected = "partner.rejected";
    public const string PartnerSuspended = "partner.suspended";
    public const string PartnerReinstated = "partner.reinstated";
    public const string PartnerClosed = "partner.closed";
    public const string PartnerGroupChanged = "partner.group_changed";

    /// <summary>Every kind, as they are listed.</summary>
    public static IReadOnlyList<string> All { get; } = [.. typeof(EventKinds).GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!)];

    /// <summary>What is the program's own: whether somebody who registers becomes a partner's client is not known then, who applies is no partner yet, and groups are staff's.</summary>
    private static readonly HashSet<string> OfTheProgram = [ClientRegistered, PartnerApplied, PartnerRejected, PartnerGroupChanged];

    /// <summary>The kinds that can concern a partner.</summary>
    public static IReadOnlyList<string> OfPartners { get; } = [.. All.Where(k => !OfTheProgram.Contains(k))];
}
