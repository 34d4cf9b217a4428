using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>
/// Support sends the mail of an invitation again, as its partner could: a new mail with new credentials, and the old ones stop working. The worker writes it.
/// </summary>
public sealed class ResendInvitationMail(PortalDb portal, ProgramSettingsSource settings)
{
    /// <param name="messageId">A message that was sent for an invitation.</param>
    /// <param name="actor">Of the staff.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<Done>> ExecuteAsync(long messageId, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new NotAllowed();
        }

        var program = await settings.GetAsync(ct);
        await using var work = await portal.BeginAsync(ct);
        var message = await work.Db.OutboxMessages.Where(m => m.Id == messageId).Select(m => new { m.Kind, m.CauseId }).FirstOrDefaultAsync(ct);
        if (message is null || await work.Db.Invitations.FirstOrDefaultAsync(i => i.Id == message.CauseId, ct) is not { } invitation)
        {
            return new NoSuchMessage();
        }

        if (await work.Db.Partners.AnyAsync(p => p.AccountId == invitation.PartnerId && (p.State == PartnerState.Suspended || p.State == PartnerState.Closed), ct))
        {
            return new PartnerIsSuspended();
        }

        if (invitation.SentAt is { } sentAt && sentAt + SendInvitationAgain.Pause > work.Now)
        {
            return new SentTooOften(sentAt + SendInvitationAgain.Pause);
        }

        if (!invitation.SendAgain(work.Now, work.Now.AddDays(program.LapseAfterDays)))
        {
            return new AlreadyAnswered();
        }

        if (await work.Db.ClientRecords.FirstOrDefaultAsync(r => r.InvitationId == invitation.Id, ct) is { } record)
        {
            record.InviteAgain();
            record.Tell(ClientEventKind.SentAgain, work.Now, actor.Name);
            await ClientList.SignalAsync(work, record, ct);
        }

        work.Audit(actor, AuditActions.MailSentAgain, ("message", messageId), invitation.PartnerId, new { message.Kind, invitation = invitation.Id });
        work.Signal(ProvisionInvitations.Signal);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
