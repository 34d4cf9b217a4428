using System.Globalization;
using PartnerPortal.Features.Journeys.Products;

namespace PartnerPortal.Features.Api;

/// <summary>How the API writes the ids of what has no number that people see: a word for what it is, and a number.</summary>
internal static class ApiIds
{
    public const string Client = "cli_";
    public const string Invitation = "inv_";
    public const string Attribution = "att_";
    public const string WalletLine = "lin_";
    public const string Webhook = "whk_";
    public const string Delivery = "dlv_";
    public const string Registration = ProductIds.Prefix;

    public static string Write(string kind, long id) => string.Create(CultureInfo.InvariantCulture, $"{kind}{id}");

    /// <returns>Null for what is no id of that kind: it is answered as one that nobody has.</returns>
    public static long? Read(string kind, string? text) =>
        text is not null && text.StartsWith(kind, StringComparison.Ordinal) && long.TryParse(text.AsSpan(kind.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
