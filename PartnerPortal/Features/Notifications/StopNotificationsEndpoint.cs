using PartnerPortal.Shared;

namespace PartnerPortal.Features.Notifications;

/// <summary><c>/notifications/stop/{token}/one-click</c>: a mail program posts to it when its reader stops such mail (RFC 8058); whoever opens it comes to the page that asks first.</summary>
internal static class StopNotificationsEndpoint
{
    public static IResult Open(string token) => Results.LocalRedirect(PortalUrls.StopNotifications(Uri.EscapeDataString(token)));

    public static async Task<IResult> Stop(string token, StopMails stop, CancellationToken ct) => (await stop.ExecuteAsync(token, stop: true, ct)).Ok ? Results.Ok() : Results.NotFound();
}
