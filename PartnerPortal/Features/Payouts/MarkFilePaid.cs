using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Payouts;

/// <param name="Paid">How many were marked.</param>
/// <param name="Left">How many of the file are of accounts of the actor's own: a colleague marks them.</param>
public sealed record PaidFile(int Paid, int Left);

/// <summary>The bank has paid all of a file that is not marked failed. Each payout is a step of its own: cut off, the rest is marked by the next call.</summary>
public sealed class MarkFilePaid(PortalDb portal, MarkPayoutPaid pay)
{
    public async Task<Result<PaidFile>> ExecuteAsync(long batchId, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new NotAllowed();
        }

        List<long> waiting;
        await using (var db = await portal.ReadAsync(ct))
        {
            waiting = await db.Payouts.Where(p => p.BatchId == batchId && p.State == PayoutState.Exported).OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(ct);
        }

        if (waiting.Count == 0)
        {
            return new NothingInFile();
        }

        var (paid, left) = (0, 0);
        foreach (var payout in waiting)
        {
            var result = await pay.ExecuteAsync(payout, actor, ct);
            paid += result.Ok ? 1 : 0;
            left += result.Error is OwnAccountInvolved ? 1 : 0;
        }

        return new PaidFile(paid, left);
    }
}
