using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations;

/// <summary>An automation goes from the list; what runs of it ends as cancelled, its log stays.</summary>
public sealed class DeleteAutomation(PortalDb portal)
{
    /// <returns>How many runs were cancelled.</returns>
    public async Task<Result<int>> ExecuteAsync(long id, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Automation, id, ct);
        if (await work.Db.Automations.FirstOrDefaultAsync(a => a.Id == id && a.State != AutomationState.Deleted, ct) is not { } automation)
        {
            return new NoSuchAutomation();
        }

        // The runs before the automation, as a step takes them in that order.
        var now = (DateTime?)work.Now;
        var cancelled = await work.Db.AutomationRuns.Where(r => r.AutomationId == id && (r.State == RunState.Running || r.State == RunState.Waiting))
            .ExecuteUpdateAsync(r => r.SetProperty(x => x.State, RunState.Cancelled).SetProperty(x => x.EndedAt, now), ct);
        automation.Delete();
        if (await work.Db.ProgramSettings.FirstOrDefaultAsync(s => s.RegistrationAutomationId == id, ct) is { } settings)
        {
            settings.RegistrationAutomationId = null;
            work.Signal(Program.ProgramSettingsSource.ChangedSignal);
        }

        work.Audit(actor, AuditActions.AutomationDeleted, ("automation", id), null, new { name = automation.Name, cancelled });
        work.Signal(AutomationQueries.Signal);
        await work.CommitAsync(ct);
        return cancelled;
    }
}
