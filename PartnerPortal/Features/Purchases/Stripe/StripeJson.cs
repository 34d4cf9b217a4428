using System.Text.Json;

namespace PartnerPortal.Features.Purchases.Stripe;

/// <summary>Reads members that may be null or not there.</summary>
internal static class StripeJson
{
    /// <returns>Undefined when there is none, or what it is asked of is no object.</returns>
    public static JsonElement Get(this JsonElement from, string member) => from.ValueKind is JsonValueKind.Object && from.TryGetProperty(member, out var value) ? value : default;

    public static string? Text(this JsonElement from, string member) => from.Get(member) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <returns>0 when there is none.</returns>
    public static long Number(this JsonElement from, string member) => from.Get(member) is { ValueKind: JsonValueKind.Number } value ? value.GetInt64() : 0;

    /// <summary>Of something that may be named or stand there whole ("expandable").</summary>
    public static string? Id(this JsonElement from, string member) => from.Text(member) ?? from.Get(member).Text("id");

    /// <exception cref="FormatException">It is not there: this is no event of the version that is read.</exception>
    public static string Needed(this JsonElement from, string member) => from.Id(member) ?? throw new FormatException($"There is no {member}.");
}
