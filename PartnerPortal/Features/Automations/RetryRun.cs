using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations;

/// <summary>A run that failed goes on from the step that failed; what was done before is not done again.</summary>
public sealed class RetryRun(PortalDb portal)
{
    public async Task<Result<Done>> ExecuteAsync(long runId, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        if (await work.Db.AutomationRuns.Where(r => r.Id == runId).ExecuteUpdateAsync(r => r.SetProperty(x => x.Turns, x => x.Turns + 1), ct) == 0)
        {
            return new NoSuchRun();
        }

        var run = await work.Db.AutomationRuns.FirstAsync(r => r.Id == runId, ct);
        if (await work.Db.Automations.AnyAsync(a => a.Id == run.AutomationId && a.State == AutomationState.Deleted, ct) || !run.Retry(work.Now))
        {
            return new NotFailed();
        }

        work.Audit(actor, AuditActions.AutomationRetried, ("automation-run", runId), run.ClientId ?? run.PartnerId, new { automation = run.AutomationId, step = run.NextStep + 1 });
        work.Signal(AutomationQueries.RunsSignal);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
