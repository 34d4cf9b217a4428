using Microsoft.AspNetCore.Mvc;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.AccessGrants;

/// <summary>Beginning and ending to act for a client: forms post here, with or without script, as a cookie is written.</summary>
public static class ActingEndpoints
{
    public static async Task<IResult> Start([FromForm] long grantId, HttpContext context, ActorSource actors, ActingCookie cookie, StartActing start, CancellationToken ct)
    {
        var session = await start.ExecuteAsync(grantId, await actors.GetAsync(context.User, ct), ct);
        if (session.Ok)
        {
            cookie.Write(context, session.Value);
        }

        // One that was ended meanwhile leads to the same page, which says that nobody is acted for.
        return session.Error is NotAllowed ? Results.Forbid() : Results.LocalRedirect(PortalUrls.Acting);
    }

    /// <summary>Ends it in all tabs of the browser.</summary>
    /// <param name="sessionId">Of the page's banner: a page that was left open stops no other than its own. As a field of a form it is taken with a token only.</param>
    public static async Task<IResult> Stop([FromForm] long sessionId, HttpContext context, ActorSource actors, StopActing stop, CancellationToken ct)
    {
        var actor = await actors.GetAsync(context.User, ct);
        if (actor.Acting?.SessionId == sessionId)
        {
            await stop.ExecuteAsync(actor, ct);
            ActingCookie.Delete(context);
        }

        return Results.LocalRedirect(PortalUrls.Acting);
    }
}
