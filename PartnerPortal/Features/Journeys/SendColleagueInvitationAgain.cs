using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>A new mail with a new link; the link of the earlier mail stops working.</summary>
public sealed class SendColleagueInvitationAgain(PortalDb portal, TeamMails mails)
{
    /// <returns>The invited address.</returns>
    public async Task<Result<string>> ExecuteAsync(long invitationId, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } accountId, MayAdminister: true })
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Client, accountId, ct);
        var token = LinkToken.New();
        if (await work.Db.MemberInvitations.FirstOrDefaultAsync(i => i.Id == invitationId && i.AccountId == accountId, ct) is not { } invitation
            || !invitation.SendAgain(LinkToken.Hash(token), work.Now.AddDays(InviteColleague.Days)))
        {
            return new ColleagueInvitationGone();
        }

        work.Audit(actor, AuditActions.MemberInvited, ("member-invitation", invitation.Id), accountId, new { again = true });
        await mails.InviteAsync(work, invitation, token, actor, ct);
        await work.CommitAsync(ct);
        return invitation.Email;
    }
}
