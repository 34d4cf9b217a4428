using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace PartnerPortal.Data;

/// <summary>Opens contexts for queries and transactions for use cases.</summary>
#pragma warning disable CA1001 // The semaphore holds nothing to be freed as long as nobody asks for its handle, and writers may still give it back when the host has stopped.
public sealed class PortalDb(IDbContextFactory<PortalDbContext> factory, Signals signals, TimeProvider clock)
#pragma warning restore CA1001
{
    /// <summary>
    /// SQLite lets one write at a time and keeps no queue: who waits asks again now and then, and among many may ask at the wrong moments until its time is over. The writers of
    /// this process stand in line for it.
    /// </summary>
    private readonly SemaphoreSlim _turn = new(1, 1);

    private readonly Lazy<bool> _hasOneWriter = new(() =>
    {
        using var db = factory.CreateDbContext();
        return db.Database.IsSqlite();
    });

    /// <summary>Whether transactions run one after the other and each waits for the disk alone: what can share one should.</summary>
    public bool HasOneWriter => _hasOneWriter.Value;

    /// <summary>UTC; the time that a transaction which began at this moment would have.</summary>
    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>A context to read with. The caller disposes it.</summary>
    public async Task<PortalDbContext> ReadAsync(CancellationToken ct = default)
    {
        var db = await factory.CreateDbContextAsync(ct);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return db;
    }

    /// <summary>Runs one statement that writes and is a transaction of its own, such as an update of rows that nobody has read.</summary>
    /// <returns>How many rows it changed.</returns>
    public async Task<int> WriteAsync(Func<PortalDbContext, Task<int>> write, CancellationToken ct = default)
    {
        await using var db = await ReadAsync(ct);
        using var turn = db.Database.IsSqlite() ? await WriterTurn.TakeAsync(_turn, ct) : null;
        return await write(db);
    }

    /// <summary>
    /// Has SQLite carry its write-ahead log over into the file and empty it, so that what was deleted stands in no file any more. Readers may be in the way: it is tried for a while, and
    /// the daily retention run does it again. PostgreSQL recycles its log by itself.
    /// </summary>
    /// <returns>False when a reader was in the way all the time.</returns>
    public async Task<bool> TruncateLogAsync(CancellationToken ct = default)
    {
        if (!HasOneWriter)
        {
            return true;
        }

        for (var attempt = 0; attempt < 20; attempt++)
        {
            if (await CheckpointAsync(ct))
            {
                return true;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), ct);
        }

        return false;
    }

    private async Task<bool> CheckpointAsync(CancellationToken ct)
    {
        await using var db = await ReadAsync(ct);
        using var turn = await WriterTurn.TakeAsync(_turn, ct);
        await db.Database.OpenConnectionAsync(ct);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        return await command.ExecuteScalarAsync(ct) is 0L;
    }

    /// <summary>
    /// Begins a transaction before anything is read: on SQLite it takes the write lock at once, so that a read followed by a write
    /// cannot fail with SQLITE_BUSY_SNAPSHOT. What is not committed is rolled back when it is disposed.
    /// </summary>
    public async Task<PortalTransaction> BeginAsync(CancellationToken ct = default)
    {
        var db = await factory.CreateDbContextAsync(ct);
        WriterTurn? turn = null;
        try
        {
            db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
            turn = HasOneWriter ? await WriterTurn.TakeAsync(_turn, ct) : null;
            var transaction = await db.Database.BeginTransactionAsync(ct);
            return new PortalTransaction(db, transaction, signals, clock.GetUtcNow().UtcDateTime, turn);
        }
        catch
        {
            turn?.Dispose();
            await db.DisposeAsync();
            throw;
        }
    }
}

/// <summary>The turn of one writer, given back once.</summary>
internal sealed class WriterTurn : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private SemaphoreSlim? _line;

    private WriterTurn(SemaphoreSlim line) => _line = line;

    /// <exception cref="TimeoutException">The writers before it took far too long.</exception>
    public static async Task<WriterTurn> TakeAsync(SemaphoreSlim line, CancellationToken ct) =>
        await line.WaitAsync(Patience, ct) ? new WriterTurn(line) : throw new TimeoutException("Another writer has held the database for minutes.");

    public void Dispose() => Interlocked.Exchange(ref _line, null)?.Release();
}

/// <summary>One use case's transaction: the change, its audit entries, its messages and its signals stand or fall together.</summary>
public sealed class PortalTransaction : IAsyncDisposable
{
    private readonly IDbContextTransaction _transaction;
    private readonly Signals _signals;
    private readonly WriterTurn? _turn;
    private readonly List<(string Channel, string Payload)> _pending = [];

    internal PortalTransaction(PortalDbContext db, IDbContextTransaction transaction, Signals signals, DateTime now, WriterTurn? turn)
    {
        _turn = turn;
        Db = db;
        _transaction = transaction;
        _signals = signals;
        // PostgreSQL keeps microseconds; what is compared later must be what was stored.
        Now = new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
    }

