using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Automations;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Journeys.Automations;

/// <summary>
/// Does the steps that are due, each with all that it changes in one transaction: after a crash, or beside another node, a step is either done and noted or not begun. What a step refuses
/// stops its run, as does a fault of the program; the owner lets it go on from there.
/// </summary>
public sealed class RunAutomations(PortalDb portal, StepActions actions, ILogger<RunAutomations> logger)
{
    private const int Batch = 100;

    /// <returns>How many steps were done or skipped.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        var (done, after) = (0, (At: DateTime.UnixEpoch, Id: 0L));
        while (true)
        {
            var due = await DueAsync(after.At, after.Id, ct);
            foreach (var (id, _) in due)
            {
                done += await RunAsync(id, ct);
            }

            if (due.Count < Batch)
            {
                return done;
            }

            after = (due[^1].DueAt, due[^1].Id);
        }
    }

    private async Task<List<(long Id, DateTime DueAt)>> DueAsync(DateTime afterAt, long afterId, CancellationToken ct)
    {
        var now = portal.Now;
        await using var db = await portal.ReadAsync(ct);
        var due = await db.AutomationRuns.Where(r => (r.State == RunState.Running || r.State == RunState.Waiting) && r.DueAt <= now && (r.DueAt > afterAt || (r.DueAt == afterAt && r.Id > afterId))
                && !db.Automations.Any(a => a.Id == r.AutomationId && a.State == AutomationState.Paused))
            .OrderBy(r => r.DueAt).ThenBy(r => r.Id).Take(Batch).Select(r => new { r.Id, r.DueAt }).ToListAsync(ct);
        return due.ConvertAll(d => (d.Id, d.DueAt));
    }

    /// <summary>Goes on with one run until it waits or has ended. What the database cannot do at this moment is tried again in the next round.</summary>
    private async Task<int> RunAsync(long id, CancellationToken ct)
    {
        var done = 0;
        try
        {
            while (await StepAsync(id, ct))
            {
                done++;
            }
        }
        catch (Exception error) when (IsPassing(error))
        {
            logger.LogWarning(error, "Run {Id} met another change and goes on in the next round", id);
        }

        return done;
    }

    /// <returns>True when a step was done and the next may be due.</returns>
    private async Task<bool> StepAsync(long id, CancellationToken ct)
    {
        var position = -1;
        StepDone? outcome = null;
        try
        {
            // What a step that fails had begun to change goes with this transaction.
            await using var work = await portal.BeginAsync(ct);
            if (await TakeAsync(work, id, ct) is not { } taken)
            {
                return false;
            }

            var (run, steps) = taken;
            position = run.NextStep;
            outcome = await actions.DoAsync(work, run, steps[position], ct);
            if (outcome.Outcome is not StepOutcome.Failed)
            {
                Note(work, run, steps, outcome);
                await work.CommitAsync(ct);
            }
        }
        catch (Exception error) when (position >= 0 && error is not (OperationCanceledException or OutOfMemoryException) && !IsPassing(error))
        {
            logger.LogError(error, "Step {Position} of run {Id} failed", position + 1, id);
            outcome = StepDone.Failed(RunProblem.Fault);
        }

        if (outcome is { Outcome: StepOutcome.Failed, Problem: { } problem })
        {
            await FailAsync(id, position, problem, ct);
        }

        return outcome is { Outcome: StepOutcome.Done or StepOutcome.Skipped };
    }

    /// <summary>Takes a run in hand to the end of the transaction: writing its row first makes another node wait here, which then finds what this one did.</summary>
    private static async Task<(AutomationRun Run, IReadOnlyList<AutomationStep> Steps)?> TakeAsync(PortalTransaction work, long id, CancellationToken ct)
    {
        var now = work.Now;
        if (await work.Db.AutomationRuns.Where(r => r.Id == id && (r.State == RunState.Running || r.State == RunState.Waiting) && r.DueAt <= now)
            .ExecuteUpdateAsync(r => r.SetProperty(x => x.Turns, x => x.Turns + 1), ct) == 0)
        {
            return null;
        }

        var run = await work.Db.AutomationRuns.FirstAsync(r => r.Id == id, ct);
        var state = await work.Db.Automations.Where(a => a.Id == run.AutomationId).Select(a => a.State).FirstAsync(ct);
        if (state is not AutomationState.Active)
        {
            if (state is AutomationState.Deleted)
            {
                // It was deleted while this began.
                run.Cancel(now);
                await work.CommitAsync(ct);
            }

            return null;
        }

        var definition = await work.Db.AutomationVersions.Where(v => v.AutomationId == run.AutomationId && v.Number == run.Version).Select(v => v.Definition).SingleAsync(ct);
        return (run, AutomationDefinition.Read(definition).Steps);
    }

    private static void Note(PortalTransaction work, AutomationRun run, IReadOnlyList<AutomationStep> steps, StepDone outcome)
    {
        var step = steps[run.NextStep];
        work.Db.AutomationRunSteps.Add(new AutomationRunStep(run, step.Kind, outcome.Outcome, outcome.Problem, outcome.SubjectId, work.Now));
        if (outcome.Outcome is StepOutcome.Waiting)
        {
            run.Postpone(outcome.Until!.Value);
        }
        else
        {
            work.Audit(Actor.System, AuditActions.AutomationStep, ("automation-run", run.Id), run.ClientId ?? run.PartnerId,
                new { automation = run.AutomationId, step = run.NextStep + 1, kind = step.Kind, outcome = outcome.Outcome });
            run.GoOn(steps.Count, outcome.Until, work.Now);
        }

        work.Signal(AutomationQueries.Signal);
    }

    private async Task FailAsync(long id, int position, RunProblem problem, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        if (await TakeAsync(work, id, ct) is not { } taken || taken.Run.NextStep != position)
        {
            return;
        }

        work.Db.AutomationRunSteps.Add(new AutomationRunStep(taken.Run, taken.Steps[position].Kind, StepOutcome.Failed, problem, null, work.Now));
        taken.Run.Fail(problem, work.Now);
        work.Signal(AutomationQueries.Signal);
        await work.CommitAsync(ct);
    }

    /// <summary>Two transactions were in each other's way, or the database was not there for a moment.</summary>
    private static bool IsPassing(Exception error) => error switch
    {
        TimeoutException or DbUpdateConcurrencyException => true,
        DbUpdateException update => update.IsUniqueViolation() || update.InnerException is DbException { IsTransient: true },
        DbException { IsTransient: true } => true,
        _ => false,
    };
}
