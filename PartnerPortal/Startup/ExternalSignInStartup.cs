using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Identity;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Startup;

/// <summary>Sign-in with Google and Microsoft: the authorization code flow with PKCE, then the person's facts from the userinfo endpoint.</summary>
internal static class ExternalSignInStartup
{
    public static void AddExternalSignIn(this IServiceCollection services, SignInOptions options)
    {
        var authentication = services.AddAuthentication();
        foreach (var (name, provider) in options.Configured)
        {
            authentication.AddOAuth(name, name, oauth => Set(oauth, name, provider));
        }
    }

    private static void Set(OAuthOptions oauth, string name, SignInProvider provider)
    {
        (oauth.ClientId, oauth.ClientSecret) = (provider.ClientId, provider.ClientSecret);
        (oauth.AuthorizationEndpoint, oauth.TokenEndpoint, oauth.UserInformationEndpoint) = (provider.AuthorizationEndpoint, provider.TokenEndpoint, provider.UserInformationEndpoint);
        oauth.CallbackPath = PortalUrls.ProviderCallback(name);
        oauth.SignInScheme = IdentityConstants.ExternalScheme;
        oauth.UsePkce = true;
        // The provider answers with a redirect, which Lax lets through. The default, None, needs TLS, which a portal on one's own machine does not have.
        (oauth.CorrelationCookie.SameSite, oauth.CorrelationCookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        // As the portal's other cookies: not every client takes a cookie for a path other than the one it asked.
        oauth.CorrelationCookie.Path = "/";
        oauth.BackchannelTimeout = TimeSpan.FromSeconds(15);
        oauth.Scope.Add("openid");
        oauth.Scope.Add("email");
        oauth.Scope.Add("profile");
        oauth.ClaimActions.MapJsonKey(ClaimTypes.NameIdentifier, "sub");
        oauth.ClaimActions.MapJsonKey(ClaimTypes.Name, "name");
        oauth.ClaimActions.MapJsonKey(ClaimTypes.Email, "email");
        oauth.ClaimActions.MapJsonKey(ExternalIdentity.VerifiedClaim, "email_verified");
        oauth.Events.OnCreatingTicket = ReadPersonAsync;
        oauth.Events.OnRemoteFailure = context =>
        {
            // Refused there, a forged or old state, the provider down: the person can only try again or sign in otherwise. The page says so.
            context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ExternalSignInStartup))
                .LogWarning("Sign-in with {Provider} failed: {Reason}", name, context.Failure?.Message ?? "refused");
            context.Response.Redirect(PortalUrls.SignInFailedAt(name));
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    private static async Task ReadPersonAsync(OAuthCreatingTicketContext context)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, context.Options.UserInformationEndpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", context.AccessToken);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var answer = await context.Backchannel.SendAsync(request, context.HttpContext.RequestAborted);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync(context.HttpContext.RequestAborted);
        using var person = await JsonDocument.ParseAsync(body, cancellationToken: context.HttpContext.RequestAborted);
        context.RunClaimActions(person.RootElement);
        if (context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier) is null)
        {
            throw new AuthenticationFailureException("The provider named nobody.");
        }
    }
}
