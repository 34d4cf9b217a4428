using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.MailReports;

/// <summary>Notes with an invitation whether its latest mail arrived. Told twice changes nothing.</summary>
internal static class InvitationMailState
{
    /// <param name="portal">The database.</param>
    /// <param name="invitationId">Which.</param>
    /// <param name="partnerId">Whose it must be; null when a machine tells.</param>
    /// <param name="bounced">Else it arrived.</param>
    /// <param name="actor">Who tells.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns><see cref="AlreadyAnswered"/> when that was known, or the invitation is beyond it.</returns>
    public static async Task<Result<Done>> NoteAsync(PortalDb portal, long invitationId, long? partnerId, bool bounced, Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Installation, invitationId, ct);
        if (await work.Db.Invitations.FirstOrDefaultAsync(i => i.Id == invitationId && (partnerId == null || i.PartnerId == partnerId), ct) is not { } invitation)
        {
            return new NoSuchInvitation();
        }

        var isNew = bounced ? invitation.Bounce(work.Now) : partnerId is null ? invitation.Deliver(work.Now) : invitation.Unbounce();
        if (!isNew)
        {
            return new AlreadyAnswered();
        }

        work.Audit(actor, bounced ? AuditActions.InvitationBounced : AuditActions.InvitationDelivered, ("invitation", invitation.Id), invitation.PartnerId);
        work.Signal(InvitationQueries.ChannelOf(invitation.PartnerId));
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
