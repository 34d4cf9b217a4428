namespace PartnerPortal.Features.Automations;

/// <summary>Once through an automation, for one thing that happened. Holds ids and sums and no personal data.</summary>
public sealed class AutomationRun
{
    /// <summary>So many automations start each other at most.</summary>
    public const int MostDepth = 5;

    private AutomationRun()
    {
    }

    internal AutomationRun(long automationId, int version, AutomationTrigger trigger, RunSubject subject, IReadOnlyList<ConditionVerdict> verdicts, DateTime now)
    {
        (AutomationId, Version, Trigger, StartedAt, DueAt) = (automationId, version, trigger, now, now);
        (EventId, At, Since) = (subject.EventId, subject.At, subject.Since);
        (ClientId, PartnerId, RecordId, InvitationId, PurchaseId) = (subject.ClientId, subject.PartnerId, subject.RecordId, subject.InvitationId, subject.PurchaseId);
        (How, Amount, Currency) = (subject.How, subject.Amount, subject.Currency);
        Verdicts = ConditionVerdict.Write(verdicts);
        if (verdicts.All(v => v.Holds))
        {
            State = RunState.Running;
        }
        else
        {
            End(RunState.Refused, now);
        }
    }

    public long Id { get; private set; }

    public long AutomationId { get; private set; }

    /// <summary>As which it began and goes on.</summary>
    public int Version { get; private set; }

    public AutomationTrigger Trigger { get; private set; }

    /// <summary>What happened; null for a silence.</summary>
    public long? EventId { get; private set; }

    /// <summary>UTC; when it happened, or the silence was found.</summary>
    public DateTime At { get; private set; }

    /// <summary>UTC; when a silence began. One automation runs once for it.</summary>
    public DateTime? Since { get; private set; }

    public long? ClientId { get; private set; }

    public long? PartnerId { get; private set; }

    /// <summary>The line in the partner's list.</summary>
    public long? RecordId { get; private set; }

    public long? InvitationId { get; private set; }

    public long? PurchaseId { get; private set; }

    /// <summary>The name of a <c>CameBy</c>; null where that is not told.</summary>
    public string? How { get; private set; }

    /// <summary>Minor units.</summary>
    public long? Amount { get; private set; }

    public string? Currency { get; private set; }

    /// <summary>What the conditions said, as JSON.</summary>
    public string Verdicts { get; private set; } = "[]";

    public RunState State { get; private set; }

    /// <summary>Why it failed or was stopped.</summary>
    public RunProblem? Problem { get; private set; }

    /// <summary>The step that is done next, from 0.</summary>
    public int NextStep { get; private set; }

    /// <summary>UTC; not before then.</summary>
    public DateTime DueAt { get; private set; }

    public DateTime StartedAt { get; private set; }

    /// <summary>UTC; null while it goes on.</summary>
    public DateTime? EndedAt { get; private set; }

    /// <summary>The run of which a step made happen what this began with.</summary>
    public long? ParentRunId { get; private set; }

    /// <summary>How many came before it in its chain.</summary>
    public int Depth { get; private set; }

    /// <summary>Counts whoever took it in hand: writing it holds the row to the end of a step's transaction.</summary>
    public int Turns { get; private set; }

    public bool IsOpen => State is RunState.Running or RunState.Waiting;

    /// <summary>What it is about, as it was when it began.</summary>
    public RunSubject Subject => new(At, ClientId, PartnerId)
    {
        EventId = EventId,
        Since = Since,
        RecordId = RecordId,
        InvitationId = InvitationId,
        PurchaseId = PurchaseId,
        How = How,
        Amount = Amount,
        Currency = Currency,
    };

    /// <summary>Follows from another run.</summary>
    /// <param name="parent">The run whose step made it happen.</param>
    /// <param name="problem">Why it is not begun; null to begin.</param>
    /// <param name="now">UTC.</param>
    internal void Follow(AutomationRun parent, RunProblem? problem, DateTime now)
    {
        (ParentRunId, Depth) = (parent.Id, parent.Depth + 1);
        if (problem is not null && IsOpen)
        {
            Problem = problem;
            End(RunState.Stopped, now);
        }
    }

    /// <summary>A step is done.</summary>
    /// <param name="steps">So many there are.</param>
    /// <param name="until">UTC; when the next is due. Null for at once.</param>
    /// <param name="now">UTC.</param>
    internal void GoOn(int steps, DateTime? until, DateTime now)
    {
        NextStep++;
        DueAt = until ?? now;
        State = until is null ? RunState.Running : RunState.Waiting;
        if (NextStep >= steps)
        {
            End(RunState.Done, now);
        }
    }

    /// <summary>The same step is tried again later.</summary>
    internal void Postpone(DateTime until) => (DueAt, State) = (until, RunState.Waiting);

    internal void Fail(RunProblem problem, DateTime now)
    {
        Problem = problem;
        End(RunState.Failed, now);
    }

    internal void Cancel(DateTime now) => End(RunState.Cancelled, now);

    /// <returns>False unless it had failed.</returns>
    internal bool Retry(DateTime now)
    {
        if (State is not RunState.Failed)
        {
            return false;
        }

        (State, Problem, EndedAt, DueAt) = (RunState.Running, null, null, now);
        return true;
    }

    private void End(RunState state, DateTime now) => (State, EndedAt) = (state, now);
}
