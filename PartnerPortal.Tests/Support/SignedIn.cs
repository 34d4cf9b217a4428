using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PartnerPortal.Identity;

namespace PartnerPortal.Tests.Support;

/// <summary>Clients with the cookie that the portal itself would give, without the sign-in page. They follow no redirect.</summary>
public static class SignedIn
{
    /// <param name="portal">The portal to call.</param>
    /// <param name="actor">Who is signed in; somebody who is not signed in gets no cookie.</param>
    public static async Task<HttpClient> ClientAsync(TestPortal portal, Actor actor)
    {
        var client = portal.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        if (actor.IsSignedIn)
        {
            client.DefaultRequestHeaders.Add("Cookie", await CookieAsync(portal, actor));
        }

        return client;
    }

    /// <summary>"name=value" of the sign-in cookie, also for a real browser.</summary>
    public static async Task<string> CookieAsync(TestPortal portal, Actor actor) => (await SessionAsync(portal, actor)).ToString();

    /// <summary>The sign-in cookie, valid for a day of the portal's clock.</summary>
    public static Task<Cookie> SessionAsync(TestPortal portal, Actor actor) => portal.InScopeAsync(async services =>
    {
        var id = actor.UserId ?? throw new ArgumentException("Nobody in particular cannot be signed in.", nameof(actor));
        var users = services.GetRequiredService<UserManager<PortalUser>>();
        var user = await users.FindByIdAsync(id.ToString(CultureInfo.InvariantCulture)) ?? throw new InvalidOperationException("There is no such user.");
        var principal = await services.GetRequiredService<IUserClaimsPrincipalFactory<PortalUser>>().CreateAsync(user);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var ticket = new AuthenticationTicket(principal, new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddDays(1) }, IdentityConstants.ApplicationScheme);
        var options = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        return new Cookie(options.Cookie.Name!, options.TicketDataFormat.Protect(ticket));
    });
}
