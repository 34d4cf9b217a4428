using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Features.Events;

/// <summary>
/// Up to which id the audit log is complete: no entry with that id or a lower one can still come. SQLite has one writer, so ids come in the order of commits. On PostgreSQL an id is taken
/// when a row is written, and the row is seen when its transaction commits: a higher id may be seen first, and neither the row's transaction id nor a snapshot tells of one whose id is taken
/// and whose row is not written yet. But whoever takes an id holds the lock of a writer on the table, from before the id to the end of the transaction; once all who held it when an
/// end of the log was seen have let go, nothing below that end is open.
/// </summary>
#pragma warning disable CA1001 // The semaphore holds nothing to be freed as long as nobody asks for its handle.
public sealed class EventHorizon(PortalDb portal)
#pragma warning restore CA1001
{
    private const int Looks = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private (long End, HashSet<string> Writers)? _waiting;
    private long _settled;

    /// <summary>The id of the last entry below which all are there. It does not wait for writers that take their time: what is not settled now is so at a later call.</summary>
    public async Task<long> SettledAsync(CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        if (portal.HasOneWriter)
        {
            return await EndAsync(db, ct);
        }

        await _turn.WaitAsync(ct);
        try
        {
            for (var look = 0; look < Looks && !await LookAsync(db, ct); look++)
            {
                await Task.Delay(Pause, ct);
            }

            return _settled;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <returns>True when there is nothing to wait for.</returns>
    private async Task<bool> LookAsync(PortalDbContext db, CancellationToken ct)
    {
        if (_waiting is null)
        {
            // The end first, then the writers: who took an id below this end holds the lock still, or is through.
            var end = await EndAsync(db, ct);
            if (end <= _settled)
            {
                return true;
            }

            _waiting = (end, await WritersAsync(db, ct));
        }
        else
        {
            _waiting.Value.Writers.IntersectWith(await WritersAsync(db, ct));
        }

        if (_waiting.Value.Writers.Count > 0)
        {
            return false;
        }

        (_settled, _waiting) = (_waiting.Value.End, null);
        return true;
    }

    private static async Task<long> EndAsync(PortalDbContext db, CancellationToken ct) => await db.AuditEntries.MaxAsync(e => (long?)e.Id, ct) ?? 0;

    /// <summary>The transactions that write to the log, by the server's name for them.</summary>
    private static async Task<HashSet<string>> WritersAsync(PortalDbContext db, CancellationToken ct) => [.. await db.Database.SqlQuery<string>($"""
        SELECT DISTINCT virtualtransaction AS "Value" FROM pg_locks
        WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted AND relation = to_regclass('"AuditEntries"')
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """).ToListAsync(ct)];
}
