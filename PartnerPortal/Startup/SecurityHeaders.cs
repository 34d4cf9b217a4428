using Microsoft.Extensions.Options;
using PartnerPortal.Features.Purchases.Stripe;

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
