using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Payouts;

/// <summary>Opens a payout of all that a wallet has available in a currency. The caller holds the account's payout lock, and has added the audit entry.</summary>
internal static class PayoutOpening
{
    /// <returns>The payout, saved; or why there is none, and then the caller commits nothing.</returns>
    public static async Task<Result<Payout>> OpenAsync(PortalTransaction work, long accountId, string currency, Actor actor, string? period, CancellationToken ct)
    {
        var settings = await work.Db.PayoutSettings.AsNoTracking().SingleOrDefaultAsync(ct) ?? new PayoutSettings();
        var available = await PayoutBook.AvailableAsync(work.Db, accountId, currency, ct);
        if (await PayoutEligibility.WhyNotAsync(work.Db, accountId, currency, available, settings, work.Now, ct) is { } obstacle)
        {
            return obstacle;
        }

        var payee = await work.Db.Payees.AsNoTracking().SingleAsync(p => p.AccountId == accountId, ct);
        var payout = new Payout(accountId, currency, available, payee.Sealed, actor, period, work.Now);
        work.Db.Payouts.Add(payout);
        await work.SaveAsync(ct);
        // A purchase may have been settled or refunded since the balance was read: what was claimed is what is paid.
        var claimed = await PayoutBook.ClaimAsync(work, payout.Id, accountId, currency, ct);
        if (PayoutEligibility.Amount(currency, claimed, settings) is { } tooLittle)
        {
            return tooLittle;
        }

        payout.Hold(claimed);
        if (!settings.NeedsApproval)
        {
            payout.Approve(Actor.System, work.Now);
        }

        await PayoutBook.TakeAsync(work, payout.Id, new Posting(LedgerPlace.Available(accountId), LedgerPlace.InPayout(accountId), currency, claimed), ct);
        PayoutDesk.Tell(work, payout);
        return payout;
    }
}
