namespace PartnerPortal.Features.Automations;

/// <summary>What came of a step, or of a try at it. Each step is done or skipped once, which the database holds to.</summary>
public sealed class AutomationRunStep
{
    private AutomationRunStep()
    {
    }

    internal AutomationRunStep(AutomationRun run, StepKind kind, StepOutcome outcome, RunProblem? problem, long? subjectId, DateTime now) =>
        (RunId, Position, Kind, Outcome, Problem, SubjectId, At) = (run.Id, run.NextStep, kind, outcome, problem, subjectId, now);

    public long Id { get; private set; }

    public long RunId { get; private set; }

    /// <summary>From 0.</summary>
    public int Position { get; private set; }

    public StepKind Kind { get; private set; }

    public StepOutcome Outcome { get; private set; }

    public RunProblem? Problem { get; private set; }

    /// <summary>What it made: a delivery, a bonus, a task; null when there is nothing to name.</summary>
    public long? SubjectId { get; private set; }

    public DateTime At { get; private set; }
}
