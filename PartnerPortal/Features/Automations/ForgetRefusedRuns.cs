using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Features.Automations;

/// <summary>
/// Deletes runs that a condition refused, <see cref="Days"/> days after; they did nothing, and nothing follows from them. No automation runs because of it: what happened is read once, as the
/// place of the reader is behind each event that has a run, whereas a silence is looked for anew each time. One that still goes on would be found again, so its run stays; so does that of an
/// invitation, which can be sent once more and be silent again. Of a deleted automation all go.
/// </summary>
public sealed class ForgetRefusedRuns(PortalDb portal)
{
    public const int Days = 30;
    private const int Batch = 500;

    /// <returns>How many.</returns>
    public Task<int> ExecuteAsync(CancellationToken ct)
    {
        var before = portal.Now.AddDays(-Days);
        return portal.DeleteInPartsAsync(db => db.AutomationRuns.Where(r => Over(db, before).OrderBy(o => o.Id).Select(o => o.Id).Take(Batch).Contains(r.Id)), Batch, ct);
    }

    /// <summary>Whatever the automation's trigger is by now: a silence of either kind that began then goes on.</summary>
    private static IQueryable<AutomationRun> Over(PortalDbContext db, DateTime before) => db.AutomationRuns.Where(r => r.State == RunState.Refused && r.EndedAt < before
        && (r.Since == null
            || db.Automations.Any(a => a.Id == r.AutomationId && a.State == AutomationState.Deleted)
            || (r.ClientId != null && !db.Accounts.Any(a => a.Id == r.ClientId
                && ((a.LastSeenAt ?? a.CreatedAt) == r.Since || (db.Purchases.Where(p => p.ClientId == a.Id).Max(p => (DateTime?)p.OccurredAt) ?? a.CreatedAt) == r.Since)))));
}
