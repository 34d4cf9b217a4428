namespace PartnerPortal.Features.Program;

/// <summary>The program's logo, for pages and mail.</summary>
public static class LogoEndpoint
{
    public static async Task<IResult> Get(HttpContext context, ProgramSettingsSource settings, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        if (program is not { Logo: { } logo, LogoContentType: { } type })
        {
            return Results.NotFound();
        }

        // An SVG opened by itself must not run script as this site.
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "public, max-age=86400";
        return Results.Bytes(logo, type);
    }
}
