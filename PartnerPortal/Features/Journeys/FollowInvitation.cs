using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>Somebody opened an invitation's link. The partner sees that it was opened; nothing of who opened it.</summary>
public sealed class FollowInvitation(PortalDb portal, TimeProvider clock)
{
    /// <param name="token">From the link.</param>
    /// <param name="partnerId">Whose link it was: another's invitation is not followed.</param>
    /// <param name="actor">Usually a visitor.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<Done>> ExecuteAsync(string token, long partnerId, Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using (var db = await portal.ReadAsync(ct))
        {
            // Most clicks are not the first: those need no turn among the writers.
            if (!await db.Invitations.AnyAsync(i => i.Token == token && i.PartnerId == partnerId && i.FollowedAt == null && i.AnsweredAt == null && i.ExpiresAt > now, ct))
            {
                return Done.Value;
            }
        }

        await using var work = await portal.BeginAsync(ct);
        var invitation = await work.Db.Invitations.FirstOrDefaultAsync(i => i.Token == token && i.PartnerId == partnerId && i.FollowedAt == null, ct);
        if (invitation is null || !invitation.IsOpen(work.Now))
        {
            return Done.Value;
        }

        invitation.Follow(work.Now);
        if (await work.Db.ClientRecords.FirstOrDefaultAsync(r => r.InvitationId == invitation.Id, ct) is { } record)
        {
            record.Tell(ClientEventKind.LinkFollowed, work.Now);
            await ClientList.SignalAsync(work, record, ct);
        }

        work.Audit(actor, AuditActions.InvitationFollowed, ("invitation", invitation.Id), partnerId);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
