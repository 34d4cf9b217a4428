using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>The invitation was answered, so there is nothing to send again.</summary>
public sealed record AlreadyAnswered : Error;

/// <summary>It was sent so often and so lately that once more would be a nuisance.</summary>
public sealed record SentTooOften(DateTime NextAt) : Error;

/// <summary>"Send again": a new mail with new credentials; the old ones stop working. Also brings back a lapsed invitation.</summary>
public sealed class SendInvitationAgain(PortalDb portal, ProgramSettingsSource settings)
{
    /// <summary>At least so long between two mails to the same person.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(2);

    public async Task<Result<Done>> ExecuteAsync(long recordId, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } partnerId, IsPartner: true, MaySell: true })
        {
            return new NotAllowed();
        }

        if (!actor.IsActivePartner)
        {
            return new PartnerIsSuspended();
        }

        var program = await settings.GetAsync(ct);
        await using var work = await portal.BeginAsync(ct);
        if (await work.Db.ClientRecords.Include(r => r.Invitation).FirstOrDefaultAsync(r => r.Id == recordId && r.PartnerId == partnerId, ct) is not { } record)
        {
            return new NoSuchClient();
        }

        if (record is not { Invitation: { } invitation, Status: ClientStatus.Invited or ClientStatus.Lapsed })
        {
            return new AlreadyAnswered();
        }

        if (invitation.SentAt is { } sentAt && sentAt + Pause > work.Now)
        {
            return new SentTooOften(sentAt + Pause);
        }

        if (!invitation.SendAgain(work.Now, work.Now.AddDays(program.LapseAfterDays)))
        {
            return new AlreadyAnswered();
        }

        record.InviteAgain();
        record.Tell(ClientEventKind.SentAgain, work.Now, actor.Name);
        work.Audit(actor, AuditActions.InvitationCreated, ("invitation", invitation.Id), partnerId, new { again = true });
        await ClientList.SignalAsync(work, record, ct);
        work.Signal(ProvisionInvitations.Signal);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
