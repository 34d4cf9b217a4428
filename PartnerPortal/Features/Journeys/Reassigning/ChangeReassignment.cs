using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Reassigning;

/// <summary>Keeps in a draft what support chose, also while it is not complete.</summary>
public sealed class ChangeReassignment(PortalDb portal)
{
    public async Task<Result<Done>> ExecuteAsync(long id, ReassignChoice choice, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new NotAllowed();
        }

        if (choice.Reason.Trim().Length > Reassignment.ReasonLength)
        {
            return new ReasonTooLong(Reassignment.ReasonLength);
        }

        await using var work = await portal.BeginAsync(ct);
        if (await ReassignmentBook.TakeAsync(work, id, ct) is not { } draft)
        {
            return new NoSuchReassignment();
        }

        if (choice.PartnerId is { } chosen && chosen == draft.ClosesPartnerId)
        {
            return new TargetIsNoPartner();
        }

        if (choice is { ToNobody: false, PartnerId: { } partner } && (await ReassignTarget.FindAsync(work.Db, partner, actor, ct)).Error is { } refusal)
        {
            return refusal;
        }

        if (!draft.Choose(choice))
        {
            return new ReassignmentMovedOn(draft.State);
        }

        work.Audit(actor, AuditActions.ReassignmentChanged, ("reassignment", id), choice.PartnerId, new { lines = choice.Lines, startsAt = choice.StartsAt });
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