    public PortalDbContext Db { get; }

    /// <summary>UTC, the same for the whole transaction.</summary>
    public DateTime Now { get; private set; }

    /// <summary>As if it were then: for the demo, whose history happened on many days and is written in one transaction.</summary>
    internal void Replay(DateTime then) => Now = then;

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

    /// <summary>The same of many at once, in the order in which they are to be taken.</summary>
    internal async Task LockAsync(IEnumerable<(PortalLock Name, long Id)> locks, CancellationToken ct)
    {
        var ask = new Questions(Db);
        Lock(ask, locks);
        await ask.SendAsync(ct);
    }

    /// <summary>The same before what is asked after it, in the same round trip.</summary>
    internal static void Lock(Questions ask, IEnumerable<(PortalLock Name, long Id)> locks)
    {
        if (ask.OnPostgres)
        {
            var all = locks.Select(l => (Name: (int)l.Name, Id: unchecked((int)l.Id))).Distinct().OrderBy(l => l.Name).ThenBy(l => l.Id).ToList();
            var (names, ids) = (all.ConvertAll(l => l.Name).ToArray(), all.ConvertAll(l => l.Id).ToArray());
            ask.Each($"SELECT pg_advisory_xact_lock(name, id) FROM unnest({names}, {ids}) AS l(name, id)", _ => { });
        }
    }

    /// <summary>What is inserted with the next save or the commit, on PostgreSQL; see <see cref="ManyRows"/>.</summary>
    internal List<NpgsqlBatchCommand> Soon { get; } = [];

    /// <summary>Taken ahead, by entity; see <see cref="ManyRows.TakeIds"/>.</summary>
    internal Dictionary<Type, Queue<long>> Ids { get; } = [];

    /// <summary>Publishes a signal once the transaction is committed.</summary>
    public void Signal(string channel, string payload = "") => _pending.Add((channel, payload));

    /// <summary>Saves without committing, to learn generated ids.</summary>
    public async Task SaveAsync(CancellationToken ct)
    {
        await this.SendAsync(ct);
        await Db.SaveChangesAsync(ct);
    }

    public async Task CommitAsync(CancellationToken ct)
    {
        var signals = _pending.Distinct().ToList();
        if (signals.Count > 0 && Db.Database.IsNpgsql())
        {
            var texts = signals.ConvertAll(s => $"{_signals.Node:N} {s.Channel} {s.Payload}").ToArray();
            Soon.Add(new NpgsqlBatchCommand("SELECT pg_notify('portal', text) FROM unnest($1) AS s(text)") { Parameters = { new NpgsqlParameter { Value = texts } } });
        }

        if (Soon.Count > 0 && !Db.ChangeTracker.HasChanges())
        {
            // All that is left to be written goes with its end, in one round trip; where a row is refused, the server does not come to the end.
            Soon.Add(new NpgsqlBatchCommand("COMMIT"));
            await this.SendAsync(ct);
        }
        else
        {
            await SaveAsync(ct);
            await _transaction.CommitAsync(ct);
        }

        _turn?.Dispose();
        foreach (var (channel, payload) in signals)
        {
            _signals.Publish(channel, payload);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _transaction.DisposeAsync();
        }
        finally
        {
            _turn?.Dispose();
        }

        await Db.DisposeAsync();
    }
}

/// <summary>What can be locked, in the order in which locks are taken.</summary>
public enum PortalLock
{
    /// <summary>An automation, by its id: it is changed, or looked at for who is silent, by one at a time.</summary>
    Automation = -5,

    /// <summary>A webhook endpoint, by its id: what came of its deliveries is noted one after the other.</summary>
    Webhook = -4,

    /// <summary>One flag, by its id, or 0 for what is raised: two nodes must not raise the same twice.</summary>
    Flag = -3,

    /// <summary>One reassignment of many clients: its batches come one after the other, on one node at a time.</summary>
    Reassignment = -2,

    /// <summary>A claim, by its id, or what one claimant files, by its account's id below zero. Before all others, as only the claim says which client is meant.</summary>
    Claim = -1,

    /// <summary>Many purchases in one transaction; one for all, since each of those holds many locks and the server has room for some thousands.</summary>
    PurchaseBatch = 0,

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

    /// <summary>The id that another system gave a purchase, hashed: the purchase and its refunds may come at the same moment.</summary>
    PurchaseKey = 6,

    /// <summary>What a client's purchases earn.</summary>
    ClientMoney = 7,

    /// <summary>The versions and the assignments of commission plans; one for all.</summary>
    CommissionPlans = 8,

    /// <summary>What goes out of an account's wallet, and where to.</summary>
    Payouts = 9,

    /// <summary>The numbers of invoices; one for all, held to the end so that none is skipped.</summary>
    Invoices = 20,
}
