using PartnerPortal.Email;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Support;

/// <summary>
/// The HTML of a message, secrets masked, for the frame on its page. It has a policy of its own: mail carries its styles in itself, which the portal's pages may not, and a
/// frame without an address of its own would inherit the page's policy.
/// </summary>
public static class MailPreviewEndpoint
{
    public static async Task<IResult> Get(long id, HttpContext context, MailLogQueries mail, ActorSource actors, CancellationToken ct)
    {
        var message = await mail.GetAsync(id, await actors.GetAsync(context.User, ct), ct);
        if (message is null or { Html.Length: 0 })
        {
            return Results.NotFound();
        }

        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; sandbox";
        context.Response.Headers.CacheControl = "no-store";
        return Results.Content(message.Html, "text/html; charset=utf-8");
    }
}
