using PartnerPortal.Identity;

namespace PartnerPortal.Features.Journeys.Reassigning;

public enum ReassignmentState
{
    /// <summary>Being chosen and looked at; nothing is done.</summary>
    Draft,

    /// <summary>Decided, for a later time.</summary>
    Scheduled,

    /// <summary>A worker moves one batch after the other.</summary>
    Running,

    Done,

    /// <summary>Given up before anything was done.</summary>
    Cancelled,

    /// <summary>A worker puts one batch after the other back.</summary>
    Undoing,

    Undone,
}

/// <summary>What becomes of first-level lines that are not paid.</summary>
public enum UnpaidLines
{
    /// <summary>The old partner keeps them.</summary>
    Stay,

    /// <summary>The new partner gets them at their amounts.</summary>
    Move,
}

/// <summary>What support chose; a draft keeps it so that the preview is of what will be done.</summary>
/// <param name="PartnerId">The account that becomes their partner; null while none is chosen.</param>
/// <param name="StartsAt">UTC; null for at once.</param>
/// <param name="ToNobody">The clients of a partner that is closed are released; no partner is chosen.</param>
public sealed record ReassignChoice(long? PartnerId, UnpaidLines Lines, DateTime? StartsAt, string Reason, bool ToNobody = false);

/// <summary>Support moves many clients to a partner at once, as a job that can be undone for some days.</summary>
public sealed class Reassignment
{
    public const int ReasonLength = ReassignClients.ReasonLength;

    /// <summary>Clients at most.</summary>
    public const int Most = 10_000;

    /// <summary>What can be moved back is held so much longer than an undo can be asked for: one that was asked for in the last minute finds all of it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    private Reassignment()
    {
    }

    internal Reassignment(int clients, Actor actor, DateTime now, long? closesPartnerId = null) =>
        (Clients, CreatedAt, CreatedByName, CreatedByUserId, ClosesPartnerId) = (clients, now, actor.Name, actor.UserId, closesPartnerId);

    public long Id { get; private set; }

    public ReassignmentState State { get; private set; }

    /// <summary>How many were chosen.</summary>
    public int Clients { get; private set; }

    /// <summary>The account that becomes their partner; null while none is chosen.</summary>
    public long? PartnerId { get; private set; }

    /// <summary>The account that is closed as a partner by this; null when none is.</summary>
    public long? ClosesPartnerId { get; private set; }

    /// <summary>Its clients are nobody's from then on.</summary>
    public bool ToNobody { get; private set; }

    public UnpaidLines Lines { get; private set; }

    /// <summary>In staff's words; part of every receipt.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>UTC; null for at once.</summary>
    public DateTime? StartsAt { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; private set; }

    public long? CreatedByUserId { get; private set; }

    public string CreatedByName { get; private set; } = "";

    /// <summary>Who decided, in whose name it is done; null before.</summary>
    public long? DecidedByUserId { get; private set; }

    public string DecidedByName { get; private set; } = "";

    /// <summary>UTC; when the first batch began.</summary>
    public DateTime? StartedAt { get; private set; }

    /// <summary>UTC; when all were moved.</summary>
    public DateTime? DoneAt { get; private set; }

    /// <summary>UTC; until when it can be undone.</summary>
    public DateTime? UndoUntil { get; private set; }

    public long? UndoneByUserId { get; private set; }

    public string UndoneByName { get; private set; } = "";

    /// <summary>In staff's words.</summary>
    public string UndoReason { get; private set; } = "";

    /// <summary>UTC; when all were put back.</summary>
    public DateTime? UndoneAt { get; private set; }

    /// <summary>UTC; what moves is not paid out before. Null before it begins.</summary>
    public DateTime? HeldUntil => UndoUntil + Grace;

    /// <summary>In whose name batches are moved.</summary>
    public Actor DecidedBy => new(DecidedByUserId, DecidedByName, null, "", null);

    public Actor UndoneBy => new(UndoneByUserId, UndoneByName, null, "", null);

    internal bool Choose(ReassignChoice choice)
    {
        if (State is not ReassignmentState.Draft)
        {
            return false;
        }

        ToNobody = choice.ToNobody && ClosesPartnerId is not null;
        (PartnerId, Lines, StartsAt, Reason) = (ToNobody ? null : choice.PartnerId, ToNobody ? UnpaidLines.Stay : choice.Lines, choice.StartsAt, choice.Reason.Trim());
        return true;
    }

    /// <summary>False when it is no draft any more.</summary>
    internal bool Confirm(Actor actor, DateTime now)
    {
        if (State is not ReassignmentState.Draft)
        {
            return false;
        }

        (State, DecidedByUserId, DecidedByName) = (StartsAt > now ? ReassignmentState.Scheduled : ReassignmentState.Running, actor.UserId, actor.Name);
        return true;
    }

    /// <summary>Its time has come.</summary>
    internal void Start()
    {
        if (State is ReassignmentState.Scheduled)
        {
            State = ReassignmentState.Running;
        }
    }

    /// <summary>The first batch begins: from now on runs the time in which it can be undone.</summary>
    internal void Begin(int undoDays, DateTime now)
    {
        StartedAt ??= now;
        UndoUntil ??= now.AddDays(undoDays);
    }

    /// <summary>Clients who came to the partner after they were chosen.</summary>
    internal void TakeUp(int more) => Clients += more;

    internal bool Cancel(DateTime now)
    {
        if (State is not (ReassignmentState.Draft or ReassignmentState.Scheduled))
        {
            return false;
        }

        (State, DoneAt) = (ReassignmentState.Cancelled, now);
        return true;
    }

    internal void Finish(DateTime now) => (State, DoneAt) = (ReassignmentState.Done, now);

    /// <summary>False when there is nothing to undo, or no time left.</summary>
    internal bool BeginUndo(Actor actor, string reason, DateTime now)
    {
        if (State is not ReassignmentState.Done || !(UndoUntil > now))
        {
            return false;
        }

        (State, UndoneByUserId, UndoneByName, UndoReason) = (ReassignmentState.Undoing, actor.UserId, actor.Name, reason.Trim());
        return true;
    }

    internal void FinishUndo(DateTime now) => (State, UndoneAt) = (ReassignmentState.Undone, now);
}
