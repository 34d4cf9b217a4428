using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Ledger;

/// <summary>What a wallet holds in one currency, in minor units.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Pending">Its holding period runs.</param>
/// <param name="Available">Can be paid out; negative when more was taken back than had been earned since.</param>
/// <param name="Paid">Was paid out.</param>
/// <param name="InPayout">A payout of it is on its way.</param>
public sealed record WalletBalance(string Currency, long Pending, long Available, long Paid, long InPayout = 0)
{
    /// <summary>All that was ever earned and not taken back.</summary>
    public long Earned => Pending + Available + InPayout + Paid;
}

/// <summary>A wallet is the sum of its entries, which its tallies have ready.</summary>
public sealed class WalletQueries(PortalDb portal)
{
    /// <summary>Published when money moved in an account's wallet.</summary>
    public static string ChannelOf(long accountId) => FormattableString.Invariant($"wallet:{accountId}");

    /// <summary>By currency; empty when nothing ever moved, or the actor may not see its account's money.</summary>
    public async Task<IReadOnlyList<WalletBalance>> BalancesAsync(Actor actor, CancellationToken ct) =>
        actor is { AccountId: { } own, MaySeeMoney: true } ? await OfAsync(own, ct) : [];

    /// <summary>The same of any account, for staff.</summary>
    public async Task<IReadOnlyList<WalletBalance>> BalancesOfAsync(long accountId, Actor actor, CancellationToken ct) =>
        actor.IsStaff ? await OfAsync(accountId, ct) : [];

    /// <summary>What was earned in a currency in each month since one, less what was taken back then; months without a movement are left out.</summary>
    /// <param name="currency">ISO 4217.</param>
    /// <param name="since">The first month.</param>
    /// <param name="actor">Sees its own account's; nobody else's.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Minor units of any sign, by month of posting (UTC).</returns>
    public async Task<IReadOnlyDictionary<CalendarMonth, long>> MonthsAsync(string currency, CalendarMonth since, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } own, MaySeeMoney: true })
        {
            return new Dictionary<CalendarMonth, long>();
        }

        await using var db = await portal.ReadAsync(ct);
        // Releases and payouts move money between a wallet's own places, and so sum to zero.
        var sums = await db.WalletTallies.Where(t => t.OwnerId == own && t.Currency == currency && t.Month >= since.Number)
            .GroupBy(t => t.Month).Select(g => new { g.Key, Sum = g.Sum(t => t.Amount) }).ToListAsync(ct);
        return sums.ToDictionary(s => CalendarMonth.FromNumber(s.Key), s => s.Sum);
    }

    private async Task<IReadOnlyList<WalletBalance>> OfAsync(long accountId, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        var sums = await db.WalletTallies.Where(t => t.OwnerId == accountId)
            .GroupBy(t => new { t.Currency, t.Account }).Select(g => new { g.Key.Currency, g.Key.Account, Sum = g.Sum(t => t.Amount) }).ToListAsync(ct);
        var of = sums.ToDictionary(s => (s.Currency, s.Account), s => s.Sum);
        return
        [
            .. sums.Select(s => s.Currency).Distinct().Order(StringComparer.Ordinal).Select(c => new WalletBalance(
                c, of.GetValueOrDefault((c, LedgerAccount.Pending)), of.GetValueOrDefault((c, LedgerAccount.Available)), of.GetValueOrDefault((c, LedgerAccount.Paid)),
                of.GetValueOrDefault((c, LedgerAccount.InPayout)))),
        ];
    }
}
