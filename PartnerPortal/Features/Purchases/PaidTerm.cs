using PartnerPortal.Data;

namespace PartnerPortal.Features.Purchases;

/// <summary>For how long a purchase is paid, where nobody says until when: for the period of the plan that was bought.</summary>
internal static class PaidTerm
{
    /// <summary>Nobody pays for longer: what says so is a slip.</summary>
    public const int MostYears = 10;

    /// <summary>Plans belong to a slice that comes later; what is read of them here is the period alone.</summary>
    /// <param name="ask">With it.</param>
    /// <param name="products">Codes of plans, or of what is none.</param>
    /// <returns>As the plan's period is called, for <see cref="After"/>; nothing for what is no plan.</returns>
    public static List<(string Code, string Period)> Ask(Questions ask, IEnumerable<string> products) =>
        products.Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } codes ? ask.Rows($"""SELECT "Code", "Period" FROM "Plans" WHERE "Code" {Questions.In(codes)}""", r => (r.GetString(0), r.GetString(1))) : [];

    /// <returns>UTC; null for what is no plan, or one that is paid once.</returns>
    /// <param name="period">As a plan's period is called.</param>
    /// <param name="from">UTC.</param>
    public static DateTime? After(string? period, DateTime from) => period switch
    {
        "Month" => from.AddMonths(1),
        "Year" => from.AddYears(1),
        _ => null,
    };
}
