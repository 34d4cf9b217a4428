using System.Globalization;
using PartnerPortal.Shared;

namespace PartnerPortal.Tests.Bench.Money;

/// <summary>One invented purchase; the same number gives the same one.</summary>
internal sealed record SoldRow(int Number, long ClientId, long Amount, DateTime At)
{
    public const string Currency = "EUR";
    public const string Product = "team";
    private const int Seconds = 9 * 24 * 3600;

    public string ExternalId => string.Create(CultureInfo.InvariantCulture, $"order-{Number}");

    public string Key => string.Create(CultureInfo.InvariantCulture, $"key-{Number}");

    public static SoldRow Of(MoneyScene scene, int number) => new(
        number, scene.Clients[number % scene.Clients.Count], 10_000 + (number % 1000 * 100L), scene.Since.AddMilliseconds(number % (Seconds * 1000L)));

    /// <summary>As the API takes it.</summary>
    public string Json() => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"externalId":"{{ExternalId}}","client":{"number":{{AccountNumber.Offset + ClientId}}},"amount":{{Amount}},"currency":"{{Currency}}","product":"{{Product}}","occurredAt":"{{At:yyyy-MM-ddTHH:mm:ss.fff}}Z"}""");
}
