using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Journeys;

/// <summary>
/// Lets invitations lapse that were sent and that nobody answered in time, alike whether the address had an account or not; a created account that nobody signed in to
/// lapses with its last open invitation, be it expired or withdrawn, and its credentials stop working.
/// </summary>
public sealed class LapseInvitations(PortalDb portal, TimeProvider clock)
{
    /// <summary>Published when an invitation was withdrawn.</summary>
    public const string Signal = "lapse";

    /// <returns>How many invitations expired.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        var lapsed = await ExpireAsync(ct);
        await LapseWithdrawnAsync(ct);
        return lapsed;
    }

    private async Task<int> ExpireAsync(CancellationToken ct)
    {
        var lapsed = 0;
        while (true)
        {
            List<long> ids;
            await using (var db = await portal.ReadAsync(ct))
            {
                var now = clock.GetUtcNow().UtcDateTime;
                ids = await db.Invitations
                    .Where(i => (i.State == InvitationState.Sent || i.State == InvitationState.Followed) && i.ExpiresAt <= now)
                    .OrderBy(i => i.Id).Select(i => i.Id).Take(200).ToListAsync(ct);
            }

            if (ids.Count == 0)
            {
                return lapsed;
            }

            await using var work = await portal.BeginAsync(ct);
            lapsed += await LapseAsync(work, ids, ct);
            await work.CommitAsync(ct);
        }
    }

    /// <summary>Accounts that were created for an invitation that its partner took back.</summary>
    private async Task LapseWithdrawnAsync(CancellationToken ct)
    {
        List<long> ids;
        await using (var db = await portal.ReadAsync(ct))
        {
            var now = clock.GetUtcNow().UtcDateTime;
            ids = await (
                from a in db.Accounts
                where a.State == AccountState.Unclaimed
                    && db.Invitations.Any(i => i.ClientId == a.Id && i.Kind == InvitationKind.Created && i.State == InvitationState.Withdrawn)
                    && !db.Invitations.Any(i => i.ClientId == a.Id && i.Kind == InvitationKind.Created && i.AnsweredAt == null && i.ExpiresAt > now)
                select a.Id).ToListAsync(ct);
        }

        foreach (var id in ids)
        {
            await using var work = await portal.BeginAsync(ct);
            await work.LockAsync(PortalLock.Client, id, ct);
            await LapseAccountAsync(work, id, [], ct);
            await work.CommitAsync(ct);
        }
    }

    private static async Task<int> LapseAsync(PortalTransaction work, List<long> ids, CancellationToken ct)
    {
        var invitations = await work.Db.Invitations.Where(i => ids.Contains(i.Id) && i.ExpiresAt <= work.Now
            && (i.State == InvitationState.Sent || i.State == InvitationState.Followed)).ToListAsync(ct);
        var records = await work.Db.ClientRecords.Where(r => r.InvitationId != null && ids.Contains(r.InvitationId.Value)).ToListAsync(ct);
        foreach (var invitation in invitations)
        {
            invitation.Expire();
            work.Audit(Actor.System, AuditActions.InvitationLapsed, ("invitation", invitation.Id), invitation.PartnerId);
            work.Signal(InvitationQueries.ChannelOf(invitation.PartnerId));
            if (records.FirstOrDefault(r => r.InvitationId == invitation.Id) is { Status: ClientStatus.Invited } record)
            {
                record.Lapse();
                record.Tell(ClientEventKind.Lapsed, work.Now);
                await ClientList.SignalAsync(work, record, ct);
            }

            if (invitation is { Kind: InvitationKind.Created, ClientId: { } clientId })
            {
                await LapseAccountAsync(work, clientId, invitations, ct);
            }
        }

        return invitations.Count;
    }

    private static async Task LapseAccountAsync(PortalTransaction work, long clientId, List<Invitation> lapsing, CancellationToken ct)
    {
        var lapsingIds = lapsing.Select(i => i.Id).ToList();
        var isStillInvited = await work.Db.Invitations.AnyAsync(i =>
            i.ClientId == clientId && i.Kind == InvitationKind.Created && i.AnsweredAt == null && i.ExpiresAt > work.Now && !lapsingIds.Contains(i.Id), ct);
        var account = await work.Db.Accounts.FirstAsync(a => a.Id == clientId, ct);
        if (isStillInvited || !account.Lapse())
        {
            return;
        }

        work.Audit(Actor.System, AuditActions.AccountLapsed, ("account", clientId), clientId);
        var users = await work.Db.Members.Where(m => m.AccountId == clientId).Select(m => m.UserId).ToListAsync(ct);
        foreach (var credential in await work.Db.OneTimeCredentials.Where(c => users.Contains(c.UserId) && c.UsedAt == null && c.VoidedAt == null).ToListAsync(ct))
        {
            credential.Void(work.Now);
        }
    }
}
