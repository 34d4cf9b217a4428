using Microsoft.AspNetCore.Authorization;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Startup;

/// <summary>Hides the addresses of sections that clients' accounts do not show: from clients, and from visitors what they could open. A visitor who has to sign in first is led there.</summary>
internal sealed class SectionMiddleware(RequestDelegate next, ProgramSettingsSource settings, ActorSource actors)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var program = await settings.GetAsync(context.RequestAborted);
        if (program.HiddenSections is not ClientSection.None
            && context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } pattern } endpoint
            && program.Hides(pattern)
            && await IsHiddenAsync(context, endpoint, pattern))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await next(context);
    }

    private async Task<bool> IsHiddenAsync(HttpContext context, RouteEndpoint endpoint, string pattern)
    {
        var actor = await actors.GetAsync(context.User, context.RequestAborted);
        return actor.IsSignedIn ? !actor.Opens(pattern) : endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
    }
}
