namespace PartnerPortal.Features.Api;

/// <summary><c>/openapi/v1.json</c>, for anybody, from anywhere: what it says is no secret.</summary>
internal static class ApiDocumentEndpoint
{
    public static IResult Get(HttpContext context, ApiDocument document)
    {
        var (bytes, version) = document.Served;
        context.Response.Headers.AccessControlAllowOrigin = "*";
        context.Response.Headers.CacheControl = "public, max-age=300";
        return Results.Bytes(bytes, "application/json; charset=utf-8", entityTag: new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{version}\""));
    }
}
