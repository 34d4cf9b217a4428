namespace PartnerPortal.Features.Notifications;

/// <summary>Names the texts of notifications.</summary>
public sealed class NotificationsText;
