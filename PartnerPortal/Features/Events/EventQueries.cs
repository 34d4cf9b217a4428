using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Features.Events;

/// <summary>Reads what happened, from the audit log: each event once, in the order of the log, which for one client is the order in which it happened.</summary>
public sealed class EventQueries(PortalDb portal, EventHorizon horizon)
{
    /// <summary>From where a reader begins that is not interested in what was before.</summary>
    public Task<long> EndAsync(CancellationToken ct) => horizon.SettledAsync(ct);

    /// <summary>What a reader has not read yet; it goes on by <see cref="EventReading.GoOnAsync"/>, in the transaction that writes what follows.</summary>
    /// <param name="reader">Who reads.</param>
    /// <param name="atMost">So many entries are looked at.</param>
    /// <param name="hasListeners">Whether anything is to be made of what happens; if not, it is passed over. Null for always.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null when there is nothing new. At the first reading it is nothing but the place: nobody is told of the time before.</returns>
    public async Task<NewEvents?> NextAsync(string reader, int atMost, Func<PortalDbContext, Task<bool>>? hasListeners, CancellationToken ct)
    {
        // The end first: who begins to listen after it hears of what comes after it.
        var end = await EndAsync(ct);
        await using var db = await portal.ReadAsync(ct);
        var from = await EventReading.PlaceAsync(db, reader, ct);
        var batch = from is { } place && (hasListeners is null || await hasListeners(db)) ? await ReadAsync(place, atMost, ct) : new EventBatch([], end);
        // Another node may have seen more of the log than this one.
        return batch.Position <= from ? null : new NewEvents(from, batch);
    }

    /// <param name="after">The place of the last batch; 0 for all from the beginning.</param>
    /// <param name="atMost">So many entries are looked at.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>No event and the same place when there is nothing new.</returns>
    public async Task<EventBatch> ReadAsync(long after, int atMost, CancellationToken ct)
    {
        var settled = await horizon.SettledAsync(ct);
        if (settled <= after)
        {
            return new EventBatch([], after);
        }

        await using var db = await portal.ReadAsync(ct);
        var entries = await db.AuditEntries.Where(e => e.Id > after && e.Id <= settled && EventSource.Actions.Contains(e.Action)).OrderBy(e => e.Id).Take(atMost)
            .Select(e => new EventSource(e.Id, e.At, e.Action, e.SubjectKind, e.SubjectId, e.AccountId, e.Details)).ToListAsync(ct);
        var events = await EventTranslation.OfAsync(db, entries, ct);
        return new EventBatch(events, entries.Count < atMost ? settled : entries[^1].Id);
    }
}
