using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Payouts;

/// <summary>Staff declines a payout, or the bank sent it back: the money is available again, and the partner reads why.</summary>
public sealed class FailPayout(PortalDb portal, PayoutMails mails)
{
    public async Task<Result<Done>> ExecuteAsync(long payoutId, string? reason, Actor actor, CancellationToken ct)
    {
        var given = reason?.Trim() ?? "";
        if (given.Length is 0 or > Payout.ReasonLength)
        {
            return given.Length == 0 ? new FailureReasonMissing() : new FailureReasonTooLong(Payout.ReasonLength);
        }

        await using var work = await portal.BeginAsync(ct);
        var taken = await PayoutDesk.TakeAsync(work, payoutId, actor, ct);
        if (taken.Error is { } error)
        {
            return error;
        }

        var payout = taken.Value;
        if (!payout.Fail(given, actor, work.Now))
        {
            return new PayoutMoved(payout.State);
        }

        PayoutDesk.Return(work, payout);
        await ClosedPayees.ForgetAsync(work, payout.AccountId, payout.Id, ct);
        work.Audit(actor, AuditActions.PayoutFailed, ("payout", payout.Id), payout.AccountId, new { reason = given });
        await mails.FailedAsync(work, payout, ct);
        PayoutDesk.Tell(work, payout);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
