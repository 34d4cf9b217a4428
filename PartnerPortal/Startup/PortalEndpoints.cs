using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Features.Support;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Startup;

/// <summary>The endpoints that are no pages. Those of a slice stand in the slice and are mapped here.</summary>
internal static class PortalEndpoints
{
    public static void MapPortalEndpoints(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") }).AllowAnonymous();
        app.MapGet(PortalUrls.Culture, CultureEndpoint.Set).AllowAnonymous();
        app.MapPost(PortalUrls.SwitchAccount, AccountEndpoints.Switch).RequireAuthorization(Policies.Account);
        app.MapGet(PortalUrls.Logo, LogoEndpoint.Get).AllowAnonymous();
        app.MapMethods("/r/{code}", [HttpMethods.Get, HttpMethods.Head], ReferralLinkEndpoint.Open).AllowAnonymous();
        app.MapGet(PortalUrls.EnterCode, EnterCodeEndpoint.Get).AllowAnonymous().RequireRateLimiting(RateLimits.Codes);
        app.MapGet(PortalUrls.Support, SupportHomeEndpoint.Get).RequireAuthorization(Policies.Support);
        app.MapGet(PortalUrls.SupportMessagePreviewPattern, MailPreviewEndpoint.Get).RequireAuthorization(Policies.Support);
        app.MapGet(PortalUrls.ClientsCsv, ClientsCsvEndpoint.Get).RequireAuthorization(Policies.Partner);
        app.MapGet(PortalUrls.QrSvg("{code}"), QrEndpoints.Svg).RequireAuthorization(Policies.Account);
        app.MapGet(PortalUrls.QrPng("{code}"), QrEndpoints.Png).RequireAuthorization(Policies.Account);
        app.MapGet(PortalUrls.Register, RegisterEndpoint.Get).AllowAnonymous().RequireRateLimiting(RateLimits.Codes);
        app.MapGet(PortalUrls.ReferralCodeCheckPattern, CodeCheckEndpoint.Get).AllowAnonymous().RequireRateLimiting(RateLimits.Codes);
    }
}
