using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace PartnerPortal.Data;

/// <summary>Opens contexts for queries and transactions for use cases.</summary>
public sealed class PortalDb(IDbContextFactory<PortalDbContext> factory, Signals signals, TimeProvider clock)
{
    /// <summary>A context to read with. The caller disposes it.</summary>
    public async Task<PortalDbContext> ReadAsync(CancellationToken ct = default)
    {
        var db = await factory.CreateDbContextAsync(ct);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return db;
    }

    /// <summary>
    /// Begins a transaction before anything is read: on SQLite it takes the write lock at once, so that a read followed by a write
    /// cannot fail with SQLITE_BUSY_SNAPSHOT. What is not committed is rolled back when it is disposed.
    /// </summary>
    public async Task<PortalTransaction> BeginAsync(CancellationToken ct = default)
    {
        var db = await factory.CreateDbContextAsync(ct);
        try
        {
            db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
            var transaction = await db.Database.BeginTransactionAsync(ct);
            return new PortalTransaction(db, transaction, signals, clock.GetUtcNow().UtcDateTime);
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }
}

/// <summary>One use case's transaction: the change, its audit entries, its messages and its signals stand or fall together.</summary>
public sealed class PortalTransaction : IAsyncDisposable
{
    private readonly IDbContextTransaction _transaction;
    private readonly Signals _signals;
    private readonly List<(string Channel, string Payload)> _pending = [];

    internal PortalTransaction(PortalDbContext db, IDbContextTransaction transaction, Signals signals, DateTime now)
    {
        Db = db;
        _transaction = transaction;
        _signals = signals;
        // PostgreSQL keeps microseconds; what is compared later must be what was stored.
        Now = new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
    }

    public PortalDbContext Db { get; }

    /// <summary>UTC, the same for the whole transaction.</summary>
    public DateTime Now { get; }

    /// <summary>
    /// Waits until no other transaction holds the lock; held until this one ends. Locks are taken in the order of their names, then ids,
    /// so that two transactions cannot wait for each other. SQLite has one writer at a time and needs none.
    /// </summary>
    public async Task LockAsync(PortalLock name, long id, CancellationToken ct)
    {
        if (Db.Database.IsNpgsql())
        {
            // Two 32-bit keys: the lock's kind, and the id folded. A collision only makes two strangers wait for each other.
            await Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({(int)name}, {unchecked((int)id)})", ct);
        }
    }

    /// <summary>Publishes a signal once the transaction is committed.</summary>
    public void Signal(string channel, string payload = "") => _pending.Add((channel, payload));

    /// <summary>Saves without committing, to learn generated ids.</summary>
    public Task SaveAsync(CancellationToken ct) => Db.SaveChangesAsync(ct);

    public async Task CommitAsync(CancellationToken ct)
    {
        await Db.SaveChangesAsync(ct);
        var signals = _pending.Distinct().ToList();
        if (Db.Database.IsNpgsql())
        {
            foreach (var (channel, payload) in signals)
            {
                var text = $"{_signals.Node:N} {channel} {payload}";
                await Db.Database.ExecuteSqlAsync($"SELECT pg_notify('portal', {text})", ct);
            }
        }

        await _transaction.CommitAsync(ct);
        foreach (var (channel, payload) in signals)
        {
            _signals.Publish(channel, payload);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await Db.DisposeAsync();
    }
}

/// <summary>What can be locked, in the order in which locks are taken.</summary>
public enum PortalLock
{
    /// <summary>The first owner, the one demo, the migrations.</summary>
    Installation = 1,

    /// <summary>A client account's attribution, consents and answers.</summary>
    Client = 2,

    /// <summary>A partner's list, while lines are added by address.</summary>
    ClientList = 3,

    /// <summary>The tree of sponsors; one for all, since a loop can close anywhere.</summary>
    Sponsors = 4,

    /// <summary>A partner's standing and terms, which staff decide.</summary>
    Partner = 5,
}
