using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace PartnerPortal.Features.Purchases;

/// <summary>How <c>POST /api/v1/purchases</c> names the client; one of the three.</summary>
public sealed record ClientBody(long? Number, string? ExternalId, string? Email);

/// <summary>What <c>POST /api/v1/purchases</c> takes. A member that is missing is told by name; one that is unknown is refused, as it would be a slip.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PurchaseBody(
    string? ExternalId, ClientBody? Client, long? Amount, string? Currency, string? Product, string? OccurredAt, long Discount = 0, long Tax = 0,
    string? PaidUntil = null)
{
    /// <summary>The first member that is missing or no time; null when none is.</summary>
    public string? Missing() =>
        ExternalId is null ? "externalId" : Client is null ? "client" : Amount is null ? "amount" : Currency is null ? "currency" : Product is null ? "product"
        : !ApiTime.TryRead(OccurredAt, out _) ? "occurredAt" : PaidUntil is null || ApiTime.TryRead(PaidUntil, out _) ? null : "paidUntil";

    public PurchaseRequest ToRequest(string? key) => new(
        PurchaseSources.Api, ExternalId!, new ClientReference(Client!.Number, Client.ExternalId, Client.Email), Amount!.Value, Discount, Tax, Currency!, Product!,
        ApiTime.TryRead(OccurredAt, out var time) ? time : throw new InvalidOperationException("Missing() was not asked."), key,
        ApiTime.TryRead(PaidUntil, out var until) ? until : null);
}

/// <summary>What <c>POST /api/v1/purchases/{id}/refunds</c> takes. Without an amount all that is left is given back.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RefundBody(string? ExternalId, string? Currency, string? OccurredAt, long? Amount = null)
{
    /// <inheritdoc cref="PurchaseBody.Missing"/>
    public string? Missing() => ExternalId is null ? "externalId" : Currency is null ? "currency" : ApiTime.TryRead(OccurredAt, out _) ? null : "occurredAt";

    /// <param name="purchase">Ours (<c>pur_7</c>), or what the source calls the purchase.</param>
    /// <param name="key">The <c>Idempotency-Key</c>.</param>
    public RefundRequest ToRequest(string purchase, string? key) => new(
        PurchaseSources.Api, PurchaseNumber.TryRead(purchase, out var id) ? id : null, purchase, ExternalId!, Amount, Currency!,
        ApiTime.TryRead(OccurredAt, out var time) ? time : throw new InvalidOperationException("Missing() was not asked."), key);
}

/// <summary>Times of the API: RFC 3339 with their offset, so that no time zone is guessed.</summary>
public static partial class ApiTime
{
    public static bool TryRead(string? text, out DateTime utc)
    {
        utc = default;
        if (text is null || !Form().IsMatch(text) || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return false;
        }

        utc = time.UtcDateTime;
        return true;
    }

    public static string Write(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <returns>Null for none.</returns>
    public static string? Write(DateTime? utc) => utc is { } time ? Write(time) : null;

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,7})?([Zz]|[+-]\d\d:\d\d)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}

/// <summary>The answer to a recorded purchase.</summary>
/// <param name="PaidUntil">As it was told, or by the plan's period; null for what is bought once.</param>
/// <param name="Outcome"><c>earns</c>, <c>earns-nothing</c>, <c>no-plan</c> or <c>no-partner</c>.</param>
public sealed record PurchaseAnswer(
    string Id, string Source, string ExternalId, long Client, long Amount, long Discount, long Tax, string Currency, string Product, string OccurredAt, string? PaidUntil, string ReceivedAt, string Outcome);

/// <summary>The answer to a recorded refund.</summary>
/// <param name="Purchase">Null while its purchase has not come.</param>
/// <param name="State"><c>waiting</c> or <c>applied</c>.</param>
/// <param name="Applied">Minor units taken back of the purchase.</param>
public sealed record RefundAnswer(string Id, string ExternalId, string? Purchase, long? Amount, string Currency, string OccurredAt, string ReceivedAt, string State, long Applied);
