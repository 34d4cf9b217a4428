using PartnerPortal.Features.Program;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Api;

/// <summary>All operations, each with the scope that its key needs. What is mapped here and what <c>/openapi/v1.json</c> describes is the same: a test compares them.</summary>
internal static class ApiEndpoints
{
    public static void MapApi(this IEndpointRouteBuilder app)
    {
        Map(app.MapGet(PortalUrls.ApiClients, ClientsApiEndpoints.List), PartnerScopes.ClientsRead);
        Map(app.MapPost(PortalUrls.ApiClients, ClientsApiEndpoints.Create), PartnerScopes.ClientsWrite);
        Map(app.MapGet(PortalUrls.ApiClient, ClientsApiEndpoints.One), PartnerScopes.ClientsRead);
        Map(app.MapPatch(PortalUrls.ApiClient, ClientsApiEndpoints.Change), PartnerScopes.ClientsWrite);
        Map(app.MapGet(PortalUrls.ApiInvitations, InvitationsApiEndpoints.List), PartnerScopes.InvitationsRead);
        Map(app.MapPost(PortalUrls.ApiInvitations, InvitationsApiEndpoints.Create), PartnerScopes.InvitationsWrite);
        Map(app.MapGet(PortalUrls.ApiInvitation, InvitationsApiEndpoints.One), PartnerScopes.InvitationsRead);
        Map(app.MapDelete(PortalUrls.ApiInvitation, InvitationsApiEndpoints.Withdraw), PartnerScopes.InvitationsWrite);
        Map(app.MapGet(PortalUrls.ApiAttributions, AttributionsApiEndpoints.List), PartnerScopes.AttributionsRead);
        Map(app.MapGet(PortalUrls.ApiAttribution, AttributionsApiEndpoints.One), PartnerScopes.AttributionsRead);
        Map(app.MapGet(PortalUrls.ApiWallet, WalletApiEndpoints.Balances), PartnerScopes.WalletRead);
        Map(app.MapGet(PortalUrls.ApiWalletLines, WalletApiEndpoints.Lines), PartnerScopes.WalletRead);
        Map(app.MapGet(PortalUrls.ApiWalletLine, WalletApiEndpoints.Line), PartnerScopes.WalletRead);

        Map(app.MapGet(PortalUrls.ApiPartners, PartnersApiEndpoints.List), ProgramScopes.PartnersRead);
        Map(app.MapGet(PortalUrls.ApiPartner, PartnersApiEndpoints.One), ProgramScopes.PartnersRead);
        Map(app.MapGet(PortalUrls.ApiPurchases, PurchasesApiEndpoints.List), ProgramScopes.PurchasesRead);
        Map(app.MapPost(PortalUrls.ApiPurchases, PurchaseEndpoints.Purchase), ProgramScopes.PurchasesWrite);
        Map(app.MapPost(PortalUrls.ApiPurchaseBatch, PurchaseBatchEndpoint.Post), ProgramScopes.PurchasesWrite);
        Map(app.MapGet(PortalUrls.ApiPurchase, PurchasesApiEndpoints.One), ProgramScopes.PurchasesRead);
        Map(app.MapPost(PortalUrls.ApiRefundsPattern, PurchaseEndpoints.Refund), ProgramScopes.PurchasesWrite);
        Map(app.MapGet(PortalUrls.ApiLookup, LookupApiEndpoints.Lookup), ProgramScopes.LookupRead);
        Map(app.MapGet(PortalUrls.ApiClientDiscount, LookupApiEndpoints.ClientDiscount), ProgramScopes.LookupRead);
        Map(app.MapPost(PortalUrls.ApiRegistrations, RegistrationsApiEndpoints.Register), ProgramScopes.RegistrationsWrite);
        Map(app.MapGet(PortalUrls.ApiRegistration, RegistrationsApiEndpoints.One), ProgramScopes.RegistrationsWrite);

        Map(app.MapGet(PortalUrls.ApiWebhooks, WebhooksApiEndpoints.List), KeyScopes.WebhooksRead);
        Map(app.MapPost(PortalUrls.ApiWebhooks, WebhooksApiEndpoints.Create), KeyScopes.WebhooksWrite);
        Map(app.MapGet(PortalUrls.ApiWebhook, WebhooksApiEndpoints.One), KeyScopes.WebhooksRead);
        Map(app.MapPatch(PortalUrls.ApiWebhook, WebhooksApiEndpoints.Change), KeyScopes.WebhooksWrite);
        Map(app.MapDelete(PortalUrls.ApiWebhook, WebhooksApiEndpoints.Delete), KeyScopes.WebhooksWrite);
        Map(app.MapPost(PortalUrls.ApiWebhookSecret, WebhooksApiEndpoints.Rotate), KeyScopes.WebhooksWrite);
        Map(app.MapPost(PortalUrls.ApiWebhookTest, WebhooksApiEndpoints.Test), KeyScopes.WebhooksWrite);
        Map(app.MapGet(PortalUrls.ApiDeliveries, WebhooksApiEndpoints.Deliveries), KeyScopes.WebhooksRead);
        Map(app.MapGet(PortalUrls.ApiDelivery, WebhooksApiEndpoints.Delivery), KeyScopes.WebhooksRead);
        Map(app.MapPost(PortalUrls.ApiRedeliveries, WebhooksApiEndpoints.SendAgain), KeyScopes.WebhooksWrite);

        app.Map(PortalUrls.Api + "/{**rest}", () => ApiEndpoint.Problem(ApiProblems.NoSuchOperation)).AllowAnonymous();
        app.MapGet(PortalUrls.ApiDocument, ApiDocumentEndpoint.Get).AllowAnonymous();
    }

    private static void Map(RouteHandlerBuilder operation, string scope) => operation.AllowAnonymous().WithMetadata(new ApiScope(scope));
}
