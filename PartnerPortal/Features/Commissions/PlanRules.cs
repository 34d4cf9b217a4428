using System.Text.Json;
using System.Text.Json.Serialization;

namespace PartnerPortal.Features.Commissions;

/// <summary>For which of a client's purchases a plan pays.</summary>
public enum EarningSpan
{
    Always,

    /// <summary>For a number of months from the client's first purchase ever.</summary>
    Months,

    FirstPurchase,
}

/// <summary>What becomes of the level of a partner that is not active at the purchase's time.</summary>
public enum InactiveRule
{
    /// <summary>Nobody gets it; the next sponsor is the next level.</summary>
    Skip,

    /// <summary>The next active sponsor above gets it.</summary>
    PassUp,
}

/// <summary>What a level gets: a share of the base, or a fixed amount a purchase.</summary>
/// <param name="BasisPoints">Hundredths of a percent, 0 to 10,000; null when the amount is fixed.</param>
/// <param name="Fixed">Minor units by currency; null when it is a share. A currency that is not named gets nothing.</param>
public sealed record LevelRate(int? BasisPoints, IReadOnlyDictionary<string, long>? Fixed)
{
    public static LevelRate Share(int basisPoints) => new(basisPoints, null);
}

/// <summary>What a referred client is spared on its first purchase, and only there.</summary>
/// <param name="BasisPoints">Hundredths of a percent of the price; null when the amount is fixed.</param>
/// <param name="Fixed">Minor units by currency; null when it is a share.</param>
public sealed record ClientDiscount(int? BasisPoints, IReadOnlyDictionary<string, long>? Fixed)
{
    /// <summary>The discount in minor units: never more than the price, half a unit rounded up.</summary>
    public long Of(long price, string currency, bool isFirstPurchase)
    {
        if (!isFirstPurchase)
        {
            return 0;
        }

        var wanted = BasisPoints is { } share ? Apportion.Rounded(price, share, 10_000) : Fixed?.GetValueOrDefault(currency) ?? 0;
        return Math.Clamp(wanted, 0, price);
    }
}

/// <summary>The terms of one version of a commission plan.</summary>
public sealed record PlanRules
{
    public const int MaxLevels = 10;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>One to ten; the first is the partner whose client buys, each next the sponsor of the one before.</summary>
    public IReadOnlyList<LevelRate> Levels { get; init; } = [];

    /// <summary>Codes of the products that it is about; empty for all. Of others nobody earns, and on others no client is spared anything.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    public EarningSpan Span { get; init; }

    /// <summary>From the client's first purchase ever; only with <see cref="EarningSpan.Months"/>.</summary>
    public int Months { get; init; }

    /// <summary>Days from the purchase until what it earned can be paid out.</summary>
    public int HoldDays { get; init; }

    /// <summary>The most that one purchase earns over all levels, in minor units by currency.</summary>
    public IReadOnlyDictionary<string, long> MaxPerPurchase { get; init; } = new Dictionary<string, long>();

    /// <summary>The most that all purchases of one client earn over all levels, in minor units by currency. What was refunded does not give room back.</summary>
    public IReadOnlyDictionary<string, long> MaxPerClient { get; init; } = new Dictionary<string, long>();

    /// <summary>The most that all levels together get of a purchase's base, in hundredths of a percent; null for no limit.</summary>
    public int? MaxShareBasisPoints { get; init; }

    public InactiveRule Inactive { get; init; }

    /// <summary>Null for none.</summary>
    public ClientDiscount? Discount { get; init; }

    public bool Covers(string product) => Products.Count == 0 || Products.Contains(product, StringComparer.OrdinalIgnoreCase);

    /// <summary>Null when there is none on this product.</summary>
    public ClientDiscount? DiscountOn(string product) => Covers(product) ? Discount : null;

    public static PlanRules Read(string json) => JsonSerializer.Deserialize<PlanRules>(json, Json) ?? throw new JsonException("A plan's rules are empty.");

    public string Write() => JsonSerializer.Serialize(this, Json);
}
