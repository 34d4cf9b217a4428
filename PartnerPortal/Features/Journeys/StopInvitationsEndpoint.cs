using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary><c>/unsubscribe/{token}/one-click</c>: a mail program posts to it when its reader stops such mail (RFC 8058); whoever opens it comes to the page that asks first.</summary>
internal static class StopInvitationsEndpoint
{
    public static IResult Open(string token) => Results.LocalRedirect(PortalUrls.StopInvitations(Uri.EscapeDataString(token)));

    public static async Task<IResult> Stop(string token, StopInvitations stop, CancellationToken ct) =>
        LinkToken.IsWellFormed(token) && (await stop.ExecuteAsync(token, stop: true, ct)).Ok ? Results.Ok() : Results.NotFound();
}
