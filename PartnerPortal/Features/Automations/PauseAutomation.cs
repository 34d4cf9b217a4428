using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations;

/// <summary>What happens from now on begins nothing, and what has begun stands still until the automation is resumed.</summary>
public sealed class PauseAutomation(PortalDb portal)
{
    public Task<Result<Done>> ExecuteAsync(long id, Actor actor, CancellationToken ct) =>
        AutomationChange.ExecuteAsync(portal, id, actor, AuditActions.AutomationPaused, (automation, _) => automation.Pause(), ct);
}

/// <summary>Starts an automation, or lets it go on. What happened while it was paused begins nothing.</summary>
public sealed class ResumeAutomation(PortalDb portal)
{
    public Task<Result<Done>> ExecuteAsync(long id, Actor actor, CancellationToken ct) =>
        AutomationChange.ExecuteAsync(portal, id, actor, AuditActions.AutomationResumed, (automation, now) => automation.Resume(now), ct);
}

internal static class AutomationChange
{
    public static async Task<Result<Done>> ExecuteAsync(PortalDb portal, long id, Actor actor, string action, Func<Automation, DateTime, bool> change, CancellationToken ct)
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

        if (!change(automation, work.Now))
        {
            return new NothingChanged();
        }

        work.Audit(actor, action, ("automation", id), null, new { name = automation.Name });
        work.Signal(AutomationQueries.Signal);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
