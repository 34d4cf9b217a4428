namespace PartnerPortal.Features.Automations;

public enum RunState
{
    /// <summary>A condition did not hold: nothing was done.</summary>
    Refused,
    Running,
    Waiting,
    Done,

    /// <summary>A step failed; it can be tried again from there.</summary>
    Failed,

    /// <summary>Its automation was deleted.</summary>
    Cancelled,

    /// <summary>Not begun: automations had started each other in a circle, or too many one after the other.</summary>
    Stopped,
}

public enum StepOutcome
{
    Done,

    /// <summary>There was nothing to do.</summary>
    Skipped,
    Failed,

    /// <summary>It goes on later.</summary>
    Waiting,
}

/// <summary>Why a step or a run did not do what it was to do; each has a sentence.</summary>
public enum RunProblem
{
    /// <summary>Nobody with an account is concerned.</summary>
    NoClient,
    NoPartner,

    /// <summary>The client stands in no list of the partner.</summary>
    NotListed,
    AlreadyTagged,
    TooManyTags,
    NoSuchGroup,
    AlreadyInGroup,
    NoSuchEndpoint,

    /// <summary>It answered that it is gone for good.</summary>
    EndpointGone,
    HasSignedIn,
    SignInDisabled,

    /// <summary>No partner made the account, so there is no link to be sent anew.</summary>
    NoLinkToSend,

    /// <summary>The automation's budget does not hold the bonus any more.</summary>
    BudgetSpent,

    /// <summary>The wallet does not take it, as its account is closed.</summary>
    BonusRefused,

    /// <summary>An account that the task is about is closed.</summary>
    TaskRefused,

    NoSuchTemplate,

    /// <summary>The template names what did not happen here.</summary>
    TemplateLacks,

    /// <summary>The account is closed, or nobody of it has an address.</summary>
    NobodyToMail,

    /// <summary>Who would read it wants no such mail.</summary>
    MailStopped,

    /// <summary>It was accepted, refused or withdrawn.</summary>
    InvitationAnswered,
    PartnerSuspended,

    /// <summary>The program itself failed; its log says more.</summary>
    Fault,

    /// <summary>It had come from this same automation.</summary>
    Loop,

    /// <summary>More than <see cref="AutomationRun.MostDepth"/> automations had started each other.</summary>
    TooDeep,
}

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

/// <summary>What a run is about. Ids and sums alone.</summary>
/// <param name="At">UTC; when it happened, or the silence was found.</param>
/// <param name="ClientId">The client's account; null where none is concerned, or it has none yet.</param>
/// <param name="PartnerId">Whose client it is, or who is concerned; null for none.</param>
public sealed record RunSubject(DateTime At, long? ClientId, long? PartnerId)
{
    public long? EventId { get; init; }

    public DateTime? Since { get; init; }

    public long? RecordId { get; init; }

    public long? InvitationId { get; init; }

    public long? PurchaseId { get; init; }

    public string? How { get; init; }

    public long? Amount { get; init; }

    public string? Currency { get; init; }

    internal static RunSubject Of(Events.PortalEvent told) => new(told.At, told.ClientId, told.PartnerId)
    {
        EventId = told.Id,
        RecordId = told.RecordId,
        InvitationId = told.InvitationId,
        PurchaseId = told.PurchaseId,
        How = told.How,
        Amount = told.Amount,
        Currency = told.Currency,
    };
}
