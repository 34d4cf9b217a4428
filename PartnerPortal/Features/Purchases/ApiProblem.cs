using System.Text.Json.Serialization;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>A problem as RFC 9457 has it. English, for the people who connect systems; machines go by the type.</summary>
/// <param name="Type"><c>urn:partner-portal:problem:</c> and a stable word.</param>
/// <param name="At">The member at fault, as a JSON pointer (RFC 6901) in a fragment.</param>
public sealed record ApiProblem(
    string Type, string Title, int Status, string Detail, [property: JsonPropertyName("pointer"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? At = null)
{
    private const string Prefix = "urn:partner-portal:problem:";

    public static ApiProblem Of(string type, int status, string title, string detail, string? member = null) =>
        new(Prefix + type, title, status, detail, member is null ? null : "#/" + member);

    public static readonly ApiProblem BatchTooLarge = Of("batch-too-large", 422, "The batch holds too many purchases", $"One batch holds {RecordPurchases.Most} purchases at most. Nothing was recorded.", "purchases");

    /// <param name="limit">Bytes.</param>
    public static ApiProblem BodyTooLarge(int limit) => Of("body-too-large", 413, "The body is too large", $"It may have {limit / 1024} KB, which is more than the request needs.");

    public static readonly ApiProblem NotJson = Of("not-json", 415, "The body is not JSON", "Send Content-Type: application/json.");

    public static ApiProblem Malformed(string? path) =>
        Of("malformed", 400, "The body cannot be read", path is null or "$" ? "It is no JSON object of the expected form." : $"It cannot be read at {path}: a wrong type, or a member that is not known.");

    public static ApiProblem Missing(string member) => Of("missing", 422, "Something is missing", member is "occurredAt" or "paidUntil"
        ? $"{member} must be a time with its offset, such as 2026-11-20T10:00:00Z." : $"The member {member} is missing.", member);

    /// <summary>The same of a part of a larger request.</summary>
    /// <param name="place">Of the part, as a JSON pointer without its first slash.</param>
    public ApiProblem Within(string place) => this with { At = $"#/{place}{At?[1..]}" };

    /// <summary>Tells an expected failure of a use case.</summary>
    public static ApiProblem From(Error error) => error switch
    {
        KeyUnknown => Of("key-unknown", 401, "The key is missing or not valid", "Send Authorization: Bearer and a key that the owner made at /admin/system."),
        KeyLacksScope scope => Of("scope-missing", 403, "The key may not do this", $"It lacks the scope {scope.Scope}."),
        NotAllowed or OwnAccountInvolved => Of("not-allowed", 403, "Not allowed", "The key may not do this."),
        PurchaseKeyUsed { OnField: nameof(PurchaseRequest.Key) } =>
            Of("idempotency-key-used", 422, "The Idempotency-Key was used before", "It came with another request. Send a new key with a new request."),
        PurchaseKeyUsed used => Of("external-id-used", 409, "The external id was used before", "It was recorded with another content, which stays as it is.", Member(used.OnField)),
        RefundTooLarge large => Of("refund-too-large", 422, "The refund is larger than what is left", $"{large.Left} minor units of {large.Currency} can still be refunded.", "amount"),
        PurchaseRefused { Kind: PurchaseProblem.PurchaseUnknown } => Of("purchase-unknown", 404, "There is no such purchase", "No purchase has that id. An id of your own is taken, also before its purchase comes."),
        PurchaseRefused refused => Of(Word(refused.Kind.ToString()), 422, "The request cannot be recorded", Sentence(refused.Kind), Member(refused.OnField)),
        _ => throw new InvalidOperationException($"The API does not know {error}."),
    };

    /// <summary>"ClientUnknown" as "client-unknown".</summary>
    public static string Word(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));

    private static string Member(string field) => char.ToLowerInvariant(field[0]) + field[1..];

    private static string Sentence(PurchaseProblem problem) => problem switch
    {
        PurchaseProblem.ExternalIdMissing => "The external id is empty.",
        PurchaseProblem.ExternalIdTooLong => $"The external id is longer than {Purchase.ExternalIdLength} characters.",
        PurchaseProblem.ExternalIdReserved => "The external id looks like one of ours (pur_ and a number), or holds control characters.",
        PurchaseProblem.ClientMissing => "Name the client by its number, its externalId or its email.",
        PurchaseProblem.ClientUnknown => "No account is known by that. Nothing was recorded; send it again once the client has an account.",
        PurchaseProblem.ClientAmbiguous => "That e-mail belongs to several accounts. Name the client by its number or its externalId.",
        PurchaseProblem.UnknownCurrency => "The currency is no code of ISO 4217 in capitals, such as EUR.",
        PurchaseProblem.NotPositive => "The amount must be above zero, in minor units.",
        PurchaseProblem.Negative => "It must not be below zero.",
        PurchaseProblem.TooLarge => $"It is beyond {Money.Largest} minor units.",
        PurchaseProblem.DiscountAboveAmount => "The discount is above the amount.",
        PurchaseProblem.ProductMissing => "The product is empty.",
        PurchaseProblem.ProductTooLong => $"The product is longer than {Purchase.ProductLength} characters.",
        PurchaseProblem.InFuture => "The time lies in the future.",
        PurchaseProblem.TooOld => "The time lies before the year 2000.",
        PurchaseProblem.PaidUntilTooEarly => "paidUntil must be later than occurredAt.",
        PurchaseProblem.PaidUntilTooLate => $"paidUntil is more than {PaidTerm.MostYears} years after occurredAt.",
        PurchaseProblem.KeyTooLong => $"The Idempotency-Key must have 1 to {IdempotentRequest.KeyLength} characters.",
        PurchaseProblem.OtherCurrency => "The purchase is in another currency.",
        PurchaseProblem.PurchaseUnknown => "No purchase has that id.",
    };
}
