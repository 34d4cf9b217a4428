namespace PartnerPortal.Shared;

/// <summary>Those of the API.</summary>
public static partial class PortalUrls
{
    /// <summary>The API's reference, to be read by people.</summary>
    public const string ApiReference = "/developer/reference";

    /// <summary>The API's description, to be read by machines.</summary>
    public const string ApiDocument = "/openapi/v1.json";

    /// <summary>Below it stands all of the API.</summary>
    public const string Api = "/api/v1";

    public const string ApiClients = Api + "/clients";
    public const string ApiClient = ApiClients + "/{id}";
    public const string ApiClientDiscount = ApiClients + "/{client}/discount";
    public const string ApiInvitations = Api + "/invitations";
    public const string ApiInvitation = ApiInvitations + "/{id}";
    public const string ApiAttributions = Api + "/attributions";
    public const string ApiAttribution = ApiAttributions + "/{id}";
    public const string ApiWallet = Api + "/wallet";
    public const string ApiWalletLines = ApiWallet + "/lines";
    public const string ApiWalletLine = ApiWalletLines + "/{id}";
    public const string ApiPartners = Api + "/partners";
    public const string ApiPartner = ApiPartners + "/{number}";
    public const string ApiLookup = Api + "/lookup";
    public const string ApiRegistrations = Api + "/registrations";
    public const string ApiRegistration = ApiRegistrations + "/{id}";
    public const string ApiPurchases = "/api/v1/purchases";
    public const string ApiPurchase = ApiPurchases + "/{id}";
    public const string ApiPurchaseBatch = "/api/v1/purchases/batch";

    /// <summary>Our id of the purchase, or the sender's.</summary>
    public const string ApiRefundsPattern = "/api/v1/purchases/{id}/refunds";

    public const string ApiWebhooks = Api + "/webhooks";
    public const string ApiWebhook = ApiWebhooks + "/{id}";
    public const string ApiWebhookSecret = ApiWebhook + "/secret-rotations";
    public const string ApiWebhookTest = ApiWebhook + "/test";
    public const string ApiDeliveries = ApiWebhook + "/deliveries";
    public const string ApiDelivery = ApiDeliveries + "/{delivery}";
    public const string ApiRedeliveries = ApiDelivery + "/redeliveries";
}
