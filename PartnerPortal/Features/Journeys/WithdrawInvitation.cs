using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

public sealed record NoSuchInvitation : Error;

/// <summary>
/// A partner takes an invitation back: its link no longer counts as one, mail that waits is not sent, its line lapses. An account that was created for it and
/// that nobody signed in to lapses too, with its credentials; that is done by <see cref="LapseInvitations"/> right after, so that withdrawing takes the same time
/// whether the address had an account before or not (invariant 10).
/// </summary>
public sealed class WithdrawInvitation(PortalDb portal)
{
    public async Task<Result<Done>> ExecuteAsync(long invitationId, Actor actor, CancellationToken ct)
    {
        // A suspended partner may still take back what it sent.
        if (actor is not { AccountId: { } partnerId, IsPartner: true, MaySell: true })
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        // The same lock as the worker's that writes its mail: it is either sent before, or not at all.
        await work.LockAsync(PortalLock.Installation, invitationId, ct);
        if (await work.Db.Invitations.FirstOrDefaultAsync(i => i.Id == invitationId && i.PartnerId == partnerId, ct) is not { } invitation)
        {
            return new NoSuchInvitation();
        }

        if (!await WithinAsync(work, invitation, actor, ct))
        {
            return new AlreadyAnswered();
        }

        await work.CommitAsync(ct);
        return Done.Value;
    }

    /// <summary>The same as a part of something more; the caller holds the invitation's lock, and commits.</summary>
    /// <returns>False when it was answered before.</returns>
    internal static async Task<bool> WithinAsync(PortalTransaction work, Invitation invitation, Actor actor, CancellationToken ct)
    {
        if (!invitation.Withdraw(work.Now))
        {
            return false;
        }

        if (await work.Db.ClientRecords.FirstOrDefaultAsync(r => r.InvitationId == invitation.Id && r.PartnerId == invitation.PartnerId, ct) is { } record)
        {
            record.Lapse();
            record.Tell(ClientEventKind.Withdrawn, work.Now, actor.Name);
            await ClientList.SignalAsync(work, record, ct);
        }

        await Outbox.CancelAsync(work, invitation.Id, ct);

        work.Audit(actor, AuditActions.InvitationWithdrawn, ("invitation", invitation.Id), invitation.PartnerId);
        work.Signal(InvitationQueries.ChannelOf(invitation.PartnerId));
        work.Signal(LapseInvitations.Signal);
        return true;
    }
}
