using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations;

/// <summary>The owner says which automation runs when somebody has registered: one of those that begin with it, or none.</summary>
public sealed class ChooseRegistrationAutomation(PortalDb portal)
{
    /// <param name="id">Null for none.</param>
    /// <param name="actor">An owner.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<Done>> ExecuteAsync(long? id, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Automation, id ?? 0, ct);
        await work.LockAsync(PortalLock.Installation, 0, ct);
        if (id is not null && !await work.Db.Automations.AnyAsync(a => a.Id == id && a.State != AutomationState.Deleted && a.Trigger == AutomationTrigger.Registered, ct))
        {
            return new NoSuchAutomation();
        }

        var settings = await work.Db.ProgramSettings.SingleOrDefaultAsync(ct);
        if (settings is null)
        {
            work.Db.ProgramSettings.Add(settings = new ProgramSettings());
        }

        if (settings.RegistrationAutomationId == id)
        {
            return new NothingChanged();
        }

        var before = settings.RegistrationAutomationId;
        settings.RegistrationAutomationId = id;
        work.Audit(actor, AuditActions.ProgramChanged, ("program", ProgramSettings.SingleId), null, new { registrationAutomation = id, registrationAutomationBefore = before });
        work.Signal(ProgramSettingsSource.ChangedSignal);
        work.Signal(AutomationQueries.Signal);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
