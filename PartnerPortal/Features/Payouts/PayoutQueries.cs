using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Payouts;

/// <summary>What can be paid out in one currency; minor units.</summary>
/// <param name="Minimum">The least that is paid out; zero when there is none.</param>
/// <param name="Obstacle">Why nothing can go out now; null when it can.</param>
public sealed record PayableWallet(string Currency, long Available, long InPayout, long Paid, long Minimum, PayoutRefused? Obstacle);

/// <param name="MonthlyDay">The day of the month on which money goes out by itself; null when the partner asks.</param>
public sealed record PayoutStanding(IReadOnlyList<PayableWallet> Wallets, int? MonthlyDay);

/// <summary>A payout as the partner's list shows it. Amounts are minor units, times UTC.</summary>
/// <param name="RequestedByName">Empty when the portal made it.</param>
/// <param name="ChangedAt">Its last step.</param>
/// <param name="MayWithdraw">It was asked for, and nobody has approved it yet.</param>
public sealed record PayoutRow(long Id, string Currency, long Amount, PayoutState State, DateTime RequestedAt, string RequestedByName, DateTime ChangedAt, string? FailureReason, bool MayWithdraw);

/// <summary>The payouts of the actor's own account.</summary>
public sealed class PayoutQueries(PortalDb portal, WalletQueries wallets, TimeProvider clock)
{
    public const int PageSize = 25;

    /// <summary>Empty for who may not see the account's money.</summary>
    public async Task<PayoutStanding> StandingAsync(Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } own, MaySeeMoney: true })
        {
            return new PayoutStanding([], null);
        }

        await using var db = await portal.ReadAsync(ct);
        var settings = await db.PayoutSettings.SingleOrDefaultAsync(ct) ?? new PayoutSettings();
        var payable = new List<PayableWallet>();
        foreach (var balance in await wallets.BalancesAsync(actor, ct))
        {
            var obstacle = await PayoutEligibility.WhyNotAsync(db, own, balance.Currency, balance.Available, settings, clock.GetUtcNow().UtcDateTime, ct);
            payable.Add(new PayableWallet(balance.Currency, balance.Available, balance.InPayout, balance.Paid, settings.Minimums.GetValueOrDefault(balance.Currency), obstacle));
        }

        return new PayoutStanding(payable, settings.Rhythm is PayoutRhythm.Monthly ? settings.MonthlyDay : null);
    }

    /// <summary>The newest first.</summary>
    /// <param name="cursor">Of a neighbouring page; null for the newest.</param>
    /// <param name="actor">Sees its own account's; nobody else's.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Page<PayoutRow>> PageAsync(string? cursor, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } own, MaySeeMoney: true })
        {
            return new Page<PayoutRow>([], null, null);
        }

        await using var db = await portal.ReadAsync(ct);
        return await IdKeyset.NewestFirstAsync(
            db.Payouts.Where(p => p.AccountId == own), p => p.Id,
            rows => rows.Select(p => new PayoutRow(p.Id, p.Currency, p.Amount, p.State, p.RequestedAt, p.RequestedByName, p.ClosedAt ?? p.ExportedAt ?? p.ApprovedAt ?? p.RequestedAt, p.FailureReason,
                p.State == PayoutState.Requested && p.Period == null)),
            r => r.Id, cursor, PageSize, ct);
    }
}
