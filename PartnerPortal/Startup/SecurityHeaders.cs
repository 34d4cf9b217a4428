using Microsoft.Extensions.Options;

namespace PartnerPortal.Startup;

/// <summary>What every answer says to the browser about what it may do: no foreign script, no framing, no address with a token sent on.</summary>
internal static class SecurityHeaders
{
    // Radzen's dialogs and our bars set style attributes; without 'unsafe-inline' for attributes they break (tried). Scripts and style sheets come from files only.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; style-src-elem 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
        + "connect-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app)
    {
        var policy = PolicyFor(app.ApplicationServices.GetRequiredService<IOptions<SignInOptions>>().Value);
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

    // A browser holds form-action against the redirects that follow a form too: sending it may lead to a sign-in provider.
    private static string PolicyFor(SignInOptions signIn) =>
        $"{Policy}; form-action {string.Join(' ', signIn.Configured.Select(p => new Uri(p.Provider.AuthorizationEndpoint).GetLeftPart(UriPartial.Authority)).Prepend("'self'").Distinct())}";
}
