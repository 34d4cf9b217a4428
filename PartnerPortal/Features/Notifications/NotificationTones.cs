using PartnerPortal.Features.Accounts;

namespace PartnerPortal.Features.Notifications;

/// <summary>How a kind is drawn.</summary>
internal static class NotificationTones
{
    public static string Icon(this NotificationKind kind) => kind switch
    {
        NotificationKind.ClientJoined => "joined",
        NotificationKind.ClientRefused or NotificationKind.ClientLeft => "logout",
        NotificationKind.ClientMoved or NotificationKind.PartnerChanged => "swap",
        NotificationKind.InvitationBounced => "warning",
        NotificationKind.Purchase => "tag",
        NotificationKind.Refund => "undo",
        NotificationKind.CommissionAvailable => "coin",
        NotificationKind.PayoutPaid or NotificationKind.PayoutWaits => "payout",
        NotificationKind.PayoutFailed => "alert",
        NotificationKind.PartnerStanding or NotificationKind.Application => "building",
        NotificationKind.AccessAnswered or NotificationKind.AccessAsked => "key",
        NotificationKind.ClaimAsked or NotificationKind.ClaimDecided or NotificationKind.ClaimWaits => "flag",
        NotificationKind.FlagRaised => "shield",
        NotificationKind.Message => "chat",
    };
}
