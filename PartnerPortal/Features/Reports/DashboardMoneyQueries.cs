using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Reports;

/// <summary>What the running month's purchases come to in one currency; minor units.</summary>
/// <param name="Held">Its holding period runs.</param>
/// <param name="Available">Can be paid out, or was.</param>
/// <param name="TakenBack">Lines of which refunds left nothing.</param>
public sealed record MonthTotal(string Currency, long Held, long Available, int TakenBack)
{
    public long Earned => Held + Available;
}

/// <summary>A partner's money on its first page.</summary>
/// <param name="Month">The running one (UTC).</param>
/// <param name="Totals">By currency, also of such as had a purchase in earlier months.</param>
/// <param name="Currency">The one in which most was bought; trend and clients are in it.</param>
/// <param name="Trend">The last months, the running one last.</param>
/// <param name="Top">The clients that brought most this month.</param>
public sealed record MoneyView(CalendarMonth Month, IReadOnlyList<MonthTotal> Totals, string Currency, IReadOnlyList<MonthBar> Trend, IReadOnlyList<TopClient> Top);

/// <summary>Puts the dashboard's money together; only for who may see it.</summary>
public sealed class DashboardMoneyQueries(WalletQueries wallets, WalletLineQueries lines, TimeProvider clock)
{
    private const int Months = 12;
    private const int Clients = 5;

    /// <returns>Null when nothing was earned yet, or the actor may not see its account's money.</returns>
    public async Task<MoneyView?> ViewAsync(Actor actor, CancellationToken ct)
    {
        var now = CalendarMonth.Of(clock.GetUtcNow().UtcDateTime);
        var all = await lines.MonthsAsync(now.Plus(1 - Months), actor, ct);
        if (all.GroupBy(m => m.Currency).OrderByDescending(g => g.Sum(m => m.Count)).ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.Key is not { } currency)
        {
            return null;
        }

        var earned = await wallets.MonthsAsync(currency, now.Plus(1 - Months), actor, ct);
        return new MoneyView(
            now,
            [.. all.GroupBy(m => m.Currency).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Total(g.Key, g.Where(m => m.Month == now).ToList()))],
            currency,
            [.. Enumerable.Range(1 - Months, Months).Select(n => now.Plus(n)).Select(m => new MonthBar(m, earned.GetValueOrDefault(m), m == now))],
            await lines.TopClientsAsync(currency, now, Clients, actor, ct));
    }

    private static MonthTotal Total(string currency, List<MonthEarnings> month) => new(
        currency, month.Where(m => m.State is WalletLineState.Held).Sum(m => m.Net), month.Where(m => m.State is WalletLineState.Available or WalletLineState.Paid).Sum(m => m.Net),
        month.Where(m => m.State is WalletLineState.TakenBack).Sum(m => m.Count));
}
