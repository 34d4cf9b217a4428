using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations;

/// <summary>The owner makes an automation, which begins paused, or changes one: what runs goes on as it began, what begins from now on follows the new version.</summary>
public sealed class SaveAutomation(PortalDb portal)
{
    /// <summary>So many that are not deleted.</summary>
    public const int Most = 200;

    /// <returns>The automation.</returns>
    public async Task<Result<long>> ExecuteAsync(AutomationForm form, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return new NotAllowed();
        }

        var read = AutomationRules.Read(form);
        if (read.Error is { } error)
        {
            return error;
        }

        var draft = read.Value;
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Automation, form.Id ?? 0, ct);
        if (await AutomationReferences.CheckAsync(work.Db, draft.Definition, ct) is { Count: > 0 } wrong)
        {
            return new AutomationRefused(wrong);
        }

        var taken = form.Id is { } id ? await TakeAsync(work, id, form.Version, ct) : await NewAsync(work, draft, ct);
        if (taken.Error is { } refused)
        {
            return refused;
        }

        var automation = taken.Value;
        automation.Change(draft.Name, draft.ReachesPast, draft.Budget, draft.Currency, work.Now);
        if (automation.Version == 0 || await DefinitionAsync(work.Db, automation, ct) != draft.Definition.Write())
        {
            work.Db.AutomationVersions.Add(automation.Define(draft.Definition, work.Now));
        }

        if (draft.Definition.Trigger is not AutomationTrigger.Registered && form.Id is { } known && await work.Db.ProgramSettings.FirstOrDefaultAsync(s => s.RegistrationAutomationId == known, ct) is { } settings)
        {
            settings.RegistrationAutomationId = null;
            work.Signal(Program.ProgramSettingsSource.ChangedSignal);
        }

        work.Audit(actor, AuditActions.AutomationSaved, ("automation", form.Id), null, new { name = draft.Name, version = automation.Version });
        work.Signal(AutomationQueries.Signal);
        await work.CommitAsync(ct);
        return automation.Id;
    }

    private static async Task<Result<Automation>> TakeAsync(PortalTransaction work, long id, int version, CancellationToken ct)
    {
        if (await work.Db.Automations.FirstOrDefaultAsync(a => a.Id == id && a.State != AutomationState.Deleted, ct) is not { } automation)
        {
            return new NoSuchAutomation();
        }

        return automation.Version == version ? automation : new AutomationChangedMeanwhile();
    }

    private static async Task<Result<Automation>> NewAsync(PortalTransaction work, AutomationDraft draft, CancellationToken ct)
    {
        if (await work.Db.Automations.CountAsync(a => a.State != AutomationState.Deleted, ct) >= Most)
        {
            return new AutomationRefused([new AutomationFieldWrong("", AutomationProblem.TooMany, Most: Most)]);
        }

        var automation = new Automation(draft.Name, work.Now);
        work.Db.Automations.Add(automation);
        return automation;
    }

    private static Task<string> DefinitionAsync(PortalDbContext db, Automation automation, CancellationToken ct) =>
        db.AutomationVersions.Where(v => v.AutomationId == automation.Id && v.Number == automation.Version).Select(v => v.Definition).SingleAsync(ct);
}
