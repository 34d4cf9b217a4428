using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Payouts;

/// <summary>
/// Where the program pays by the month: on its day, and after it when the portal did not run then, opens a payout for every wallet that has enough. Once a month, wallet and currency,
/// however often it runs and on however many nodes.
/// </summary>
public sealed class RequestMonthlyPayouts(PortalDb portal, PayoutMails mails, TimeProvider clock)
{
    private const int Batch = 200;

    /// <returns>How many were opened.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        var today = clock.GetUtcNow().UtcDateTime;
        var period = today.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        await using var db = await portal.ReadAsync(ct);
        if (await db.PayoutSettings.SingleOrDefaultAsync(ct) is not { Rhythm: PayoutRhythm.Monthly } settings || today.Day < settings.MonthlyDay)
        {
            return 0;
        }

        var opened = 0;
        var after = 0L;
        while (await db.Payees.Where(p => p.AccountId > after).OrderBy(p => p.AccountId).Select(p => p.AccountId).Take(Batch).ToListAsync(ct) is { Count: > 0 } accounts)
        {
            foreach (var account in accounts)
            {
                var done = await db.Payouts.Where(p => p.AccountId == account && p.Period == period).Select(p => p.Currency).ToListAsync(ct);
                foreach (var currency in (await PayoutBook.CurrenciesAsync(db, account, ct)).Except(done))
                {
                    opened += await OpenAsync(account, currency, period, ct) ? 1 : 0;
                }
            }

            after = accounts[^1];
        }

        return opened;
    }

    private async Task<bool> OpenAsync(long accountId, string currency, string period, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Payouts, accountId, ct);
        if (await work.Db.Payouts.AnyAsync(p => p.AccountId == accountId && p.Currency == currency && p.Period == period, ct))
        {
            return false;
        }

        work.Audit(Actor.System, AuditActions.PayoutRequested, ("payout", null), accountId, new { currency });
        var opened = await PayoutOpening.OpenAsync(work, accountId, currency, Actor.System, period, ct);
        if (!opened.Ok)
        {
            return false;
        }

        await mails.RequestedAsync(work, opened.Value, ct);
        await work.CommitAsync(ct);
        return true;
    }
}

/// <summary>Runs <see cref="RequestMonthlyPayouts"/> every hour.</summary>
public sealed class MonthlyPayoutWorker(IServiceScopeFactory scopes, Signals signals, TimeProvider clock, ILogger<MonthlyPayoutWorker> logger)
    : ScopedWorker(scopes, signals, clock, logger)
{
    protected override string? Signal => null;

    protected override TimeSpan Interval => TimeSpan.FromHours(1);

    protected override Task WorkAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<RequestMonthlyPayouts>().ExecuteAsync(ct);
}
