using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Components.Routing;
using PartnerPortal.Components;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Identity;

namespace PartnerPortal.Startup;

/// <summary>
/// Looks up, before an interactive page is drawn, whether its reader wants shortcuts. The document itself must not wait for a database: where it does, an exception in the
/// page is met only when the half-made tree is written, which ends the process (a stack overflow) instead of the request.
/// </summary>
internal sealed class ShortcutsMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, ActorSource actors, PreferenceQueries preferences)
    {
        if (context.User.Identity?.IsAuthenticated == true
            && context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && context.AcceptsInteractiveRouting())
        {
            var actor = await actors.GetAsync(context.User, context.RequestAborted);
            context.Features.Set(new ShortcutPreference(await preferences.FindAsync(PreferenceKeys.Shortcuts, actor, context.RequestAborted)));
        }

        await next(context);
    }
}
