using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Flags;

/// <param name="ClientIds">Accounts of those that are decided now; the others stay under review. None where the flag is about no client.</param>
/// <param name="Voids">Their purchases give nobody anything; otherwise all is well.</param>
/// <param name="Reason">In staff's words; the partner reads it.</param>
public sealed record FlagDecision(IReadOnlyList<long> ClientIds, bool Voids, string Reason);

/// <summary>
/// Support clears clients of a flag, and what they bought is paid as ever; or it voids what they bought up to now, and it is taken back by opposite transactions, at every level. Nobody decides about an account of
/// its own, on any side of it.
/// </summary>
public sealed class DecideFlag(PortalDb portal, FlagMails mails)
{
    public async Task<Result<Done>> ExecuteAsync(long flagId, FlagDecision decision, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new NotAllowed();
        }

        var reason = decision.Reason.Trim();
        if (reason.Length is 0 or > ReviewFlag.ReasonLength)
        {
            return reason.Length == 0 ? new FlagReasonMissing() : new FlagReasonTooLong(ReviewFlag.ReasonLength);
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Flag, flagId, ct);
        if (await work.Db.ReviewFlags.SingleOrDefaultAsync(f => f.Id == flagId, ct) is not { } flag)
        {
            return new NoSuchFlag();
        }

        if (flag.State is not FlagState.Open)
        {
            return new FlagDecidedBefore();
        }

        var all = await work.Db.FlaggedClients.Where(c => c.FlagId == flagId).ToListAsync(ct);
        var chosen = all.Where(c => c.State is FlaggedState.UnderReview && decision.ClientIds.Contains(c.ClientId)).ToList();
        if (chosen.Count == 0 && all.Count > 0)
        {
            return new NoFlaggedClient();
        }

        var ids = chosen.ConvertAll(c => c.ClientId);
        if (await InvolvesOwnAsync(work.Db, flag, ids, actor, ct))
        {
            return new OwnAccountInvolved();
        }

        await work.LockAsync(ids.SelectMany(c => new[] { (PortalLock.Client, c), (PortalLock.ClientMoney, c) }), ct);
        chosen.ForEach(c => Decide(c, decision.Voids));
        work.Audit(actor, decision.Voids ? AuditActions.FlagVoided : AuditActions.FlagCleared, ("flag", flagId), flag.PartnerId, new { clients = ids.Count, reason });
        if (decision.Voids)
        {
            await PurchaseReviews.VoidAsync(work, flag, ids, ct);
        }

        var isOver = all.TrueForAll(c => c.State is not FlaggedState.UnderReview);
        flag.Decide(reason, !isOver ? null : all.Exists(c => c.State is FlaggedState.Voided) ? FlagState.Voided : FlagState.Cleared, actor.UserId, work.Now);
        if (decision.Voids || await FlaggedMoney.IsThereAsync(work.Db, flag.PartnerId, ids, ct))
        {
            await mails.DecidedAsync(work, flag, decision.Voids, ct);
        }

        work.Signal(RaiseFlags.Signal);
        await work.CommitAsync(ct);
        return Done.Value;
    }

    private static void Decide(FlaggedClient client, bool voids)
    {
        if (voids)
        {
            client.Void();
        }
        else
        {
            client.Clear();
        }
    }

    private static async Task<bool> InvolvesOwnAsync(PortalDbContext db, ReviewFlag flag, List<long> clients, Actor actor, CancellationToken ct)
    {
        var earning = await (
            from p in db.Purchases
            join l in db.CommissionLines on p.Id equals l.PurchaseId
            where clients.Contains(p.ClientId) && p.PartnerId == flag.PartnerId
            select l.PartnerId).Distinct().ToListAsync(ct);
        return await OwnAccounts.InvolveAsync(db, actor, [flag.PartnerId, .. clients, .. earning], ct);
    }
}
