using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Payouts;

/// <summary>The bank has paid.</summary>
public sealed class MarkPayoutPaid(PortalDb portal, PayoutMails mails)
{
    public Task<Result<Done>> ExecuteAsync(long payoutId, Actor actor, CancellationToken ct) => PaidLines.WhenFreeAsync(() => PayAsync(payoutId, actor, ct), ct);

    private async Task<Result<Done>> PayAsync(long payoutId, Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        var taken = await PayoutDesk.TakeAsync(work, payoutId, actor, ct);
        if (taken.Error is { } error)
        {
            return error;
        }

        var payout = taken.Value;
        if (!payout.Pay(actor, work.Now))
        {
            return new PayoutMoved(payout.State);
        }

        LedgerBook.Post(work, LedgerKind.PayoutPaid, LedgerSubject.OfPayout(payout.Id),
            [new Posting(LedgerPlace.InPayout(payout.AccountId), LedgerPlace.Paid(payout.AccountId), payout.Currency, payout.Amount)]);
        await PaidLines.MarkAsync(work, payout, work.Now, ct);
        await ClosedPayees.ForgetAsync(work, payout.AccountId, payout.Id, ct);
        work.Audit(actor, AuditActions.PayoutPaid, ("payout", payout.Id), payout.AccountId);
        await mails.PaidAsync(work, payout, ct);
        PayoutDesk.Tell(work, payout);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
