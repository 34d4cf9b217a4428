using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace PartnerPortal.Data;

/// <summary>
/// Connections for the few statements that are run most. On SQLite they stay open with their statements prepared, as preparing one takes as long as running it; they
/// hold no transaction, so each read sees what was committed before it. On PostgreSQL they come from the driver's pool and go back to it.
/// </summary>
public sealed class PreparedStatements(IDbContextFactory<PortalDbContext> factory) : IDisposable
{
    /// <summary>So many stay open; at a rush more are opened and closed again.</summary>
    private const int Kept = 8;

    private readonly ConcurrentBag<PreparedConnection> _idle = [];
    private int _count;
    private volatile bool _isDisposed;

    /// <summary>A connection for the caller alone, who disposes it.</summary>
    public async ValueTask<PreparedConnection> RentAsync(CancellationToken ct)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_idle.TryTake(out var idle))
        {
            Interlocked.Decrement(ref _count);
            return idle;
        }

        return await OpenAsync(isRelaxed: false, ct);
    }

    /// <summary>
    /// A connection for one worker, who keeps and disposes it, for what is worth less than the wait for the disk: on SQLite, what is committed on it outlives the process, however
    /// that ends, but a power cut may take the last moments of it. The database stays whole either way. Never for money, attributions or messages.
    /// </summary>
    public Task<PreparedConnection> OpenRelaxedAsync(CancellationToken ct) => OpenAsync(isRelaxed: true, ct);

    public void Dispose()
    {
        _isDisposed = true;
        while (_idle.TryTake(out var idle))
        {
            idle.Close();
        }
    }

    private async Task<PreparedConnection> OpenAsync(bool isRelaxed, CancellationToken ct)
    {
        var db = await factory.CreateDbContextAsync(ct);
        try
        {
            db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
            await db.Database.OpenConnectionAsync(ct);
            var connection = new PreparedConnection(this, db, isRelaxed && db.Database.IsSqlite());
            await connection.RelaxAsync(ct);
            return connection;
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    /// <returns>False when the connection is not kept.</returns>
    internal bool Keep(PreparedConnection connection)
    {
        if (_isDisposed || Interlocked.Increment(ref _count) > Kept)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }

        _idle.Add(connection);
        return true;
    }
}

/// <summary>A connection with the statements that were run on it before.</summary>
public sealed class PreparedConnection : IAsyncDisposable
{
    /// <summary>Filters make many shapes; when there are more than this, the statements are prepared anew.</summary>
    private const int Statements = 100;

    private readonly PreparedStatements _owner;
    private readonly PortalDbContext _db;
    private readonly Dictionary<string, DbCommand> _commands = [];
    private readonly bool _isRelaxed;
    private bool _isBusy;

    internal PreparedConnection(PreparedStatements owner, PortalDbContext db, bool isRelaxed) => (_owner, _db, _isRelaxed, IsSqlite) = (owner, db, isRelaxed, db.Database.IsSqlite());

    /// <summary>Else PostgreSQL.</summary>
    public bool IsSqlite { get; }

    /// <summary>To read with; what it reads is not tracked. Its connection is open, which spares a query half its time on SQLite.</summary>
    public PortalDbContext Db => _db;

    /// <summary>All rows, read one by one into what the caller makes of them.</summary>
    public async Task<List<T>> ReadAsync<T>(SqlText sql, Func<DbDataReader, T> read, CancellationToken ct)
    {
        _isBusy = true;
        var command = Command(sql);
        var rows = new List<T>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                rows.Add(read(reader));
            }
        }

        _isBusy = false;
        return rows;
    }

    /// <summary>Runs one statement, which is a transaction of its own.</summary>
    public async Task ExecuteAsync(SqlText sql, CancellationToken ct)
    {
        _isBusy = true;
        await Command(sql).ExecuteNonQueryAsync(ct);
        _isBusy = false;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isRelaxed)
        {
            // The driver's pool would hand the same connection to others: what is open there is closed when it is given back.
            SqliteConnection.ClearPool((SqliteConnection)_db.Database.GetDbConnection());
            await _db.DisposeAsync();
        }
        else if (_isBusy || !IsSqlite || !_owner.Keep(this))
        {
            // After an error nobody knows in what state it is.
            await _db.DisposeAsync();
        }
    }

    internal async Task RelaxAsync(CancellationToken ct)
    {
        if (_isRelaxed)
        {
            await _db.Database.ExecuteSqlRawAsync("PRAGMA synchronous=NORMAL", ct);
        }
    }

    internal void Close() => _db.Dispose();

    private DbCommand Command(SqlText sql)
    {
        var text = sql.ToString();
        if (!_commands.TryGetValue(text, out var command))
        {
            if (_commands.Count >= Statements)
            {
                foreach (var old in _commands.Values)
                {
                    old.Dispose();
                }

                _commands.Clear();
            }

            command = _db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // What was typed is in the parameters; see SqlText.
            command.CommandText = text;
#pragma warning restore CA2100
            for (var i = 0; i < sql.Values.Count; i++)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = SqlText.Name(i);
                command.Parameters.Add(parameter);
            }

            _commands.Add(text, command);
        }

        for (var i = 0; i < sql.Values.Count; i++)
        {
            command.Parameters[i].Value = sql.Values[i];
        }

        return command;
    }
}
