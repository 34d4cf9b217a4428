using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Automations;

/// <summary>An automation in the owner's list. Times are UTC.</summary>
/// <param name="Days">Of silence.</param>
/// <param name="IsAfterRegistration">The one that the setting names.</param>
/// <param name="Budget">Minor units of <paramref name="Currency"/>; null when it grants no bonus.</param>
/// <param name="Open">Runs that wait or go on.</param>
/// <param name="Failed">Runs that can be tried again.</param>
/// <param name="LastRunAt">Null when it never ran.</param>
public sealed record AutomationRow(
    long Id, string Name, AutomationState State, AutomationTrigger Trigger, int? Days, int Version, bool IsAfterRegistration, IReadOnlyList<AutomationCondition> Conditions, IReadOnlyList<AutomationStep> Steps,
    long? Budget, string? Currency, int Open, int Failed, DateTime? LastRunAt);

/// <summary>Reads automations, for an owner.</summary>
public sealed class AutomationQueries(PortalDb portal)
{
    /// <summary>Published when an automation changed or something began, for open pages.</summary>
    public const string Signal = "automations";

    /// <summary>Published when there is a step to do.</summary>
    public const string RunsSignal = "automation-runs";

    /// <summary>All but the deleted, by name.</summary>
    public async Task<IReadOnlyList<AutomationRow>> ListAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return await RowsAsync(db, Visible(db, actor).OrderBy(a => a.Name).ThenBy(a => a.Id), ct);
    }

    public async Task<AutomationRow?> FindAsync(long id, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return (await RowsAsync(db, Visible(db, actor).Where(a => a.Id == id), ct)).SingleOrDefault();
    }

    /// <summary>To edit it.</summary>
    public async Task<AutomationForm?> FormAsync(long id, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        var found = await (
            from a in Visible(db, actor)
            join v in db.AutomationVersions on new { a.Id, Number = a.Version } equals new { Id = v.AutomationId, v.Number }
            where a.Id == id
            select new { Automation = a, v.Definition }).FirstOrDefaultAsync(ct);
        return found is null ? null : AutomationForm.Of(found.Automation, AutomationDefinition.Read(found.Definition));
    }

    /// <summary>Which one runs after a registration; null for none.</summary>
    public async Task<long?> AfterRegistrationAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return actor.IsOwner ? await db.ProgramSettings.Select(s => s.RegistrationAutomationId).FirstOrDefaultAsync(ct) : null;
    }

    /// <summary>The automations that would miss a mail template: it stands in them as they are, or as a run of them that goes on has them.</summary>
    public static async Task<IReadOnlyList<string>> NamesUsingTemplateAsync(PortalDbContext db, long templateId, CancellationToken ct)
    {
        var versions = await (
            from v in db.AutomationVersions
            join a in db.Automations on v.AutomationId equals a.Id
            where a.State != AutomationState.Deleted
                && (v.Number == a.Version || db.AutomationRuns.Any(r => r.AutomationId == a.Id && r.Version == v.Number && (r.State == RunState.Running || r.State == RunState.Waiting)))
            orderby a.Name
            select new { a.Name, v.Definition }).ToListAsync(ct);
        return [.. versions.Where(v => AutomationDefinition.Read(v.Definition).Steps.Any(s => s.TemplateId == templateId)).Select(v => v.Name).Distinct()];
    }

    private static IQueryable<Automation> Visible(PortalDbContext db, Actor actor) => db.Automations.Where(a => actor.IsOwner && a.State != AutomationState.Deleted);

    private static async Task<IReadOnlyList<AutomationRow>> RowsAsync(PortalDbContext db, IQueryable<Automation> automations, CancellationToken ct)
    {
        var chosen = await db.ProgramSettings.Select(s => s.RegistrationAutomationId).FirstOrDefaultAsync(ct);
        var rows = await automations.Select(a => new
        {
            Automation = a,
            Definition = db.AutomationVersions.Where(v => v.AutomationId == a.Id && v.Number == a.Version).Select(v => v.Definition).First(),
            Open = db.AutomationRuns.Count(r => r.AutomationId == a.Id && (r.State == RunState.Running || r.State == RunState.Waiting)),
            Failed = db.AutomationRuns.Count(r => r.AutomationId == a.Id && r.State == RunState.Failed),
            Last = db.AutomationRuns.Where(r => r.AutomationId == a.Id && r.State != RunState.Refused).OrderByDescending(r => r.Id).Select(r => (DateTime?)r.StartedAt).FirstOrDefault(),
        }).ToListAsync(ct);
        return [.. rows.Select(r => (Row: r, Definition: AutomationDefinition.Read(r.Definition))).Select(r => new AutomationRow(
            r.Row.Automation.Id, r.Row.Automation.Name, r.Row.Automation.State, r.Definition.Trigger, r.Definition.Days, r.Row.Automation.Version, r.Row.Automation.Id == chosen,
            r.Definition.Conditions, r.Definition.Steps, r.Row.Automation.Budget, r.Row.Automation.Currency, r.Row.Open, r.Row.Failed, r.Row.Last))];
    }
}
