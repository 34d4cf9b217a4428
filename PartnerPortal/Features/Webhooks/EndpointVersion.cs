using System.Security.Cryptography;
using System.Text.Json;

namespace PartnerPortal.Features.Webhooks;

/// <summary>A print of what an endpoint says, by which a system that changes it shows that it has seen it as it is. What its deliveries do to it by the minute is left out.</summary>
public static class EndpointVersion
{
    public static string Of(EndpointRow row) => Of(row.Id, row.Url, row.Description, row.Kinds, row.State, row.FormerUntil, row.FailingSince);

    /// <param name="endpoint">As it is kept.</param>
    /// <param name="now">UTC.</param>
    public static string Of(WebhookEndpoint endpoint, DateTime now) => Of(
        endpoint.Id, endpoint.Url, endpoint.Description, endpoint.HearsAll ? null : endpoint.Chosen, endpoint.State, endpoint.FormerUntil > now ? endpoint.FormerUntil : null, endpoint.FailingSince);

    private static string Of(long id, string url, string description, IReadOnlyList<string>? kinds, WebhookState state, DateTime? formerUntil, DateTime? failingSince)
    {
        var said = JsonSerializer.SerializeToUtf8Bytes<object?[]>([id, url, description, kinds is null ? null : string.Join(' ', kinds), state.ToString(), formerUntil?.Ticks, failingSince?.Ticks]);
        return Convert.ToHexStringLower(SHA256.HashData(said).AsSpan(0, 12));
    }
}
