using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <param name="Ids">Lines of the list; those of others are passed over as if they were not there.</param>
/// <param name="Progress">Told how many lines were looked at so far.</param>
public sealed record ManyInvitations(IReadOnlyCollection<long> Ids, IProgress<int>? Progress = null);

/// <summary>"Invite again" for many: what <see cref="SendInvitationAgain"/> does for one, in one transaction, for all to whom a mail can go. The worker writes the mails.</summary>
public sealed class SendInvitationsAgain(PortalDb portal, ProgramSettingsSource settings)
{
    /// <returns>What became of each kind of line.</returns>
    public async Task<Result<AgainCounts>> ExecuteAsync(ManyInvitations request, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } partnerId, IsPartner: true, MaySell: true })
        {
            return new NotAllowed();
        }

        if (!actor.IsActivePartner)
        {
            return new PartnerIsSuspended();
        }

        if (request.Ids.Count > ManyClients.Limit)
        {
            return new TooManyClients(ManyClients.Limit);
        }

        var program = await settings.GetAsync(ct);
        await using var work = await portal.BeginAsync(ct);
        var (counts, done) = (new AgainCounts(), 0);
        foreach (var part in ManyClients.Parts(request.Ids))
        {
            foreach (var record in await work.Db.ClientRecords.Include(r => r.Invitation).Where(r => r.PartnerId == partnerId && part.Contains(r.Id)).ToListAsync(ct))
            {
                var fate = AgainRules.FateOf(record.Status, record.Invitation?.State, record.Invitation?.SentAt, work.Now);
                counts = counts.With(fate);
                if (fate is AgainFate.Sends)
                {
                    Send(work, record, work.Now.AddDays(program.LapseAfterDays), actor);
                }
            }

            await work.SaveAsync(ct);
            work.Db.ChangeTracker.Clear();
            request.Progress?.Report(done += part.Count);
        }

        if (counts.Sends > 0)
        {
            work.Signal(ClientList.ChannelOf(partnerId));
            work.Signal(ProvisionInvitations.Signal);
            await work.CommitAsync(ct);
        }

        return counts;
    }

    private static void Send(PortalTransaction work, ClientRecord record, DateTime expiresAt, Actor actor)
    {
        if (record.Invitation is not { } invitation || !invitation.SendAgain(work.Now, expiresAt))
        {
            throw new InvalidOperationException($"The rules let line {record.Id} be invited again, and its invitation does not.");
        }

        record.InviteAgain();
        record.Tell(ClientEventKind.SentAgain, work.Now, actor.Name);
        work.Audit(actor, AuditActions.InvitationCreated, ("invitation", invitation.Id), record.PartnerId, new { again = true, many = true });
    }
}
