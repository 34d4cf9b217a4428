using System.Globalization;
using Microsoft.Extensions.Localization;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Webhooks;

/// <summary>Says in words how endpoints and deliveries stand.</summary>
internal static class WebhookWords
{
    public static string Describe(this IStringLocalizer<WebhooksText> text, Error error) => error switch
    {
        TooManyEndpoints limit => text["Error.TooMany", limit.Limit],
        NoSuchEndpoint or NoSuchDelivery => text["Error.Gone"],
        NothingToChange => text["Error.Already"],
        NotAllowed => text["Error.NotAllowed"],
        _ => throw new InvalidOperationException($"The page does not know {error}."),
    };

    /// <summary>"client.joined, client.left", or that all are told.</summary>
    public static string KindsOf(this IStringLocalizer<WebhooksText> text, EndpointRow row) => row.Kinds is null ? text["Kinds.All"] : string.Join(", ", row.Kinds);

    public static string KindName(this IStringLocalizer<WebhooksText> text, DeliveryRow row) => text["Kind." + row.Kind];

    /// <summary>"200", "500 · another answer than success", "no answer in time".</summary>
    public static string Outcome(this IStringLocalizer<WebhooksText> text, int? status, DeliveryProblem? problem)
    {
        var number = status?.ToString(CultureInfo.InvariantCulture);
        return problem is { } wrong ? string.Join(" · ", new[] { number, text["Problem." + wrong].Value }.OfType<string>()) : number ?? "";
    }

    public static string Duration(this IStringLocalizer<WebhooksText> text, int milliseconds) => text["Duration", milliseconds.ToString("N0", CultureInfo.CurrentCulture)];
}
