using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Accounts;

/// <summary>An admin takes an invitation back: its link stops working.</summary>
public sealed class WithdrawColleagueInvitation(PortalDb portal)
{
    public async Task<Result<Done>> ExecuteAsync(long invitationId, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } accountId, MayAdminister: true })
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Client, accountId, ct);
        if (await work.Db.MemberInvitations.FirstOrDefaultAsync(i => i.Id == invitationId && i.AccountId == accountId, ct) is not { AcceptedAt: null, WithdrawnAt: null } invitation)
        {
            return new ColleagueInvitationGone();
        }

        invitation.Withdraw(work.Now);
        work.Audit(actor, AuditActions.MemberInvitationWithdrawn, ("member-invitation", invitation.Id), accountId);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
