using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace PartnerPortal.Identity;

/// <summary>
/// Acting for a client is a matter of one browser's sign-in: a sealed cookie beside the session's names the recorded start, whose it is and under which sign-in. It gives nothing
/// by itself; each request and each action asks the database whether that start and its grant still hold. Kept apart from the session's cookie, which any answer may renew.
/// </summary>
public sealed class ActingCookie(IDataProtectionProvider protection)
{
    public const string Name = "portal.acting";

    private readonly IDataProtector _protector = protection.CreateProtector("PartnerPortal.Acting");

    /// <summary>Until the browser is closed, or it is stopped.</summary>
    public void Write(HttpContext context, long sessionId) => context.Response.Cookies.Append(Name, _protector.Protect(Write(sessionId, context.User)), new CookieOptions
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
        Secure = context.Request.IsHttps,
        Path = "/",
    });

    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(Name, new CookieOptions { Path = "/", HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps });

    /// <returns>The start's id as a claim of the request alone; null when the cookie is none, or another's, or of an earlier sign-in.</returns>
    public ClaimsIdentity? Read(string cookie, ClaimsPrincipal principal)
    {
        string text;
        try
        {
            text = _protector.Unprotect(cookie);
        }
        catch (CryptographicException)
        {
            return null;
        }

        var id = text.Split('|')[0];
        return long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var sessionId) && text == Write(sessionId, principal)
            ? new ClaimsIdentity([new Claim(ActorSource.ActingClaim, id)])
            : null;
    }

    private static string Write(long sessionId, ClaimsPrincipal principal) =>
        FormattableString.Invariant($"{sessionId}|{principal.FindFirstValue(ClaimTypes.NameIdentifier)}|{principal.FindFirstValue(SessionCheck.SessionClaim)}");
}
