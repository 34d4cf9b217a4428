using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Payouts;

/// <summary>A partner takes its request back while nobody has approved it; what was asked for is available again.</summary>
public sealed class WithdrawPayout(PortalDb portal)
{
    public async Task<Result<Done>> ExecuteAsync(long payoutId, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } accountId, MaySeeMoney: true })
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Payouts, accountId, ct);
        if (await work.Db.Payouts.SingleOrDefaultAsync(p => p.Id == payoutId && p.AccountId == accountId, ct) is not { } payout)
        {
            return new NoSuchPayout();
        }

        if (!payout.Withdraw(actor, work.Now))
        {
            return new PayoutMoved(payout.State);
        }

        PayoutDesk.Return(work, payout);
        work.Audit(actor, AuditActions.PayoutWithdrawn, ("payout", payout.Id), payout.AccountId);
        PayoutDesk.Tell(work, payout);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
