using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Referrals;

namespace PartnerPortal.Features.Automations;

/// <summary>
/// Looks who has been silent for as long as an automation waits, and begins a run: once for a client and a silence. Whose silence was that long before the automation was started is
/// left alone, unless the owner asked for it.
/// </summary>
public sealed class StartSilentRuns(PortalDb portal)
{
    private const int Batch = 100;

    /// <returns>How many runs were noted.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        IReadOnlyList<ActiveAutomation> automations;
        await using (var db = await portal.ReadAsync(ct))
        {
            automations = [.. (await ActiveAutomation.ListAsync(db, ct)).Where(a => AutomationTriggers.HasDays(a.Trigger))];
        }

        var begun = 0;
        foreach (var automation in automations)
        {
            for (var more = Batch; more == Batch; begun += more)
            {
                more = await BatchAsync(automation.Id, ct);
            }
        }

        return begun;
    }

    private async Task<int> BatchAsync(long id, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        // One node looks at a time, and nobody changes the automation meanwhile.
        await work.LockAsync(PortalLock.Automation, id, ct);
        if ((await ActiveAutomation.ListAsync(work.Db, ct)).FirstOrDefault(a => a.Id == id) is not { Definition.Days: { } days } automation)
        {
            return 0;
        }

        var silence = new Silence(work.Now.AddDays(-days), automation.ReachesPast ? null : automation.Since.AddDays(-days), work.Now);
        var silent = await silence.Of(work.Db, automation.Trigger, id).Take(Batch).ToListAsync(ct);
        foreach (var one in silent)
        {
            var subject = await silence.SubjectAsync(work.Db, one, ct);
            work.Db.AutomationRuns.Add(new AutomationRun(id, automation.Version, automation.Trigger, subject, await ConditionCheck.OfAsync(work.Db, automation.Definition, subject, ct), work.Now));
        }

        if (silent.Count > 0)
        {
            work.Signal(AutomationQueries.RunsSignal);
            work.Signal(AutomationQueries.Signal);
        }

        await work.CommitAsync(ct);
        return silent.Count;
    }
}

/// <summary>Somebody who is silent.</summary>
internal sealed record SilentOne(long? ClientId, long? InvitationId, DateTime Since);

/// <summary>Who is silent.</summary>
/// <param name="Latest">UTC; silent since then or longer.</param>
/// <param name="After">UTC; and not since before then. Null for however long.</param>
/// <param name="Now">UTC.</param>
internal sealed record Silence(DateTime Latest, DateTime? After, DateTime Now)
{
    /// <param name="db">To read with.</param>
    /// <param name="trigger">One with days.</param>
    /// <param name="automationId">Of which no run is noted yet; null for whoever is silent.</param>
    public IQueryable<SilentOne> Of(PortalDbContext db, AutomationTrigger trigger, long? automationId)
    {
        var (latest, after) = (Latest, After ?? DateTime.UnixEpoch);
        if (trigger is AutomationTrigger.InvitationUnanswered)
        {
            return db.Invitations
                .Where(i => (i.State == InvitationState.Sent || i.State == InvitationState.Followed || i.State == InvitationState.Expired) && i.SentAt != null && i.SentAt <= latest && i.SentAt > after
                    && i.BouncedAt == null && i.RegisteredAt == null && i.Email != ""
                    && !db.AutomationRuns.Any(r => r.AutomationId == automationId && r.InvitationId == i.Id && r.Since != null))
                .OrderBy(i => i.Id).Select(i => new SilentOne(null, i.Id, i.SentAt!.Value));
        }

        var clients = db.Accounts.Where(a => (a.State == AccountState.Active || a.State == AccountState.Unclaimed)
            && !db.Partners.Any(p => p.AccountId == a.Id && p.Kind == PartnerKind.Integrator)
            && !db.Members.Any(m => m.AccountId == a.Id && db.UserRoles.Any(r => r.UserId == m.UserId)));
        var since = trigger is AutomationTrigger.NoSignIn
            ? clients.Select(a => new { a.Id, Since = a.LastSeenAt ?? a.CreatedAt })
            : clients.Select(a => new { a.Id, Since = db.Purchases.Where(p => p.ClientId == a.Id).Max(p => (DateTime?)p.OccurredAt) ?? a.CreatedAt });
        return since.Where(s => s.Since <= latest && s.Since > after && !db.AutomationRuns.Any(r => r.AutomationId == automationId && r.ClientId == s.Id && r.Since == s.Since))
            .OrderBy(s => s.Id).Select(s => new SilentOne(s.Id, null, s.Since));
    }

    /// <summary>With its partner, and for one that a partner created and that has not answered yet with that one.</summary>
    public async Task<RunSubject> SubjectAsync(PortalDbContext db, SilentOne silent, CancellationToken ct)
    {
        var asked = silent.InvitationId is { } id
            ? db.Invitations.Where(i => i.Id == id)
            : db.Invitations.Where(i => i.ClientId == silent.ClientId && i.Kind == InvitationKind.Created && i.State != InvitationState.Withdrawn && i.State != InvitationState.Declined);
        var invitation = await asked.OrderByDescending(i => i.Id).Select(i => new { i.Id, i.PartnerId }).FirstOrDefaultAsync(ct);
        var partner = silent.ClientId is null ? null : await db.Attributions.Where(a => a.ClientId == silent.ClientId && a.EndedAt == null).Select(a => (long?)a.PartnerId).FirstOrDefaultAsync(ct);
        if (partner is not null && partner != invitation?.PartnerId)
        {
            invitation = null;
        }

        var subject = new RunSubject(Now, silent.ClientId, partner ?? invitation?.PartnerId) { Since = silent.Since, InvitationId = invitation?.Id };
        return subject with { RecordId = await Listed.Of(db, subject).Select(r => (long?)r.Id).FirstOrDefaultAsync(ct) };
    }
}
