using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Features.Purchases;

/// <summary>For how long a purchase is paid, where nobody says until when: for the period of the plan that was bought.</summary>
internal static class PaidTerm
{
    /// <summary>Nobody pays for longer: what says so is a slip.</summary>
    public const int MostYears = 10;

    /// <summary>Plans belong to a slice that comes later; what is read of them here is the period alone.</summary>
    /// <param name="db">Reads.</param>
    /// <param name="products">Codes of plans, or of what is none.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>As the plan's period is called, for <see cref="After"/>; nothing for what is no plan.</returns>
    public static async Task<Dictionary<string, string>> PeriodsAsync(PortalDbContext db, IEnumerable<string> products, CancellationToken ct)
    {
        var codes = products.Distinct(StringComparer.Ordinal).ToList();
        return codes.Count == 0 ? [] : await db.Database.SqlQuery<PlanTerm>($"""SELECT "Code", "Period" FROM "Plans" """).Where(p => codes.Contains(p.Code)).ToDictionaryAsync(p => p.Code, p => p.Period, ct);
    }

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

/// <summary>See <see cref="PaidTerm.PeriodsAsync"/>.</summary>
internal sealed record PlanTerm(string Code, string Period);
