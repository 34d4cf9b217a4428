using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Identity;

namespace PartnerPortal.Startup;

/// <summary>Ties the sign-in cookie to a row of its own, so that a person sees where it is signed in and can end it there.</summary>
internal static class SessionCookies
{
    public static void Add(CookieAuthenticationEvents events)
    {
        events.OnSigningIn = OpenAsync;
        events.OnValidatePrincipal = ValidateAsync;
        events.OnSigningOut = context => context.HttpContext.User.FindFirstValue(SessionCheck.SessionClaim) is { } key
            ? context.HttpContext.RequestServices.GetRequiredService<EndSessions>().SignedOutAsync(key, CancellationToken.None)
            : Task.CompletedTask;
    }

    /// <summary>The claims are renewed now and then: the session stays the same.</summary>
    public static Task CarryOver(SecurityStampRefreshingPrincipalContext context)
    {
        Add(context.NewPrincipal, context.CurrentPrincipal?.FindFirstValue(SessionCheck.SessionClaim));
        return Task.CompletedTask;
    }

    private static async Task OpenAsync(CookieSigningInContext context)
    {
        var userId = context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier);
        if (userId is null || context.Principal!.HasClaim(c => c.Type == SessionCheck.SessionClaim))
        {
            return;
        }

        var before = context.HttpContext.User;
        var key = before.FindFirstValue(ClaimTypes.NameIdentifier) == userId ? before.FindFirstValue(SessionCheck.SessionClaim) : null;
        Add(context.Principal, key ?? await OpenAsync(context.HttpContext, long.Parse(userId, CultureInfo.InvariantCulture)));
    }

    private static async Task<string> OpenAsync(HttpContext context, long userId)
    {
        var source = await context.RequestServices.GetRequiredService<SourceSeal>().OfAsync(context.Connection.RemoteIpAddress, context.RequestAborted);
        return await context.RequestServices.GetRequiredService<OpenSession>().ExecuteAsync(userId, context.Request.Headers.UserAgent.ToString(), source, context.RequestAborted);
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        await SecurityStampValidator.ValidatePrincipalAsync(context);
        // The validator looks once a minute and renews the claims; a session that was ended must not live on for that long.
        var sessions = context.HttpContext.RequestServices.GetRequiredService<SessionCheck>();
        if (context.Principal is { } principal && !await sessions.HoldsAsync(principal, context.HttpContext.RequestAborted))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
        }
    }

    private static void Add(ClaimsPrincipal? principal, string? key)
    {
        if (key is not null && principal?.Identity is ClaimsIdentity identity)
        {
            identity.AddClaim(new Claim(SessionCheck.SessionClaim, key));
        }
    }
}
