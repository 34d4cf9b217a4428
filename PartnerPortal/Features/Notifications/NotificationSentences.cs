using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Resources;

namespace PartnerPortal.Features.Notifications;

/// <summary>Says a line in the reader's language.</summary>
internal static class NotificationSentences
{
    public static string Say(this IStringLocalizer<NotificationsText> text, NotificationLine line) => line.Kind switch
    {
        NotificationKind.Message => line.Name is { } about ? text["Message.About", line.Words, about] : line.Words,
        NotificationKind.ClientJoined or NotificationKind.ClientRefused or NotificationKind.ClientLeft or NotificationKind.InvitationBounced =>
            line is { Count: 1, Name: { } name } ? text["One." + line.Kind, name] : text.Counted($"Many.{line.Kind}", line.Count),
        NotificationKind.ClientMoved => line is { Count: 1, Name: { } moved } ? text["Moved." + line.Detail, moved] : text.Counted($"ManyMoved.{line.Detail}", line.Count),
        NotificationKind.Purchase or NotificationKind.Refund => line is { Count: 1, Name: { } buyer, Amount: { } sum } ? text["One." + line.Kind, buyer, sum] : text.Counted($"Many.{line.Kind}", line.Count),
        NotificationKind.CommissionAvailable => text["CommissionAvailable"],
        NotificationKind.PayoutPaid or NotificationKind.PayoutFailed => line.Amount is { } paid ? text["One." + line.Kind, paid] : text["Plain." + line.Kind],
        NotificationKind.PartnerStanding => text["Standing." + line.Detail],
        NotificationKind.AccessAnswered => line.Name is { } client ? text["Access." + line.Detail, client] : text["PlainAccess." + line.Detail],
        NotificationKind.ClaimAsked => text["ClaimAsked"],
        NotificationKind.ClaimDecided => text["ClaimDecided"],
        NotificationKind.PartnerChanged => line.Name is { } partner ? text["PartnerChanged", partner] : text["PartnerChanged.None"],
        NotificationKind.AccessAsked => text["AccessAsked"],
        NotificationKind.Application => line.Name is { } applicant ? text["Application", applicant] : text["Application.Plain"],
        NotificationKind.ClaimWaits => text["ClaimWaits." + line.Detail],
        NotificationKind.FlagRaised or NotificationKind.PayoutWaits => text.Counted($"Many.{line.Kind}", line.Count),
    };
}
