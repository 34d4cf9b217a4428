using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using PartnerPortal.Features.AccessGrants;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Api;
using PartnerPortal.Features.Automations.Templates;
using PartnerPortal.Features.Claims;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.MailReports;
using PartnerPortal.Features.Notifications;
using PartnerPortal.Features.Orders;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Features.Purchases.Stripe;
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
        var open = new OpenWhileActingAttribute();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous().WithMetadata(open);
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") }).AllowAnonymous().WithMetadata(open);
        app.MapGet(PortalUrls.Culture, CultureEndpoint.Set).AllowAnonymous().WithMetadata(open);
        app.MapPost(PortalUrls.SwitchAccount, AccountEndpoints.Switch).RequireAuthorization(Policies.Account);
        app.MapPost(PortalUrls.StartActing, ActingEndpoints.Start).RequireAuthorization();
        app.MapPost(PortalUrls.StopActing, ActingEndpoints.Stop).RequireAuthorization(Policies.AlsoActing).WithMetadata(open);
        app.MapGet(PortalUrls.ConsentsCsv, ConsentsCsvEndpoint.Get).RequireAuthorization(Policies.Support);
        app.MapGet(PortalUrls.AccessDiaryCsv, DiaryCsvEndpoint.Get).RequireAuthorization(Policies.Account);
        app.MapGet(PortalUrls.Logo, LogoEndpoint.Get).AllowAnonymous().WithMetadata(open);
        app.MapGet(PortalUrls.BrandSheet, BrandSheetEndpoint.Get).AllowAnonymous().WithMetadata(open);
        // The most visited address needs nothing of what stands between routing and endpoints.
        app.MapMethods("/r/{code}", [HttpMethods.Get, HttpMethods.Head], ReferralLinkEndpoint.Open).AllowAnonymous().ShortCircuit();
        app.MapGet(PortalUrls.EnterCode, EnterCodeEndpoint.Get).AllowAnonymous().RequireRateLimiting(RateLimits.Codes);
        app.MapGet(PortalUrls.SupportMessagePreviewPattern, MailPreviewEndpoint.Get).RequireAuthorization(Policies.Support);
        app.MapGet(PortalUrls.ClientsCsv, ClientsCsvEndpoint.Get).RequireAuthorization(Policies.Partner);
        app.MapGet(PortalUrls.ClaimFilePattern, ClaimFileEndpoint.Get).RequireAuthorization();
        app.MapGet(PortalUrls.WalletCsv, WalletCsvEndpoint.Get).RequireAuthorization(Policies.Money);
        app.MapGet(PortalUrls.WalletStatementPattern, WalletStatementEndpoint.Get).RequireAuthorization(Policies.Money);
        app.MapGet(PortalUrls.PayoutStatementPattern, PayoutStatementEndpoint.Get).RequireAuthorization();
        app.MapGet(PortalUrls.BankFilePattern, BankFileEndpoint.Get).RequireAuthorization(Policies.Support);
        app.MapApi();
        app.MapGet(PortalUrls.InvoicePdfPattern, InvoicePdfEndpoint.Get).RequireAuthorization(Policies.Invoices).WithMetadata(new OpenWhileActingAttribute(AccessScopes.ViewPurchases));
        app.MapGet(PortalUrls.StopInvitationsAtOncePattern, StopInvitationsEndpoint.Open).AllowAnonymous();
        app.MapPost(PortalUrls.StopInvitationsAtOncePattern, StopInvitationsEndpoint.Stop).AllowAnonymous().DisableAntiforgery().RequireRateLimiting(RateLimits.Codes);
        app.MapGet(PortalUrls.StopNotificationsAtOncePattern, StopNotificationsEndpoint.Open).AllowAnonymous();
        app.MapPost(PortalUrls.StopNotificationsAtOncePattern, StopNotificationsEndpoint.Stop).AllowAnonymous().DisableAntiforgery().RequireRateLimiting(RateLimits.Codes);
        app.MapGet(PortalUrls.StopAutomationMailAtOncePattern, StopAutomationMailEndpoint.Open).AllowAnonymous();
        app.MapPost(PortalUrls.StopAutomationMailAtOncePattern, StopAutomationMailEndpoint.Stop).AllowAnonymous().DisableAntiforgery().RequireRateLimiting(RateLimits.Codes);
        app.MapGet(PortalUrls.MailTemplatePreviewPattern, TemplatePreviewEndpoints.Filled).RequireAuthorization(Policies.Owner);
        app.MapGet(PortalUrls.MailTemplateDraftPattern, TemplatePreviewEndpoints.Draft).RequireAuthorization(Policies.Owner);
        app.MapPost(PortalUrls.MailWebhook, MailWebhookEndpoint.Take).AllowAnonymous();
        app.MapPost(PortalUrls.StripeWebhook, StripeEndpoint.Take).AllowAnonymous();
        app.MapGet(PortalUrls.QrSvg("{code}"), QrEndpoints.Svg).RequireAuthorization(Policies.Account);
        app.MapGet(PortalUrls.QrPng("{code}"), QrEndpoints.Png).RequireAuthorization(Policies.Account);
        app.MapGet(PortalUrls.Register, RegisterEndpoint.Get).AllowAnonymous().RequireRateLimiting(RateLimits.Codes);
        app.MapGet(PortalUrls.ReferralCodeCheckPattern, CodeCheckEndpoint.Get).AllowAnonymous().RequireRateLimiting(RateLimits.Codes);
    }
}
