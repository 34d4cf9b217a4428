using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PartnerPortal.Identity;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Clients;

/// <summary>A browser in which somebody is signed in, without going through the sign-in page.</summary>
internal static class SignedIn
{
    public static async Task<HttpClient> BrowserOfAsync(this TestPortal portal, Actor actor)
    {
        var cookie = await portal.InScopeAsync(async services =>
        {
            var manager = services.GetRequiredService<SignInManager<PortalUser>>();
            var user = await manager.UserManager.FindByIdAsync(actor.UserId!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
            var options = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
            var now = portal.Clock.GetUtcNow();
            var ticket = new AuthenticationTicket(
                await manager.CreateUserPrincipalAsync(user!), new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddDays(1) }, IdentityConstants.ApplicationScheme);
            return $"{options.Cookie.Name}={options.TicketDataFormat.Protect(ticket)}";
        });
        var browser = portal.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        browser.DefaultRequestHeaders.Add("Cookie", cookie);
        return browser;
    }
}
