using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Payouts;

/// <summary>What all acts of staff on a payout begin with.</summary>
public static class PayoutDesk
{
    /// <summary>Published when a payout was opened or moved; the payload is the account's id.</summary>
    public const string Signal = "payouts";

    /// <summary>Takes the account's payout lock, so that of two acts the second meets what the first made, and refuses who may not act.</summary>
    internal static async Task<Result<Payout>> TakeAsync(PortalTransaction work, long payoutId, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new NotAllowed();
        }

        if (await work.Db.Payouts.Where(p => p.Id == payoutId).Select(p => (long?)p.AccountId).FirstOrDefaultAsync(ct) is not { } accountId)
        {
            return new NoSuchPayout();
        }

        await work.LockAsync(PortalLock.Payouts, accountId, ct);
        if (await OwnAccounts.InvolveAsync(work.Db, actor, [accountId], ct))
        {
            return new OwnAccountInvolved();
        }

        return await work.Db.Payouts.SingleAsync(p => p.Id == payoutId, ct);
    }

    /// <summary>Gives a payout's money back to what is available.</summary>
    internal static void Return(PortalTransaction work, Payout payout) => LedgerBook.Post(
        work, LedgerKind.PayoutReturned, LedgerSubject.OfPayout(payout.Id),
        [new Posting(LedgerPlace.InPayout(payout.AccountId), LedgerPlace.Available(payout.AccountId), payout.Currency, payout.Amount)]);

    /// <summary>Tells open pages of staff, and those of the partner.</summary>
    internal static void Tell(PortalTransaction work, Payout payout) =>
        work.Signal(Signal, payout.AccountId.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
