using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Startup;

/// <summary>
/// Makes a request one of somebody who acts for a client, when its browser carries the cookie for it, and closes every address that is not marked as open meanwhile. When the access has
/// ended, the page that says so is shown once instead of what was asked for, so that nobody takes its own account for the client's.
/// </summary>
internal sealed class ActingMiddleware(RequestDelegate next, ActingCookie cookies, ActorSource actors)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Cookies.TryGetValue(ActingCookie.Name, out var cookie) || IsOfTheFramework(context, out var isCircuit))
        {
            await next(context);
            return;
        }

        if (cookies.Read(cookie, context.User) is not { } identity)
        {
            ActingCookie.Delete(context);
            await next(context);
            return;
        }

        var itself = context.User;
        context.User = new ClaimsPrincipal(itself.Identities.Append(identity));
        if (isCircuit)
        {
            // Its page is refused whatever it asks for, and told to load anew; that request says why.
            await next(context);
            return;
        }

        var actor = await actors.GetAsync(context.User, context.RequestAborted);
        var mark = context.GetEndpoint()?.Metadata.GetMetadata<OpenWhileActingAttribute>();
        if (actor.Acting is { } acting)
        {
            var isOpen = context.GetEndpoint() is null || (mark is not null && (mark.Scope is AccessScopes.None || acting.Allows(mark.Scope)));
            await (isOpen ? next(context) : LeadTo(context, PortalUrls.ActingElsewhere));
            return;
        }

        ActingCookie.Delete(context);
        context.User = itself;
        // What was sent from the client's page is not carried out in one's own account.
        var isHarmless = mark is { Scope: AccessScopes.None } && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method));
        await (isHarmless ? next(context) : LeadTo(context, PortalUrls.Acting));
    }

    private static Task LeadTo(HttpContext context, string address)
    {
        context.Response.Redirect(address);
        return Task.CompletedTask;
    }

    /// <summary>Files are for anybody. What a circuit carries is asked for at each action.</summary>
    private static bool IsOfTheFramework(HttpContext context, out bool isCircuit)
    {
        isCircuit = context.Request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal);
        return !isCircuit && (context.GetEndpoint()?.Metadata.GetMetadata<ExcludeFromWalk>() is not null || context.Request.Path.StartsWithSegments("/_framework", StringComparison.Ordinal));
    }
}

/// <summary>
/// Ties every form to the one for whom its page was drawn: a form of one's own account that is sent after acting began in another tab, or the other way round, is refused and not carried
/// out for the wrong one.
/// </summary>
internal sealed class ActingForms : IAntiforgeryAdditionalDataProvider
{
    public string GetAdditionalData(HttpContext context) => context.User.FindFirstValue(ActorSource.ActingClaim) ?? "";

    public bool ValidateAdditionalData(HttpContext context, string additionalData) => additionalData == GetAdditionalData(context);
}
