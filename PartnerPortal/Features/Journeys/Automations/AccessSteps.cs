using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Automations;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Journeys.Automations;

/// <summary>The steps that send a one-time link or an invitation once more. The mails are those that a partner or staff sends again; the links before them stop working.</summary>
public sealed class AccessSteps(ProgramSettingsSource settings, PartnerMails mails)
{
    public async Task<StepDone> SendAsync(PortalTransaction work, AutomationRun run, CancellationToken ct)
    {
        if (await RunPeople.AccountAsync(work.Db, run, StepTarget.Client, ct) is not { } client)
        {
            return StepDone.Failed(RunProblem.NoClient);
        }

        var users = await (from m in work.Db.Members join u in work.Db.Users on m.UserId equals u.Id where m.AccountId == client && m.Role == MemberRole.Admin orderby m.Id select u).ToListAsync(ct);
        if (users.Count == 0)
        {
            return StepDone.Failed(RunProblem.NoClient);
        }

        if (users.Exists(u => u.EmailConfirmed))
        {
            return StepDone.Skipped(RunProblem.HasSignedIn);
        }

        if (users[0].DisabledAt is not null)
        {
            return StepDone.Failed(RunProblem.SignInDisabled);
        }

        var made = await work.Db.Invitations.Where(i => i.ClientId == client && i.Kind == InvitationKind.Created).OrderByDescending(i => i.Id).FirstOrDefaultAsync(ct);
        if (made is not null)
        {
            return await AgainAsync(work, run, made, ct);
        }

        // A created integrator has no invitation; staff sends its link.
        if (!await work.Db.OneTimeCredentials.AnyAsync(c => c.UserId == users[0].Id, ct))
        {
            return StepDone.Failed(RunProblem.NoLinkToSend);
        }

        var account = await work.Db.Accounts.FirstAsync(a => a.Id == client, ct);
        await IntegratorLink.IssueAsync(work, account, users[0], await settings.GetAsync(ct), mails, Actor.System, ct);
        return StepDone.Made();
    }

    public async Task<StepDone> InviteAsync(PortalTransaction work, AutomationRun run, CancellationToken ct) =>
        await work.Db.Invitations.FirstOrDefaultAsync(i => i.Id == run.InvitationId, ct) is { } invitation ? await AgainAsync(work, run, invitation, ct) : StepDone.Failed(RunProblem.NoLinkToSend);

    /// <summary>The worker that writes invitations does the rest: it holds to the partner's number for the day, and makes new credentials where there were some.</summary>
    private async Task<StepDone> AgainAsync(PortalTransaction work, AutomationRun run, Invitation invitation, CancellationToken ct)
    {
        if (await work.Db.Partners.AnyAsync(p => p.AccountId == invitation.PartnerId && p.State != PartnerState.Active, ct))
        {
            return StepDone.Skipped(RunProblem.PartnerSuspended);
        }

        if (await InvitationOptOuts.HasAsync(work.Db, invitation.PartnerId, invitation.NormalizedEmail, ct))
        {
            return StepDone.Skipped(RunProblem.InvitationAnswered);
        }

        if (invitation.State is InvitationState.Queued)
        {
            // Its mail is on its way.
            return new StepDone(StepOutcome.Waiting, Until: work.Now + SendInvitationAgain.Pause);
        }

        if (invitation.SentAt is { } sent && sent + SendInvitationAgain.Pause > work.Now)
        {
            return new StepDone(StepOutcome.Waiting, Until: sent + SendInvitationAgain.Pause);
        }

        var program = await settings.GetAsync(ct);
        if (!invitation.SendAgain(work.Now, work.Now.AddDays(program.LapseAfterDays)))
        {
            return StepDone.Skipped(RunProblem.InvitationAnswered);
        }

        if (await work.Db.ClientRecords.Include(r => r.Tags).FirstOrDefaultAsync(r => r.InvitationId == invitation.Id, ct) is { } record)
        {
            record.InviteAgain();
            record.Tell(ClientEventKind.SentAgain, work.Now, Actor.System.Name);
            await ClientList.SignalAsync(work, record, ct);
        }

        work.Audit(Actor.System, AuditActions.InvitationCreated, ("invitation", invitation.Id), invitation.PartnerId, new { again = true, run = run.Id });
        work.Signal(ProvisionInvitations.Signal);
        return StepDone.Made(invitation.Id);
    }
}
