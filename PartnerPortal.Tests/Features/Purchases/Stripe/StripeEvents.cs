using System.Text.Json;
using PartnerPortal.Features.Purchases.Stripe;

namespace PartnerPortal.Tests.Features.Purchases.Stripe;

/// <summary>Who paid, as Stripe knows it.</summary>
/// <param name="Account">In metadata; null for none.</param>
/// <param name="Order">Of the portal, likewise.</param>
internal sealed record StripeBuyer(long? Account = null, string? External = null, string? Customer = null, string? Email = null, long? Order = null);

/// <summary>Events as Stripe sends them in the pinned version, with the members that are read and some around them. Times are seconds of Unix, amounts as Stripe writes them.</summary>
internal static class StripeEvents
{
    /// <summary>Half an hour before the test clock stands.</summary>
    public const long Bought = 1_795_167_000;

    /// <summary>What an invoice bills; seconds.</summary>
    public const long Month = 31 * 86_400;

    /// <summary>Each kind, with the type of Stripe's library that it must fit.</summary>
    public static IEnumerable<(string Type, string Json)> Kinds()
    {
        var buyer = new StripeBuyer(4711, "ext", "cus_1", "nina@novak.test");
        yield return ("CheckoutSessionCompletedEvent", Session("pi_1", buyer));
        yield return ("CheckoutSessionCompletedEvent", Session("pi_1", buyer, status: "unpaid"));
        yield return ("CheckoutSessionAsyncPaymentSucceededEvent", Session("pi_1", buyer, type: "async_payment_succeeded"));
        yield return ("InvoicePaidEvent", Invoice("in_1", buyer));
        yield return ("InvoicePaidEvent", Invoice("in_1", buyer, isSubscription: false));
        yield return ("InvoicePaymentPaidEvent", InvoicePayment("in_1", "pi_1"));
        yield return ("ChargeRefundedEvent", Refunded("ch_1", "pi_1", 500));
        yield return ("ChargeDisputeCreatedEvent", Dispute("dp_1", "pi_1", 500, "needs_response"));
        yield return ("ChargeDisputeClosedEvent", Dispute("dp_1", "pi_1", 500, "lost"));
        yield return ("CustomerCreatedEvent", Customer());
    }

    public static string Session(
        string intent, StripeBuyer buyer, long total = 9520, long tax = 1520, long discount = 0, string currency = "eur", string type = "completed", string status = "paid", string mode = "payment",
        string? product = "team", long created = Bought) => Event("checkout.session." + type, created, new
        {
            id = "cs_" + intent,
            @object = "checkout.session",
            mode,
            payment_status = status,
            payment_intent = mode == "payment" ? intent : null,
            invoice = (string?)null,
            currency,
            amount_subtotal = total - tax + discount,
            amount_total = total,
            total_details = new { amount_discount = discount, amount_shipping = 0, amount_tax = tax },
            customer = buyer.Customer,
            customer_email = (string?)null,
            customer_details = new { email = buyer.Email, name = "Nina Novak" },
            client_reference_id = buyer.External,
            metadata = Metadata(buyer, product),
        });

    public static string Invoice(
        string id, StripeBuyer buyer, long total = 9520, long tax = 1520, long discount = 0, long? paid = null, string currency = "eur", bool isSubscription = true, long created = Bought) =>
        Event("invoice.paid", created, new
        {
            id,
            @object = "invoice",
            status = "paid",
            billing_reason = isSubscription ? "subscription_cycle" : "manual",
            currency,
            subtotal = total - tax + discount,
            total,
            amount_due = paid ?? total,
            amount_paid = paid ?? total,
            total_taxes = new[] { new { amount = tax, tax_behavior = "exclusive" } },
            total_discount_amounts = new[] { new { amount = discount, discount = "di_1" } },
            customer = buyer.Customer,
            customer_email = buyer.Email,
            metadata = new Dictionary<string, string>(),
            parent = isSubscription
                ? new { type = "subscription_details", quote_details = (object?)null, subscription_details = new { subscription = "sub_1", metadata = Metadata(buyer, "team") } }
                : null,
            status_transitions = new { paid_at = created },
            lines = new { @object = "list", data = new[] { new { @object = "line_item", pricing = new { type = "price_details", price_details = new { price = "price_1", product = "prod_1" } }, period = new { start = created, end = created + Month } } } },
        });

    public static string InvoicePayment(string invoice, string intent, long created = Bought) => Event("invoice_payment.paid", created, new
    {
        id = "inpay_" + intent,
        @object = "invoice_payment",
        invoice,
        payment = new { type = "payment_intent", payment_intent = intent },
        status = "paid",
        currency = "eur",
    });

    /// <param name="sum">Over all refunds of the charge.</param>
    public static string Refunded(string charge, string intent, long sum, string currency = "eur", long created = Bought) => Event("charge.refunded", created, new
    {
        id = charge,
        @object = "charge",
        payment_intent = intent,
        currency,
        amount = 9520,
        amount_refunded = sum,
        refunded = sum == 9520,
        paid = true,
    });

    public static string Dispute(string id, string intent, long amount, string status, long created = Bought) => Event(status == "needs_response" ? "charge.dispute.created" : "charge.dispute.closed", created, new
    {
        id,
        @object = "dispute",
        charge = "ch_" + intent,
        payment_intent = intent,
        amount,
        currency = "eur",
        reason = "fraudulent",
        status,
    });

    public static string Customer() => Event("customer.created", Bought, new { id = "cus_1", @object = "customer", email = "nina@novak.test" });

    private static Dictionary<string, string> Metadata(StripeBuyer buyer, string? product)
    {
        var metadata = new Dictionary<string, string>();
        if (product is not null)
        {
            metadata[StripeApi.ProductKey] = product;
        }

        if (buyer.Account is { } account)
        {
            metadata[StripeApi.AccountKey] = account.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (buyer.Order is { } order)
        {
            metadata[StripeApi.OrderKey] = order.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return metadata;
    }

    private static string Event(string type, long created, object told) => JsonSerializer.Serialize(new
    {
        id = "evt_" + Guid.NewGuid().ToString("N"),
        @object = "event",
        api_version = StripeApi.Version,
        created,
        livemode = false,
        pending_webhooks = 1,
        request = new { id = (string?)null, idempotency_key = (string?)null },
        type,
        data = new { @object = told },
    });
}
