using PartnerPortal.Identity;

namespace PartnerPortal.Features.Claims;

/// <summary>A file of a claim, to be saved and never shown here. Whom it does not concern is not told that it is there.</summary>
public static class ClaimFileEndpoint
{
    public static async Task<IResult> Get(long id, HttpContext context, ActorSource actors, ReadClaimFile read, CancellationToken ct)
    {
        var file = await read.ExecuteAsync(id, await actors.GetAsync(context.User, ct), ct);
        if (!file.Ok)
        {
            return Results.NotFound();
        }

        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        return Results.File(file.Value.Content, file.Value.ContentType, file.Value.Name);
    }
}
