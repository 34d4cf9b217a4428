using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Options;
using PartnerPortal.Features.Purchases.Stripe;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Orders;

/// <summary>What a page on which an order is paid by card says and where it leads.</summary>
/// <param name="Total">Minor units, with tax.</param>
/// <param name="SuccessUrl">Absolute, as is the next.</param>
/// <param name="Until">UTC; the page can be used until then.</param>
public sealed record CheckoutRequest(
    long OrderId, string Invoice, long AccountNumber, string PlanCode, string PlanName, string Currency, long Total, string Email, string Language, Uri SuccessUrl, Uri CancelUrl, DateTime Until);

/// <summary>The processor refused, or did not answer as it should. The message holds nothing secret.</summary>
public sealed class CheckoutFailedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Makes Checkout Sessions at Stripe: one form over HTTPS, so no library is needed (docs.stripe.com/api/checkout/sessions/create).</summary>
public sealed class StripeCheckout(IHttpClientFactory clients, IOptions<StripeOptions> options)
{
    public const string ClientName = "stripe";

    /// <summary>Currencies that Stripe takes in hundredths though ISO 4217 divides them no more (docs.stripe.com/currencies, special cases).</summary>
    private static readonly HashSet<string> InHundredths = ["ISK", "UGX"];

    public bool IsOn => options.Value.TakesCards;

    /// <summary>The amount as Stripe counts it; null when it takes none such: of currencies with three decimals the last must be zero.</summary>
    public static long? AmountFor(long minor, string currency) =>
        InHundredths.Contains(currency) ? minor * 100 : Currencies.DecimalsOf(currency) == 3 && minor % 10 != 0 ? null : minor;

    /// <param name="request">The same request within its time leads to the same page, however often it is made.</param>
    /// <param name="amount">By <see cref="AmountFor"/>.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="CheckoutFailedException">There is no page to go to.</exception>
    public async Task<Uri> OpenAsync(CheckoutRequest request, long amount, CancellationToken ct)
    {
        var settings = options.Value;
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(settings.ApiAddress), "/v1/checkout/sessions")) { Content = new FormUrlEncodedContent(Form(request, amount)) };
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.SecretKey);
        message.Headers.Add("Stripe-Version", StripeApi.Version);
        message.Headers.Add("Idempotency-Key", string.Create(CultureInfo.InvariantCulture, $"order-{request.OrderId}-{new DateTimeOffset(request.Until).ToUnixTimeSeconds()}"));
        try
        {
            using var response = await clients.CreateClient(ClientName).SendAsync(message, ct);
            using var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(ct), cancellationToken: ct);
            if (!response.IsSuccessStatusCode)
            {
                throw new CheckoutFailedException($"Stripe answered {(int)response.StatusCode}: {Text(answer.RootElement, "error", "type")} {Text(answer.RootElement, "error", "code")} {Text(answer.RootElement, "error", "param")}");
            }

            return Uri.TryCreate(Text(answer.RootElement, "url"), UriKind.Absolute, out var url) && url.Scheme is "https" or "http" ? url : throw new CheckoutFailedException("Stripe's answer has no address.");
        }
        catch (Exception error) when (error is HttpRequestException or JsonException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            throw new CheckoutFailedException("Stripe could not be reached, or its answer could not be read.", error);
        }
    }

    private static List<KeyValuePair<string, string>> Form(CheckoutRequest request, long amount)
    {
        var order = request.OrderId.ToString(CultureInfo.InvariantCulture);
        var account = request.AccountNumber.ToString(CultureInfo.InvariantCulture);
        return
        [
            new("mode", "payment"),
            new("client_reference_id", request.Invoice),
            new("customer_email", request.Email),
            new("locale", request.Language is "ar" ? "auto" : request.Language),
            new("expires_at", new DateTimeOffset(request.Until).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            new("success_url", request.SuccessUrl.AbsoluteUri),
            new("cancel_url", request.CancelUrl.AbsoluteUri),
            new("line_items[0][quantity]", "1"),
            new("line_items[0][price_data][currency]", request.Currency.ToLowerInvariant()),
            new("line_items[0][price_data][unit_amount]", amount.ToString(CultureInfo.InvariantCulture)),
            new("line_items[0][price_data][product_data][name]", request.PlanName),
            new("line_items[0][price_data][product_data][description]", request.Invoice),
            .. Metadata("metadata"),
            .. Metadata("payment_intent_data[metadata]"),
        ];

        KeyValuePair<string, string>[] Metadata(string of) => [new($"{of}[{StripeApi.OrderKey}]", order), new($"{of}[{StripeApi.AccountKey}]", account), new($"{of}[{StripeApi.ProductKey}]", request.PlanCode)];
    }

    private static string? Text(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind is not JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ValueKind is JsonValueKind.String ? element.GetString() : null;
    }
}
