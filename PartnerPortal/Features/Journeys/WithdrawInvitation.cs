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
        await work.LockAsync(PortalLock.Installation, unchecked((int)invitationId), ct);
        if (await work.Db.Invitations.FirstOrDefaultAsync(i => i.Id == invitationId && i.PartnerId == partnerId, ct) is not { } invitation)
        {
            return new NoSuchInvitation();
        }

        if (!invitation.Withdraw(work.Now))
        {
            return new AlreadyAnswered();
        }

        if (await work.Db.ClientRecords.FirstOrDefaultAsync(r => r.InvitationId == invitationId && r.PartnerId == partnerId, ct) is { } record)
        {
            record.Lapse();
            record.Tell(ClientEventKind.Withdrawn, work.Now, actor.Name);
            await ClientList.SignalAsync(work, record, ct);
        }

        foreach (var message in await work.Db.OutboxMessages
            .Where(m => m.CauseId == invitationId && (m.State == OutboxState.Pending || m.State == OutboxState.Failed)).ToListAsync(ct))
        {
            message.Cancel();
        }

        work.Audit(actor, AuditActions.InvitationWithdrawn, ("invitation", invitationId), partnerId);
        work.Signal(InvitationQueries.ChannelOf(partnerId));
        work.Signal(LapseInvitations.Signal);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
