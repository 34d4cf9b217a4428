using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>What a mailed address stops, as its page shows it.</summary>
/// <param name="PartnerName">Who invited.</param>
/// <param name="IsStopped">It may not invite the address any more.</param>
public sealed record InvitationStop(string PartnerName, bool IsStopped);

/// <summary>Reads by the token alone: it came by mail.</summary>
public sealed class InvitationStopQueries(PortalDb portal)
{
    /// <returns>Null when no invitation has the token, or it is so old that its address was forgotten.</returns>
    public async Task<InvitationStop?> FindAsync(string token, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        var found = await (from i in db.Invitations join p in db.Accounts on i.PartnerId equals p.Id where i.Token == token && i.NormalizedEmail != "" select new { i.PartnerId, i.NormalizedEmail, p.Name })
            .FirstOrDefaultAsync(ct);
        return found is null ? null : new InvitationStop(found.Name, await InvitationOptOuts.HasAsync(db, found.PartnerId, found.NormalizedEmail, ct));
    }
}

/// <summary>
/// "No more invitations", by the address in the mail alone (RFC 8058): the invitation is declined, what waits to be sent for it is not, and the partner cannot invite or create the address
/// again. Whoever signs in may still become its client.
/// </summary>
public sealed class StopInvitations(PortalDb portal, ProgramSettingsSource settings)
{
    /// <param name="token">Of the mail.</param>
    /// <param name="stop">False takes it back: the partner may invite again, and the invitation waits for an answer as before.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<Done>> ExecuteAsync(string token, bool stop, CancellationToken ct)
    {
        var program = await settings.GetAsync(ct);
        await using var work = await portal.BeginAsync(ct);
        if (await work.Db.Invitations.Where(i => i.Token == token && i.NormalizedEmail != "").Select(i => (long?)i.Id).FirstOrDefaultAsync(ct) is not { } id)
        {
            return new NoSuchInvitation();
        }

        // The same lock as the worker's that writes its mail: it is either sent before, or not at all.
        await work.LockAsync(PortalLock.Installation, id, ct);
        var invitation = await work.Db.Invitations.FirstAsync(i => i.Id == id, ct);
        if (await InvitationOptOuts.HasAsync(work.Db, invitation.PartnerId, invitation.NormalizedEmail, ct) == stop)
        {
            return Done.Value;
        }

        if (stop)
        {
            await StopAsync(work, invitation, ct);
        }
        else
        {
            await ResumeAsync(work, invitation, work.Now.AddDays(program.LapseAfterDays), ct);
        }

        work.Audit(Actor.Visitor, stop ? AuditActions.InvitationsStopped : AuditActions.InvitationsResumed, ("invitation", invitation.Id), invitation.PartnerId);
        work.Signal(InvitationQueries.ChannelOf(invitation.PartnerId));
        await work.CommitAsync(ct);
        return Done.Value;
    }

    private static async Task StopAsync(PortalTransaction work, Invitation invitation, CancellationToken ct)
    {
        await InvitationOptOuts.AddAsync(work, invitation.PartnerId, invitation.NormalizedEmail, ct);
        if (!invitation.Refuse(work.Now))
        {
            return;
        }

        await Outbox.CancelAsync(work, invitation.Id, ct);
        if (await RecordAsync(work, invitation, ct) is { } record)
        {
            record.Decline();
            record.Tell(ClientEventKind.Declined, work.Now);
            await ClientList.SignalAsync(work, record, ct);
        }
    }

    private static async Task ResumeAsync(PortalTransaction work, Invitation invitation, DateTime expiresAt, CancellationToken ct)
    {
        await InvitationOptOuts.RemoveAsync(work, invitation.PartnerId, invitation.NormalizedEmail, ct);
        if (invitation.TakeBackRefusal(expiresAt) && await RecordAsync(work, invitation, ct) is { } record)
        {
            record.AskAgain();
            await ClientList.SignalAsync(work, record, ct);
        }
    }

    private static Task<ClientRecord?> RecordAsync(PortalTransaction work, Invitation invitation, CancellationToken ct) =>
        work.Db.ClientRecords.FirstOrDefaultAsync(r => r.InvitationId == invitation.Id && r.PartnerId == invitation.PartnerId, ct);
}
