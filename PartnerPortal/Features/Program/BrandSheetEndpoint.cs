using Microsoft.Net.Http.Headers;

namespace PartnerPortal.Features.Program;

/// <summary><c>/brand.css</c>: the program's own colours, for pages. A file, because the content policy allows no style sheet inside of a page.</summary>
public static class BrandSheetEndpoint
{
    /// <param name="v">The version that a page names: its content never changes, so it is asked for once.</param>
    public static async Task<IResult> Get(string? v, HttpContext context, ProgramSettingsSource settings, CancellationToken ct)
    {
        if (BrandSheet.Of(await settings.GetAsync(ct)) is not { } sheet)
        {
            return Results.NotFound();
        }

        // A node that has not heard of a change yet must not have the old sheet kept under the new one's name.
        context.Response.Headers.CacheControl = v == sheet.Version ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Bytes(sheet.Css, "text/css; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{sheet.Version}\""));
    }
}
