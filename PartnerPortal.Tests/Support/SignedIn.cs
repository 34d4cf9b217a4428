using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PartnerPortal.Identity;

namespace PartnerPortal.Tests.Support;

/// <summary>Browsers without a screen: they keep cookies, do not follow redirects, and may be signed in without a form.</summary>
public static class SignedIn
{
    /// <summary>Nobody in particular.</summary>
    public static HttpClient Visitor(TestPortal portal, string language = "en")
    {
        var client = portal.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true });
        client.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
        return client;
    }

    /// <summary>Carries the sign-in cookie that the portal itself would give this person.</summary>
    public static async Task<HttpClient> SignedInClient(TestPortal portal, Actor actor, string language = "en")
    {
        var cookie = await CookieAsync(portal, actor);
        var client = portal.CreateDefaultClient(new Uri("http://localhost"), new SessionHandler(cookie));
        client.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
        return client;
    }

    /// <summary>The client of anybody: somebody who is not signed in gets no cookie.</summary>
    public static Task<HttpClient> ClientAsync(TestPortal portal, Actor actor) =>
        actor.IsSignedIn ? SignedInClient(portal, actor) : Task.FromResult(Visitor(portal));

    /// <summary>"name=value" of the sign-in cookie, also for a real browser.</summary>
    public static async Task<string> CookieAsync(TestPortal portal, Actor actor) => (await SessionAsync(portal, actor)).ToString();

    /// <summary>The sign-in cookie, valid for a day of the portal's clock.</summary>
    public static Task<System.Net.Cookie> SessionAsync(TestPortal portal, Actor actor) => portal.InScopeAsync(async services =>
    {
        var users = services.GetRequiredService<UserManager<PortalUser>>();
        var user = await users.FindByIdAsync(actor.UserId!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture))
            ?? throw new InvalidOperationException("There is no such user.");
        var principal = await services.GetRequiredService<IUserClaimsPrincipalFactory<PortalUser>>().CreateAsync(user);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var ticket = new AuthenticationTicket(principal, new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddDays(1) }, IdentityConstants.ApplicationScheme);
        var options = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        return new System.Net.Cookie(options.Cookie.Name!, options.TicketDataFormat.Protect(ticket));
    });

    /// <summary>Keeps the cookies of its answers beside the session, as <c>CreateDefaultClient</c> keeps none.</summary>
    private sealed class SessionHandler(string session) : DelegatingHandler
    {
        private readonly System.Net.CookieContainer _cookies = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var others = _cookies.GetCookieHeader(request.RequestUri!);
            request.Headers.Add("Cookie", others.Length == 0 ? session : $"{session}; {others}");
            var response = await base.SendAsync(request, cancellationToken);
            if (response.Headers.TryGetValues("Set-Cookie", out var set))
            {
                foreach (var line in set)
                {
                    _cookies.SetCookies(request.RequestUri!, line);
                }
            }

            return response;
        }
    }
}
