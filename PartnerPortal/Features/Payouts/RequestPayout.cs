using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Payouts;

/// <summary>The program pays out by the month: there is nothing to ask for.</summary>
public sealed record PaidByTheMonth(int Day) : Error;

/// <summary>An admin or finance member asks for all that is available in a currency.</summary>
public sealed class RequestPayout(PortalDb portal, PayoutMails mails)
{
    /// <returns>The payout's id.</returns>
    public async Task<Result<long>> ExecuteAsync(string currency, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } accountId, MaySeeMoney: true } || !Currencies.IsKnown(currency))
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Payouts, accountId, ct);
        if (await work.Db.PayoutSettings.AsNoTracking().SingleOrDefaultAsync(ct) is { Rhythm: PayoutRhythm.Monthly, MonthlyDay: var day })
        {
            return new PaidByTheMonth(day);
        }

        work.Audit(actor, AuditActions.PayoutRequested, ("payout", null), accountId, new { currency });
        var opened = await PayoutOpening.OpenAsync(work, accountId, currency, actor, period: null, ct);
        if (opened.Error is { } error)
        {
            return error;
        }

        await mails.RequestedAsync(work, opened.Value, ct);
        await work.CommitAsync(ct);
        return opened.Value.Id;
    }
}
