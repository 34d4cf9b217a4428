using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;

namespace PartnerPortal.Features.Journeys.Reassigning;

/// <summary>Carries out what support decided, batch by batch, and what it undid. Several nodes may run it at once: they take turns.</summary>
public sealed class RunReassignments(PortalDb portal, MoveReassigned move, PutBackReassigned putBack, TimeProvider clock)
{
    /// <summary>Given when a reassignment was decided or got further; the payload is its id.</summary>
    public const string Signal = "reassignments";

    public static string PayloadOf(long id) => id.ToString(CultureInfo.InvariantCulture);

    /// <returns>How many batches were done.</returns>
    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        await StartDueAsync(ct);
        List<(long Id, ReassignmentState State)> open;
        await using (var db = await portal.ReadAsync(ct))
        {
            open = [.. (await db.Reassignments.Where(r => r.State == ReassignmentState.Running || r.State == ReassignmentState.Undoing)
                .OrderBy(r => r.Id).Select(r => new { r.Id, r.State }).ToListAsync(ct)).Select(r => (r.Id, r.State))];
        }

        var batches = 0;
        foreach (var (id, state) in open)
        {
            do
            {
                batches++;
            }
            while (await (state is ReassignmentState.Running ? move.ExecuteAsync(id, ct) : putBack.ExecuteAsync(id, ct)));
        }

        return batches;
    }

    private async Task StartDueAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        List<long> due;
        await using (var db = await portal.ReadAsync(ct))
        {
            due = await db.Reassignments.Where(r => r.State == ReassignmentState.Scheduled && r.StartsAt <= now).OrderBy(r => r.Id).Select(r => r.Id).ToListAsync(ct);
        }

        foreach (var id in due)
        {
            await using var work = await portal.BeginAsync(ct);
            // Another node may have started it, or support cancelled it, since it was read.
            if (await ReassignmentBook.TakeAsync(work, id, ct) is { State: ReassignmentState.Scheduled } reassignment)
            {
                reassignment.Start();
                work.Audit(reassignment.DecidedBy, AuditActions.ReassignmentChanged, ("reassignment", id), reassignment.PartnerId);
                await work.CommitAsync(ct);
            }
        }
    }
}

/// <summary>Runs <see cref="RunReassignments"/> as soon as something was decided.</summary>
public sealed class ReassignWorker(IServiceScopeFactory scopes, Signals signals, TimeProvider clock, ILogger<ReassignWorker> logger)
    : ScopedWorker(scopes, signals, clock, logger)
{
    protected override string Signal => RunReassignments.Signal;

    protected override TimeSpan Interval => TimeSpan.FromSeconds(30);

    protected override Task WorkAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<RunReassignments>().ExecuteAsync(ct);
}
