using System.Globalization;
using System.Text.Json;
using PartnerPortal.Features.Commissions;

namespace PartnerPortal.Features.Purchases.Stripe;

/// <summary>
/// Reads events of <see cref="StripeApi.Version"/>. A payment is told of by many kinds; each is counted by one of them:
/// a subscription by <c>invoice.paid</c>, also its first one though a checkout session tells of it too;
/// a one-off payment by its checkout session, at once or, with payment methods that take days, by <c>async_payment_succeeded</c>; the invoice it may have made is passed over.
/// A refund by <c>charge.refunded</c>. A dispute moves nothing while it is open, since most earnings are still held then: one that is lost takes back like a refund, one that is
/// won or withdrawn leaves all as it is.
/// </summary>
public static class StripeEvent
{
    /// <param name="body">One event.</param>
    /// <param name="fact">Null when it is of no interest.</param>
    /// <param name="version">Its version of the interface.</param>
    /// <returns>False when it is no event, or one of interest that lacks what it must have.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> body, out StripeFact? fact, out string? version)
    {
        (fact, version) = (null, null);
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            if (root.ValueKind is not JsonValueKind.Object || root.Text("type") is not { } type)
            {
                return false;
            }

            version = root.Text("api_version");
            if (!StripeApi.Reads(version))
            {
                return true;
            }

            fact = Read(type, root.Get("data").Get("object"), DateTimeOffset.FromUnixTimeSeconds(root.Get("created").GetInt64()).UtcDateTime);
            return true;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            // A member is missing or of another type.
            return false;
        }
    }

    private static StripeFact? Read(string type, JsonElement told, DateTime at) => type switch
    {
        "checkout.session.completed" or "checkout.session.async_payment_succeeded" => Session(told, at),
        "invoice.paid" => Invoice(told, at),
        "invoice_payment.paid" => told.Get("payment").Id("payment_intent") is { } intent ? new StripeInvoicePaid(told.Needed("invoice"), intent) : null,
        "charge.refunded" => told.Id("payment_intent") is { } intent ? Taken(told, intent, told.Get("amount_refunded").GetInt64(), at) : null,
        "charge.dispute.closed" => told.Text("status") is "lost" && told.Id("payment_intent") is { } intent ? Taken(told, intent, told.Get("amount").GetInt64(), at) : null,
        _ => null,
    };

    private static StripePaid? Session(JsonElement session, DateTime at)
    {
        if (session.Text("mode") is not "payment" || session.Text("payment_status") is not "paid" || session.Id("payment_intent") is not { } intent || session.Get("amount_total").GetInt64() <= 0)
        {
            return null;
        }

        var (total, details) = (session.Get("amount_total").GetInt64(), session.Get("total_details"));
        var (discount, tax) = (details.Number("amount_discount"), details.Number("amount_tax"));
        var metadata = session.Get("metadata");
        return Paid(intent, [metadata], session, session.Get("customer_details").Text("email") ?? session.Text("customer_email"), (total - tax + discount, discount, tax), Product(metadata), at);
    }

    /// <summary>Only what was paid counts: a part that the customer's balance paid was paid before, or given.</summary>
    private static StripePaid? Invoice(JsonElement invoice, DateTime at)
    {
        var subscription = invoice.Get("parent").Get("subscription_details");
        var (total, paid) = (invoice.Get("total").GetInt64(), invoice.Get("amount_paid").GetInt64());
        if (subscription.ValueKind is not JsonValueKind.Object || paid <= 0 || total <= 0)
        {
            return null;
        }

        var tax = Part(Sum(invoice.Get("total_taxes")));
        var discount = Part(Sum(invoice.Get("total_discount_amounts")));
        JsonElement[] metadata = [invoice.Get("metadata"), subscription.Get("metadata")];
        var time = invoice.Get("status_transitions").Get("paid_at") is { ValueKind: JsonValueKind.Number } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds.GetInt64()).UtcDateTime : at;
        var period = PeriodEnd(invoice, time);
        return Paid(invoice.Needed("id"), metadata, invoice, invoice.Text("customer_email"), (Math.Min(paid, total) - tax + discount, discount, tax), Product(metadata) ?? Priced(invoice), time, period);

        long Part(long amount) => paid >= total ? amount : Apportion.Floored(amount, paid, total);
    }

    private static StripePaid Paid(string id, JsonElement[] metadata, JsonElement told, string? email, (long Amount, long Discount, long Tax) money, string? product, DateTime at,
        DateTime? paidUntil = null)
    {
        var currency = StripeMoney.Currency(told.Needed("currency"));
        var account = Of(metadata, StripeApi.AccountKey);
        return new StripePaid(
            id, long.TryParse(account, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null, Of(metadata, StripeApi.ExternalAccountKey) ?? told.Text("client_reference_id"),
            told.Id("customer"), email, StripeMoney.Minor(money.Amount, currency), StripeMoney.Minor(money.Discount, currency), StripeMoney.Minor(money.Tax, currency), currency,
            product is null ? StripeApi.UnnamedProduct : product.Length > Purchase.ProductLength ? product[..Purchase.ProductLength] : product, at,
            long.TryParse(Of(metadata, StripeApi.OrderKey), NumberStyles.None, CultureInfo.InvariantCulture, out var order) ? order : null, paidUntil);
    }

    private static StripeTaken Taken(JsonElement told, string intent, long amount, DateTime at)
    {
        var currency = StripeMoney.Currency(told.Needed("currency"));
        return new StripeTaken(told.Needed("id"), intent, StripeMoney.Minor(amount, currency), currency, at);
    }

    private static string? Product(params JsonElement[] metadata) => Of(metadata, StripeApi.ProductKey);

    /// <summary>Stripe's id of what the first line is a price of.</summary>
    private static string? Priced(JsonElement invoice) =>
        invoice.Get("lines").Get("data") is { ValueKind: JsonValueKind.Array } lines && lines.GetArrayLength() > 0 ? lines[0].Get("pricing").Get("price_details").Id("product") : null;

    /// <summary>The latest end of the periods that the lines bill; what was over when it was paid, as of use that is billed after it, says nothing of what is to come.</summary>
    private static DateTime? PeriodEnd(JsonElement invoice, DateTime paidAt)
    {
        if (invoice.Get("lines").Get("data") is not { ValueKind: JsonValueKind.Array } lines)
        {
            return null;
        }

        var seconds = lines.EnumerateArray().Select(l => l.Get("period").Number("end")).DefaultIfEmpty().Max();
        return seconds > new DateTimeOffset(paidAt).ToUnixTimeSeconds() && seconds <= new DateTimeOffset(paidAt.AddYears(PaidTerm.MostYears)).ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime : null;
    }

    private static string? Of(JsonElement[] metadata, string key) => metadata.Select(m => m.Text(key)).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));

    private static long Sum(JsonElement amounts) => amounts.ValueKind is JsonValueKind.Array ? amounts.EnumerateArray().Sum(a => a.Get("amount").GetInt64()) : 0;
}
