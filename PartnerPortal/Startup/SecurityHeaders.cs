using Microsoft.Extensions.Options;
using PartnerPortal.Features.Purchases.Stripe;
using PartnerPortal.Shared;

namespace PartnerPortal.Startup;

/// <summary>What every answer says to the browser about what it may do: no foreign script, no framing, no address with a token sent on.</summary>
internal static class SecurityHeaders
{
    // Our bars and columns set style attributes; without 'unsafe-inline' for attributes they break (tried). Scripts and style sheets come from files only.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; style-src-elem 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
        + "connect-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app)
    {
        var policy = PolicyFor(app.ApplicationServices.GetRequiredService<IOptions<SignInOptions>>().Value, app.ApplicationServices.GetRequiredService<IOptions<StripeOptions>>().Value);
        return app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                var headers = context.Response.Headers;
                headers.TryAdd("Content-Security-Policy", policy);
                headers.TryAdd("X-Content-Type-Options", "nosniff");
                headers.TryAdd("Referrer-Policy", "same-origin");
                headers.TryAdd("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
                if (context.Request.Path == PortalUrls.ProductScript && context.Response.StatusCode is (StatusCodes.Status200OK or StatusCodes.Status304NotModified))
                {
                    // For sites of others, which include it by an address that never changes.
                    headers.AccessControlAllowOrigin = "*";
                    headers["Cross-Origin-Resource-Policy"] = "cross-origin";
                    headers.CacheControl = "public, max-age=3600";
                }

                return Task.CompletedTask;
            });
            return next(context);
        });
    }

    // A browser holds form-action against the redirects that follow a form too: sending it may lead to a sign-in provider, or to where an order is paid by card.
    private static string PolicyFor(SignInOptions signIn, StripeOptions stripe)
    {
        var places = signIn.Configured.Select(p => p.Provider.AuthorizationEndpoint).Concat(stripe.TakesCards ? [stripe.CheckoutAddress] : []);
        return $"{Policy}; form-action {string.Join(' ', places.Select(p => new Uri(p).GetLeftPart(UriPartial.Authority)).Prepend("'self'").Distinct())}";
    }
}
