using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using PartnerPortal.Identity;

namespace PartnerPortal.Areas.Identity;

/// <summary>
/// Whom a provider has sent back, and what this browser may still do with it. A sign-in that is to be connected later, once the person showed that the account or the address is
/// its own, waits sealed in a cookie: so it can be connected only by the browser that it was made in.
/// </summary>
public sealed class ExternalSignIns(SignInManager<PortalUser> signIn, IDataProtectionProvider protection, TimeProvider clock)
{
    private const string CookieName = "portal.provider";

    private readonly IDataProtector _protector = protection.CreateProtector("PartnerPortal.ExternalSignIns");

    /// <summary>The names of the providers that are set up.</summary>
    public async Task<IReadOnlyList<string>> ProvidersAsync() => [.. (await signIn.GetExternalAuthenticationSchemesAsync()).Select(s => s.Name)];

    /// <summary>Sends the browser to a provider.</summary>
    /// <param name="provider">One of <see cref="ProvidersAsync"/>.</param>
    /// <param name="returnPath">Where to go on afterwards.</param>
    /// <param name="userId">Who is signed in and connects it; null when signing in.</param>
    public AuthenticationProperties Leave(string provider, string returnPath, string? userId = null) => signIn.ConfigureExternalAuthenticationProperties(provider, returnPath, userId);

    /// <summary>Whom the provider sent back just now; null when nobody, or too long ago.</summary>
    /// <param name="userId">As given to <see cref="Leave"/>.</param>
    public async Task<ExternalIdentity?> ReadAsync(string? userId = null) => await signIn.GetExternalLoginInfoAsync(userId) is { } info ? ExternalIdentity.Of(info) : null;

    /// <summary>What the provider said is no longer needed.</summary>
    public Task ForgetAsync(HttpContext context) => context.SignOutAsync(IdentityConstants.ExternalScheme);

    /// <summary>Keeps the sign-in until its owner shows that what it is bound to is its own.</summary>
    /// <param name="context">The request.</param>
    /// <param name="identity">The sign-in.</param>
    /// <param name="boundTo">An account's normalised address, or a registration's proof.</param>
    /// <param name="lasts">How long.</param>
    public void Keep(HttpContext context, ExternalIdentity identity, string boundTo, TimeSpan lasts)
    {
        var waiting = new Waiting(identity, boundTo, clock.GetUtcNow() + lasts);
        context.Response.Cookies.Append(CookieName, _protector.Protect(JsonSerializer.Serialize(waiting)), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            IsEssential = true,
            MaxAge = lasts,
        });
    }

    /// <summary>The kept sign-in that is bound to this; null when none is.</summary>
    public ExternalIdentity? Kept(HttpContext context, string? boundTo)
    {
        if (boundTo is null || context.Request.Cookies[CookieName] is not { Length: > 0 } cookie)
        {
            return null;
        }

        try
        {
            var waiting = JsonSerializer.Deserialize<Waiting>(_protector.Unprotect(cookie));
            return waiting is not null && waiting.Until > clock.GetUtcNow() && string.Equals(waiting.BoundTo, boundTo, StringComparison.Ordinal) ? waiting.Identity : null;
        }
        catch (CryptographicException)
        {
            // Forged, or sealed with a key that is gone: as if there were none.
            return null;
        }
    }

    public static void Drop(HttpContext context) => context.Response.Cookies.Delete(CookieName);

    private sealed record Waiting(ExternalIdentity Identity, string BoundTo, DateTimeOffset Until);
}
