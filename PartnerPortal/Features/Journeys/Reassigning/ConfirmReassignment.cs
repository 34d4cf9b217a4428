using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Reassigning;

/// <summary>Support decides what it looked at. A worker does it, at once or when its time has come; each client is looked at anew then.</summary>
public sealed class ConfirmReassignment(PortalDb portal)
{
    public async Task<Result<ReassignmentState>> ExecuteAsync(long id, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        if (await ReassignmentBook.TakeAsync(work, id, ct) is not { } draft)
        {
            return new NoSuchReassignment();
        }

        if (draft.State is not ReassignmentState.Draft)
        {
            return new ReassignmentMovedOn(draft.State);
        }

        if (draft.PartnerId is null && !draft.ToNobody)
        {
            return new TargetIsNoPartner();
        }

        if (draft.PartnerId is { } target && (await ReassignTarget.FindAsync(work.Db, target, actor, ct)).Error is { } refusal)
        {
            return refusal;
        }

        if (draft.ClosesPartnerId is { } closes && await PartnerClosing.WhyNotAsync(work.Db, closes, actor, ct) is { } obstacle)
        {
            return obstacle;
        }

        if (draft.Reason.Length == 0)
        {
            return new ReasonMissing();
        }

        if (draft.StartsAt <= work.Now)
        {
            return new StartIsPast();
        }

        if (draft.ClosesPartnerId is null && !await ReassignJudgement.Of(work.Db, draft, actor.UserId).AnyAsync(j => j.Verdict == null, ct))
        {
            return new NothingToMove();
        }

        draft.Confirm(actor, work.Now);
        work.Audit(actor, AuditActions.ReassignmentConfirmed, ("reassignment", id), draft.PartnerId ?? draft.ClosesPartnerId, new { to = draft.PartnerId, closes = draft.ClosesPartnerId, clients = draft.Clients, lines = draft.Lines, startsAt = draft.StartsAt, reason = draft.Reason });
        ReassignmentBook.Tell(work, id);
        await work.CommitAsync(ct);
        return draft.State;
    }
}
