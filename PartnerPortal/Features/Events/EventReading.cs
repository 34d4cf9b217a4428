using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Features.Events;

/// <summary>
/// Where each reader stands. A reader gets each event once: it reads from its place, begins a transaction, goes on in it, and writes what follows from the events in the same one. Of two nodes
/// that read the same events one goes on, and the other's transaction finds that it is late.
/// </summary>
public static class EventReading
{
    /// <summary>Where a reader stands; null for one that has never read.</summary>
    public static Task<long?> PlaceAsync(PortalDbContext db, string reader, CancellationToken ct) =>
        db.EventCursors.Where(c => c.Reader == reader).Select(c => (long?)c.Position).FirstOrDefaultAsync(ct);

    /// <summary>Goes on within the transaction that writes what follows; first of all, so that another node waits here.</summary>
    /// <param name="work">The reader's transaction.</param>
    /// <param name="reader">Who reads.</param>
    /// <param name="from">Where it stood when it read; null if it never had.</param>
    /// <param name="to">How far it read.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False when another node went on from there: nothing is to be written.</returns>
    public static async Task<bool> GoOnAsync(PortalTransaction work, string reader, long? from, long to, CancellationToken ct)
    {
        if (from is not null)
        {
            return await work.Db.EventCursors.Where(c => c.Reader == reader && c.Position == from).ExecuteUpdateAsync(c => c.SetProperty(x => x.Position, to), ct) == 1;
        }

        await work.LockAsync(PortalLock.Installation, -2, ct);
        if (await work.Db.EventCursors.AnyAsync(c => c.Reader == reader, ct))
        {
            return false;
        }

        work.Db.EventCursors.Add(new EventCursor(reader, to));
        return true;
    }
}
