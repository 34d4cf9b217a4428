using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Automations;

/// <param name="AutomationId">Null for all.</param>
/// <param name="State">Null for all.</param>
/// <param name="ClientId">An account, as client or partner; null for all.</param>
public sealed record RunFilter(long? AutomationId = null, RunState? State = null, long? ClientId = null);

/// <summary>A run in the log. Times are UTC.</summary>
/// <param name="Trigger">What it began with.</param>
/// <param name="At">When that happened, or the silence was found.</param>
/// <param name="EndedAt">Null while it goes on.</param>
/// <param name="DueAt">When the next step is due; null once it has ended.</param>
/// <param name="ClientName">Empty when there is none, or its account is closed.</param>
/// <param name="PartnerName">Likewise.</param>
/// <param name="Steps">So many its version has.</param>
/// <param name="NextStep">So many are done.</param>
public sealed record RunRow(
    long Id, long AutomationId, string AutomationName, int Version, RunState State, AutomationTrigger Trigger, DateTime At, DateTime? EndedAt, DateTime? DueAt,
    long? ClientId, string ClientName, long? PartnerId, string PartnerName, RunProblem? Problem, int Steps, int NextStep);

/// <param name="Rows">The newest first.</param>
/// <param name="Next">To read on; null at the end.</param>
public sealed record RunPage(IReadOnlyList<RunRow> Rows, long? Next);

/// <summary>A step of a run, or a try at it. UTC.</summary>
/// <param name="Position">From 0.</param>
/// <param name="SubjectId">What it made, by its id.</param>
public sealed record StepRow(int Position, StepKind Kind, StepOutcome Outcome, DateTime At, RunProblem? Problem, long? SubjectId);

/// <summary>A run with all that is known of it.</summary>
/// <param name="Definition">As it began.</param>
/// <param name="Steps">In order; a step that failed stands there once for each try.</param>
/// <param name="ParentRunId">The run of which a step made happen what this began with.</param>
public sealed record RunDetails(RunRow Run, AutomationDefinition Definition, IReadOnlyList<ConditionVerdict> Verdicts, IReadOnlyList<StepRow> Steps, long? ParentRunId, long? PurchaseId);

/// <summary>Reads the log of runs, for an owner; that of deleted automations too.</summary>
public sealed class AutomationRunQueries(PortalDb portal)
{
    public const int PageSize = 50;

    /// <param name="filter">What is asked for.</param>
    /// <param name="before"><see cref="RunPage.Next"/> of the page before; null for the first.</param>
    /// <param name="actor">An owner; for others there is nothing.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<RunPage> ListAsync(RunFilter filter, long? before, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        var runs = db.AutomationRuns.Where(r => actor.IsOwner && (before == null || r.Id < before));
        if (filter.AutomationId is { } automation)
        {
            runs = runs.Where(r => r.AutomationId == automation);
        }

        if (filter.State is { } state)
        {
            runs = runs.Where(r => r.State == state);
        }

        if (filter.ClientId is { } account)
        {
            runs = runs.Where(r => r.ClientId == account || r.PartnerId == account);
        }

        var found = await FoundAsync(db, runs.OrderByDescending(r => r.Id).Take(PageSize + 1), ct);
        return new RunPage([.. found.Take(PageSize).Select(RowOf)], found.Count > PageSize ? found[PageSize - 1].Run.Id : null);
    }

    public async Task<RunDetails?> FindAsync(long runId, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        if ((await FoundAsync(db, db.AutomationRuns.Where(r => actor.IsOwner && r.Id == runId), ct)).SingleOrDefault() is not { } found)
        {
            return null;
        }

        var steps = await db.AutomationRunSteps.Where(s => s.RunId == runId).OrderBy(s => s.Id).Select(s => new StepRow(s.Position, s.Kind, s.Outcome, s.At, s.Problem, s.SubjectId)).ToListAsync(ct);
        return new RunDetails(RowOf(found), AutomationDefinition.Read(found.Definition), ConditionVerdict.Read(found.Run.Verdicts), steps, found.Run.ParentRunId, found.Run.PurchaseId);
    }

    private static Task<List<FoundRun>> FoundAsync(PortalDbContext db, IQueryable<AutomationRun> runs, CancellationToken ct) => runs.Select(r => new FoundRun(
        r,
        db.Automations.Where(a => a.Id == r.AutomationId).Select(a => a.Name).First(),
        db.AutomationVersions.Where(v => v.AutomationId == r.AutomationId && v.Number == r.Version).Select(v => v.Definition).First(),
        db.Accounts.Where(a => a.Id == r.ClientId).Select(a => a.Name).FirstOrDefault() ?? "",
        db.Accounts.Where(a => a.Id == r.PartnerId).Select(a => a.Name).FirstOrDefault() ?? "")).ToListAsync(ct);

    private static RunRow RowOf(FoundRun found) => new(
        found.Run.Id, found.Run.AutomationId, found.Name, found.Run.Version, found.Run.State, found.Run.Trigger, found.Run.At, found.Run.EndedAt, found.Run.IsOpen ? found.Run.DueAt : null,
        found.Run.ClientId, found.Client, found.Run.PartnerId, found.Partner, found.Run.Problem, AutomationDefinition.Read(found.Definition).Steps.Count, found.Run.NextStep);

    private sealed record FoundRun(AutomationRun Run, string Name, string Definition, string Client, string Partner);
}
