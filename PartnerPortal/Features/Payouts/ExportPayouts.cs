using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Payouts;

/// <summary>What was put into a bank file.</summary>
/// <param name="BatchId">Its file is read with <see cref="ReadBankFile"/>, as often as need be.</param>
/// <param name="Left">Approved ones of the actor's own accounts: a colleague exports those.</param>
public sealed record ExportedBatch(long BatchId, int Count, int Left);

/// <summary>
/// Puts all approved payouts into one bank file. From then on they are in it and in no other, whatever becomes of the file: it can be read again, and is the same again.
/// </summary>
public sealed class ExportPayouts(PortalDb portal)
{
    public async Task<Result<ExportedBatch>> ExecuteAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        var accounts = await work.Db.Payouts.Where(p => p.State == PayoutState.Approved).Select(p => p.AccountId).Distinct().ToListAsync(ct);
        var own = await work.Db.Members.Where(m => m.UserId == actor.UserId && accounts.Contains(m.AccountId)).Select(m => m.AccountId).Distinct().ToListAsync(ct);
        // Locks are taken by the id as they fold it; see PortalTransaction.LockAsync.
        foreach (var account in accounts.Except(own).OrderBy(a => unchecked((int)a)))
        {
            await work.LockAsync(PortalLock.Payouts, account, ct);
        }

        var payouts = await work.Db.Payouts.Where(p => p.State == PayoutState.Approved && accounts.Contains(p.AccountId) && !own.Contains(p.AccountId)).OrderBy(p => p.Id).ToListAsync(ct);
        if (payouts.Count == 0)
        {
            return new NothingToExport();
        }

        var batch = new PayoutBatch(actor, work.Now);
        work.Db.PayoutBatches.Add(batch);
        work.Audit(actor, AuditActions.PayoutsExported, ("payout-batch", null), null, new { count = payouts.Count });
        await work.SaveAsync(ct);
        foreach (var payout in payouts)
        {
            payout.Export(batch.Id, work.Now);
            work.Audit(actor, AuditActions.PayoutExported, ("payout", payout.Id), payout.AccountId);
            PayoutDesk.Tell(work, payout);
        }

        await work.CommitAsync(ct);
        return new ExportedBatch(batch.Id, payouts.Count, own.Count);
    }
}
