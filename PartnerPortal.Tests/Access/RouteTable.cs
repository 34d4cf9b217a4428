using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Shared;
using PartnerPortal.Startup;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Access;

/// <summary>One address of the running portal.</summary>
/// <param name="Pattern">Parameters without their names and constraints: <c>/clients/{}</c>.</param>
/// <param name="Methods">HTTP methods; empty when any is taken.</param>
/// <param name="Metadata">Of the endpoint.</param>
public sealed record Route(string Pattern, IReadOnlyList<string> Methods, EndpointMetadataCollection Metadata)
{
    /// <summary>A file for anybody, with its reason.</summary>
    public ExcludeFromWalk? Excluded => Metadata.GetMetadata<ExcludeFromWalk>();

    public bool IsAnonymous => Metadata.GetMetadata<IAllowAnonymous>() is not null || Metadata.GetMetadata<IAuthorizeData>() is null;

    public bool TakesPosts => Methods.Count == 0 || Methods.Contains("POST");

    public bool TakesGets => Methods.Count == 0 || Methods.Contains("GET");

    /// <summary>A page for people: a component with an address, or one of Identity's.</summary>
    public bool IsPage => Metadata.GetMetadata<ComponentTypeMetadata>() is not null || Metadata.GetMetadata<PageActionDescriptor>() is not null;

    public bool AsksForToken => Metadata.GetMetadata<IAntiforgeryMetadata>()?.RequiresValidation != false;
}

/// <summary>Every address that the running portal answers, whoever mapped it.</summary>
public static class RouteTable
{
    public static IReadOnlyList<Route> Of(TestPortal portal) =>
    [
        .. portal.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Distinct()
            .Select(e => new Route(Normalize(e.RoutePattern.RawText ?? ""), e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [], e.Metadata))
            .OrderBy(r => r.Pattern, StringComparer.Ordinal),
    ];

    public static string Normalize(string pattern) => ClientSections.Normalize(pattern);
}
