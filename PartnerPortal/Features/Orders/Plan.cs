using System.Text.Json;

namespace PartnerPortal.Features.Orders;

/// <summary>For how long one payment for a plan counts.</summary>
public enum PlanPeriod
{
    OneOff,
    Month,
    Year,
}

/// <summary>What a client can buy. Archived, never deleted; what was ordered keeps its own copy of all that counts.</summary>
public sealed class Plan
{
    public const int CodeLength = Purchases.Purchase.ProductLength;
    public const int NameLength = 100;
    public const int DescriptionLength = 600;

    private IReadOnlyDictionary<string, long>? _prices;

    private Plan()
    {
    }

    internal Plan(string code, DateTime now) => (Code, CreatedAt, ChangedAt) = (code, now, now);

    public long Id { get; private set; }

    /// <summary>The product id that purchases and commission plans name; never changed.</summary>
    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>In words, for whoever chooses; may be empty.</summary>
    public string Description { get; private set; } = "";

    public string PricesJson { get; private set; } = "{}";

    public PlanPeriod Period { get; private set; }

    /// <summary>On top of the price after discount; hundredths of a percent, 0 to 10,000.</summary>
    public int TaxBasisPoints { get; private set; }

    /// <summary>Stands on the public page, unless it is archived.</summary>
    public bool IsShown { get; private set; }

    /// <summary>From the lowest to the highest.</summary>
    public int Position { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime ChangedAt { get; private set; }

    /// <summary>UTC; null while it is on sale.</summary>
    public DateTime? ArchivedAt { get; private set; }

    /// <summary>Minor units by currency (ISO 4217), before discount and without tax.</summary>
    public IReadOnlyDictionary<string, long> Prices => _prices ??= JsonSerializer.Deserialize<Dictionary<string, long>>(PricesJson) ?? [];

    public bool IsOnSale => IsShown && ArchivedAt is null;

    internal void Change(SaleTerms terms, DateTime now)
    {
        (Name, Description, Period, TaxBasisPoints, IsShown, Position) = (terms.Name, terms.Description, terms.Period, terms.TaxBasisPoints, terms.IsShown, terms.Position);
        PricesJson = JsonSerializer.Serialize(new SortedDictionary<string, long>(terms.Prices.ToDictionary(), StringComparer.Ordinal));
        (_prices, ChangedAt) = (null, now);
    }

    internal void Archive(DateTime now) => (ArchivedAt, ChangedAt) = (ArchivedAt ?? now, now);

    internal void Restore(DateTime now) => (ArchivedAt, ChangedAt) = (null, now);
}

/// <summary>What can be changed of a plan.</summary>
/// <param name="Prices">Minor units by currency.</param>
public sealed record SaleTerms(
    string Name, string Description, IReadOnlyDictionary<string, long> Prices, PlanPeriod Period, int TaxBasisPoints, bool IsShown, int Position);
