namespace PartnerPortal.Shared;

/// <summary>Those of the bell, and of the mails that say the same.</summary>
public static partial class PortalUrls
{
    /// <summary>What its reader was told.</summary>
    public const string Notifications = "/notifications";

    /// <summary>Of what, and how, its reader wants to be told.</summary>
    public const string NotificationSettings = "/notifications/settings";

    /// <summary>The pattern of <see cref="StopNotifications"/>.</summary>
    public const string StopNotificationsPattern = "/notifications/stop/{token}";

    /// <summary>The pattern of <see cref="StopNotificationsAtOnce"/>.</summary>
    public const string StopNotificationsAtOncePattern = StopNotificationsPattern + "/one-click";

    /// <summary>Where the reader of a mail stops such mail.</summary>
    public static string StopNotifications(string token) => "/notifications/stop/" + token;

    /// <summary>Where a mail program does; posted to.</summary>
    public static string StopNotificationsAtOnce(string token) => StopNotifications(token) + "/one-click";

    /// <summary>Those of one kind.</summary>
    public static string NotificationsOf(string kind) => WithQuery(Notifications, ("kind", kind));
}
