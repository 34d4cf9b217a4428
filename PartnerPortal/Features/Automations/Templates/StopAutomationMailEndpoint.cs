using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations.Templates;

/// <summary><c>/unsubscribe/mail/{token}/one-click</c>: a mail program posts to it when its reader stops such mail (RFC 8058); whoever opens it comes to the page that asks first.</summary>
internal static class StopAutomationMailEndpoint
{
    public static IResult Open(string token) => Results.LocalRedirect(PortalUrls.StopAutomationMail(Uri.EscapeDataString(token)));

    public static async Task<IResult> Stop(string token, StopAutomationMail stop, CancellationToken ct) => (await stop.ExecuteAsync(token, stop: true, ct)).Ok ? Results.Ok() : Results.NotFound();
}
