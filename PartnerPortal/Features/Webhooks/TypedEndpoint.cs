namespace PartnerPortal.Features.Webhooks;

/// <summary>An endpoint in a form, as far as it is typed.</summary>
public sealed class TypedEndpoint
{
    public const int UrlLength = WebhookEndpoint.UrlLength;

    public string Url { get; set; } = "";

    public string Description { get; set; } = "";

    public bool HearsAll { get; set; } = true;

    public HashSet<string> Kinds { get; init; } = new(StringComparer.Ordinal);

    public EndpointForm Form => new(Url, Description, HearsAll ? null : Kinds);

    public static TypedEndpoint Of(EndpointRow row) => new()
    {
        Url = row.Url,
        Description = row.Description,
        HearsAll = row.Kinds is null,
        Kinds = new HashSet<string>(row.Kinds ?? [], StringComparer.Ordinal),
    };
}
