using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Events;

namespace PartnerPortal.Features.Automations;

/// <summary>
/// Reads what happened since the last time and begins a run for every automation that it sets off, in the transaction in which the reader goes on: nothing is left out and nothing doubled.
/// Where a condition does not hold, the run says so and does nothing.
/// </summary>
public sealed class StartRuns(PortalDb portal, EventQueries events)
{
    private const string Reader = "automations";
    private const int Batch = 100;

    /// <returns>How many runs were noted, those among them that a condition refused.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        var begun = 0;
        while (await events.NextAsync(Reader, Batch, db => db.Automations.AnyAsync(a => a.State == AutomationState.Active, ct), ct) is { } read)
        {
            // Looked at before the transaction, which on SQLite keeps all other writers waiting.
            var runs = await RunsAsync(read.Batch.Events, ct);
            await using var work = await portal.BeginAsync(ct);
            if (!await EventReading.GoOnAsync(work, Reader, read.From, read.Batch.Position, ct))
            {
                continue;
            }

            work.Db.AutomationRuns.AddRange(runs);
            if (runs.Count > 0)
            {
                work.Signal(AutomationQueries.RunsSignal);
                work.Signal(AutomationQueries.Signal);
            }

            await work.CommitAsync(ct);
            begun += runs.Count;
        }

        return begun;
    }

    private async Task<List<AutomationRun>> RunsAsync(IReadOnlyList<PortalEvent> told, CancellationToken ct)
    {
        var runs = new List<AutomationRun>();
        var setOff = told.SelectMany(e => AutomationTriggers.Of(e).Select(t => (Event: e, Trigger: t))).ToList();
        if (setOff.Count == 0)
        {
            return runs;
        }

        await using var db = await portal.ReadAsync(ct);
        var chosen = await db.ProgramSettings.Select(s => s.RegistrationAutomationId).FirstOrDefaultAsync(ct);
        var automations = (await ActiveAutomation.ListAsync(db, ct)).Where(a => a.Trigger is not AutomationTrigger.Registered || a.Id == chosen).ToLookup(a => a.Trigger);
        foreach (var (happened, trigger) in setOff)
        {
            foreach (var automation in automations[trigger].Where(a => happened.At >= a.Since))
            {
                var subject = RunSubject.Of(happened);
                var run = new AutomationRun(automation.Id, automation.Version, trigger, subject, await ConditionCheck.OfAsync(db, automation.Definition, subject, ct), portal.Now);
                if (happened.RunId is { } cause)
                {
                    await RunChain.FollowAsync(db, run, cause, portal.Now, ct);
                }

                runs.Add(run);
            }
        }

        return runs;
    }
}

/// <summary>An automation that may begin something.</summary>
/// <param name="Since">UTC; what happened before begins nothing.</param>
internal sealed record ActiveAutomation(long Id, int Version, AutomationTrigger Trigger, bool ReachesPast, DateTime Since, AutomationDefinition Definition)
{
    public static async Task<IReadOnlyList<ActiveAutomation>> ListAsync(PortalDbContext db, CancellationToken ct)
    {
        var rows = await (
            from a in db.Automations
            join v in db.AutomationVersions on new { a.Id, Number = a.Version } equals new { Id = v.AutomationId, v.Number }
            where a.State == AutomationState.Active && a.ActiveSince != null
            orderby a.Id
            select new { a.Id, a.Version, a.Trigger, a.ReachesPast, a.ActiveSince, v.Definition }).ToListAsync(ct);
        return [.. rows.Select(r => new ActiveAutomation(r.Id, r.Version, r.Trigger, r.ReachesPast, r.ActiveSince!.Value, AutomationDefinition.Read(r.Definition)))];
    }
}

/// <summary>Finds circles: a run may not begin for whom its automation is in the chain already, nor at the end of a long chain.</summary>
internal static class RunChain
{
    public static async Task FollowAsync(PortalDbContext db, AutomationRun run, long cause, DateTime now, CancellationToken ct)
    {
        if (await db.AutomationRuns.AsNoTracking().FirstOrDefaultAsync(r => r.Id == cause, ct) is not { } parent)
        {
            return;
        }

        RunProblem? problem = parent.Depth + 1 > AutomationRun.MostDepth ? RunProblem.TooDeep : null;
        for (var earlier = parent; earlier is not null && problem is null; earlier = await db.AutomationRuns.AsNoTracking().FirstOrDefaultAsync(r => r.Id == earlier.ParentRunId, ct))
        {
            if (earlier.AutomationId == run.AutomationId && earlier.ClientId == run.ClientId && earlier.PartnerId == run.PartnerId)
            {
                problem = RunProblem.Loop;
            }
        }

        run.Follow(parent, problem, now);
    }
}
