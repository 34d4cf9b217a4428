using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;

namespace PartnerPortal.Features.Payouts;

/// <summary>Where a closed account's money goes is kept only while money goes there.</summary>
public static class ClosedPayees
{
    /// <summary>Forgets it unless the account lives on or has a payout on its way.</summary>
    /// <param name="work">The transaction that closes the account, or its payout.</param>
    /// <param name="accountId">The account's.</param>
    /// <param name="closing">A payout that is on its way no more with this transaction; 0 for none.</param>
    /// <param name="ct">Cancels.</param>
    internal static async Task ForgetAsync(PortalTransaction work, long accountId, long closing, CancellationToken ct)
    {
        var account = await work.Db.Accounts.SingleAsync(a => a.Id == accountId, ct);
        if (account.State is not AccountState.Closed || await work.Db.Payouts.AnyAsync(
            p => p.AccountId == accountId && p.Id != closing && (p.State == PayoutState.Requested || p.State == PayoutState.Approved || p.State == PayoutState.Exported), ct))
        {
            return;
        }

        await work.Db.Payees.Where(p => p.AccountId == accountId).ExecuteDeleteAsync(ct);
    }
}
