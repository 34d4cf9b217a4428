using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Journeys;

/// <param name="Messages">So many lost their text.</param>
/// <param name="Visits">So many rows of visits by source were added up.</param>
/// <param name="Invitations">So many invitations without a Yes lost their address.</param>
/// <param name="Requests">So many ended requests for access lost their words.</param>
public sealed record RetentionOutcome(int Messages, int Visits, int Invitations = 0, int Requests = 0);

/// <summary>
/// Forgets what is older than the program's retention period: the text of mail that is not waiting to be sent, by which source visitors came, whom
/// invitations without a Yes were for, and the words of requests for access that are over. That a mail was sent, and how many visits a day had, stays. Sign-ins that ran out are forgotten after a month, and from where the others began.
/// </summary>
public sealed class RunRetention(PortalDb portal, ProgramSettingsSource settings)
{
    private const int Batch = 200;
    private const int SessionDays = 30;

    public async Task<RetentionOutcome> ExecuteAsync(CancellationToken ct)
    {
        await ForgetSessionsAsync(ct);
        var days = (await settings.GetAsync(ct)).RetentionDays;
        var total = new RetentionOutcome(0, 0);
        while (true)
        {
            await using var work = await portal.BeginAsync(ct);
            // Two nodes at once would add the same visits twice.
            await work.LockAsync(PortalLock.Installation, -1, ct);
            var since = work.Now.AddDays(-days);
            var done = new RetentionOutcome(await EraseMailAsync(work, since, ct), await FoldVisitsAsync(work, DateOnly.FromDateTime(since), ct));
            done = done with { Invitations = await ForgetInvitedAsync(work, since, ct), Requests = await ForgetRequestsAsync(work, since, ct) };
            if (done == new RetentionOutcome(0, 0))
            {
                break;
            }

            work.Audit(Actor.System, AuditActions.RetentionRun, ("program", ProgramSettings.SingleId), details: done);
            await work.CommitAsync(ct);
            total = new RetentionOutcome(total.Messages + done.Messages, total.Visits + done.Visits, total.Invitations + done.Invitations, total.Requests + done.Requests);
        }

        await portal.TruncateLogAsync(ct);
        return total;
    }

    /// <summary>Alike whether the address has an account or not. A line that a client came out of is its business, not the invitation's.</summary>
    private static async Task<int> ForgetInvitedAsync(PortalTransaction work, DateTime since, CancellationToken ct)
    {
        var old = await work.Db.Invitations
            .Where(i => (i.State == InvitationState.Expired || i.State == InvitationState.Declined || i.State == InvitationState.Withdrawn) && i.ExpiresAt < since && i.Email != "")
            .OrderBy(i => i.Id).Take(Batch).ToListAsync(ct);
        var ids = old.ConvertAll(i => (long?)i.Id);
        foreach (var record in await work.Db.ClientRecords.Include(r => r.Tags).Where(r => r.ClientId == null && ids.Contains(r.InvitationId)).ToListAsync(ct))
        {
            record.Forget();
        }

        old.ForEach(i => i.Forget());
        return old.Count;
    }

    private static Task<int> ForgetRequestsAsync(PortalTransaction work, DateTime since, CancellationToken ct) =>
        work.Db.AccessGrants.Where(g => g.ClosedAt < since && (g.Reason != "" || g.Answer != "")).ExecuteUpdateAsync(g => g.SetProperty(x => x.Reason, "").SetProperty(x => x.Answer, ""), ct);

    /// <summary>A cookie lives for two weeks after its last use, so an older session is over in any case.</summary>
    private async Task ForgetSessionsAsync(CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        var since = work.Now.AddDays(-SessionDays);
        await work.Db.UserSessions.Where(s => s.LastSeenAt < since).ExecuteDeleteAsync(ct);
        await work.Db.UserSessions.Where(s => s.CreatedAt < since && s.Source != "").ExecuteUpdateAsync(s => s.SetProperty(x => x.Source, ""), ct);
        await work.CommitAsync(ct);
    }

    private static async Task<int> EraseMailAsync(PortalTransaction work, DateTime since, CancellationToken ct)
    {
        var messages = await work.Db.OutboxMessages
            .Where(m => m.State != OutboxState.Pending && m.CreatedAt < since && m.Text != "")
            .OrderBy(m => m.Id).Take(Batch).ToListAsync(ct);
        return messages.Count(m => m.Erase());
    }

    private static async Task<int> FoldVisitsAsync(PortalTransaction work, DateOnly since, CancellationToken ct)
    {
        var bySource = await work.Db.VisitCounts.Where(v => v.Day < since && v.Source != "").OrderBy(v => v.Day).Take(Batch).ToListAsync(ct);
        foreach (var day in bySource.GroupBy(v => (v.AccountId, v.Day)))
        {
            var sum = await work.Db.VisitCounts.FirstOrDefaultAsync(v => v.AccountId == day.Key.AccountId && v.Day == day.Key.Day && v.Source == "", ct);
            if (sum is null)
            {
                work.Db.VisitCounts.Add(sum = new VisitCount { AccountId = day.Key.AccountId, Day = day.Key.Day });
            }

            sum.Count += day.Sum(v => v.Count);
        }

        work.Db.VisitCounts.RemoveRange(bySource);
        return bySource.Count;
    }
}
