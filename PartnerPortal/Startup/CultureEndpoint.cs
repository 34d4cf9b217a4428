using Microsoft.AspNetCore.Localization;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Startup;

/// <summary><c>/culture?c=es&amp;returnUrl=/…</c>: the reader picks a language; kept in a cookie, and with the user when signed in.</summary>
internal static class CultureEndpoint
{
    public const string CookieName = "portal.culture";

    public static async Task<IResult> Set(string? c, string? returnUrl, HttpContext context, ActorSource actors, ChangeLanguage change, CancellationToken ct)
    {
        var language = Languages.Nearest(c);
        Remember(context, language);
        var actor = await actors.GetAsync(context.User, ct);
        if (actor.IsSignedIn)
        {
            await change.ExecuteAsync(language, actor, ct);
        }

        return Results.LocalRedirect(LocalPath.OrDefault(returnUrl, PortalUrls.Landing));
    }

    public static void Remember(HttpContext context, string language) => context.Response.Cookies.Append(
        CookieName,
        CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)),
        new CookieOptions { MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true, Secure = context.Request.IsHttps });
}
