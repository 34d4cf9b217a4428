using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Referrals;

/// <summary>
/// <c>/r/{code}</c>: a person's click is counted, remembered in the signed cookie, noted with the invitation it came by, and led on to the join page.
/// What is no click (HEAD, prefetch, programs that draw previews) is led to the same place and leaves no trace.
/// </summary>
public static class ReferralLinkEndpoint
{
    /// <param name="code">From the path.</param>
    /// <param name="i">An invitation's token.</param>
    /// <param name="s">Where the link stood.</param>
    /// <param name="to">Where to go instead of the join page; only a path of this site.</param>
    public static async Task<IResult> Open(
        string code, string? i, string? s, string? to, HttpContext context, LinkLookup links, VisitRecorder visits, TouchSeal seal, ProgramSettingsSource settings, TimeProvider clock, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var partner = await links.FindAsync(code);
        var followed = FollowedLink.Of(code, partner, i, s, to, IsClick(context.Request));
        // A database that cannot take the count cannot take the rest either; the visitor goes on, and a later click is noted.
        if (followed.IsCounted && await visits.RecordAsync(partner!.AccountId, followed.Source) && followed.Invitation is { } invitation)
        {
            await NoteAsync(context, invitation, partner.AccountId, ct);
        }

        if (followed.IsRemembered)
        {
            Remember(context, seal, (await settings.GetAsync(ct)).CookieWindowDays, followed.TouchOf(partner!, clock.GetUtcNow().UtcDateTime));
        }

        return Results.Redirect(followed.Target);
    }

    private static bool IsClick(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && !LinkPreviewAgents.IsPreview(request.Headers.UserAgent)
        && !LinkPreviewAgents.IsPrefetch(name => request.Headers.TryGetValue(name, out var value) ? value.ToString() : null);

    /// <summary>The endpoint is reached before anybody is recognised: who follows an invitation is asked for here.</summary>
    private static async Task NoteAsync(HttpContext context, string invitation, long partnerId, CancellationToken ct)
    {
        var services = context.RequestServices;
        var known = await context.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        var actor = await services.GetRequiredService<ActorSource>().GetAsync(known.Principal ?? new ClaimsPrincipal(), ct);
        await services.GetRequiredService<NoteInvitationVisit>().ExecuteAsync(invitation, partnerId, actor, ct);
    }

    private static void Remember(HttpContext context, TouchSeal seal, int windowDays, Touch touch)
    {
        var touches = seal.Open(context.Request.Cookies[TouchSeal.CookieName], windowDays);
        context.Response.Cookies.Append(TouchSeal.CookieName, seal.Add(touches, touch), new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(windowDays),
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });
    }
}

/// <summary><c>/join?code=…</c>: where the fields "Have a referral code?" lead; works without script.</summary>
public static class EnterCodeEndpoint
{
    /// <param name="code">As typed: case, spaces and dashes do not matter.</param>
    public static IResult Get(string? code) => Results.Redirect(FollowedLink.TargetOfTyped(code));
}
