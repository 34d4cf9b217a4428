namespace PartnerPortal.Features.Purchases.Stripe;

/// <summary>Section <c>Stripe</c>.</summary>
public sealed class StripeOptions
{
    public const string Section = "Stripe";

    /// <summary>The signing secret of the endpoint at Stripe, "whsec_…". Empty: <c>/webhooks/stripe</c> is not there.</summary>
    public string WebhookSecret { get; set; } = "";

    /// <summary>The account's secret key, "sk_…" or a restricted "rk_…". Empty: orders are paid by transfer alone.</summary>
    public string SecretKey { get; set; } = "";

    /// <summary>Where sessions are made; another only in tests.</summary>
    public string ApiAddress { get; set; } = "https://api.stripe.com";

    /// <summary>Where the payment's page is: Stripe's, or a domain of one's own at Stripe. The browser is let go there from a form.</summary>
    public string CheckoutAddress { get; set; } = "https://checkout.stripe.com";

    public bool TakesCards => SecretKey.Length > 0;
}
