using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Payouts;

/// <summary>A second person, of staff, lets a payout go out with the next bank file.</summary>
public sealed class ApprovePayout(PortalDb portal)
{
    public async Task<Result<Done>> ExecuteAsync(long payoutId, Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        var taken = await PayoutDesk.TakeAsync(work, payoutId, actor, ct);
        if (taken.Error is { } error)
        {
            return error;
        }

        var payout = taken.Value;
        if (payout.RequestedByUserId is { } asked && asked == actor.UserId)
        {
            // Somebody who asked and left the account since is still the first person.
            return new SecondPersonNeeded();
        }

        if (!payout.Approve(actor, work.Now))
        {
            return new PayoutMoved(payout.State);
        }

        work.Audit(actor, AuditActions.PayoutApproved, ("payout", payout.Id), payout.AccountId);
        PayoutDesk.Tell(work, payout);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
