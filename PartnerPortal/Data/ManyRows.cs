using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace PartnerPortal.Data;

/// <summary>
/// Inserts rows past the change tracker, which costs several times what the database does for each. They are not tracked afterwards, and the audit guard does not see them: the
/// caller adds their audit entries in the same transaction.
/// </summary>
internal static class ManyRows
{
    private static readonly ConcurrentDictionary<IEntityType, SqliteRows> OnSqlite = new();
    private static readonly ConcurrentDictionary<IEntityType, PostgresRows> OnPostgres = new();

    /// <summary>Inserts them in their order.</summary>
    /// <param name="work">The transaction.</param>
    /// <param name="rows">New ones; only what the database generates, the id, may be unset.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task InsertAsync<T>(this PortalTransaction work, IReadOnlyList<T> rows, CancellationToken ct)
        where T : class
    {
        await work.InsertSoonAsync(rows, ct);
        await work.SendAsync(ct);
    }

    /// <summary>The same, at the latest by the next save or the commit; until then nobody reads them. Over the network all that is inserted soon goes at once.</summary>
    public static Task InsertSoonAsync<T>(this PortalTransaction work, IReadOnlyList<T> rows, CancellationToken ct)
        where T : class => InsertSoonAsync(work, rows, withIds: false, ct);

    /// <summary>The same, and tells each its id now.</summary>
    public static Task InsertSoonWithIdsAsync<T>(this PortalTransaction work, IReadOnlyList<T> rows, CancellationToken ct)
        where T : class => InsertSoonAsync(work, rows, withIds: true, ct);

    /// <summary>Takes ids ahead, on PostgreSQL, with what is read, so that rows of several kinds that are inserted soon get theirs in no round trip more. Those that are not used are never given to others.</summary>
    public static void TakeIds(this PortalTransaction work, Questions ask, Type of, int count)
    {
        if (ask.OnPostgres && count > 0)
        {
            var ids = work.Ids.TryGetValue(of, out var before) ? before : work.Ids[of] = new Queue<long>();
            ask.Each(TableOf(work, of).TakeIds(count), reader => ids.Enqueue(reader.GetInt64(0)));
        }
    }

    /// <summary>Sends what is to be inserted soon.</summary>
    public static Task SendAsync(this PortalTransaction work, CancellationToken ct) => work.Soon.Count == 0 ? Task.CompletedTask : RefusedAsASaveAsync(async () =>
    {
        await using var batch = Batch(work, work.Soon);
        work.Soon.Clear();
        await batch.ExecuteNonQueryAsync(ct);
    });

    private static Task InsertSoonAsync<T>(PortalTransaction work, IReadOnlyList<T> rows, bool withIds, CancellationToken ct)
        where T : class
    {
        if (rows.Count == 0)
        {
            return Task.CompletedTask;
        }

        return RefusedAsASaveAsync(() => work.Db.Database.IsNpgsql()
            ? QueueAsync(work, rows, withIds, ct)
            : OnSqlite.GetOrAdd(EntityOf(work, typeof(T)), e => new SqliteRows(e)).InsertAsync(work.Db.Database, rows, withIds, ct));
    }

    private static async Task QueueAsync<T>(PortalTransaction work, IReadOnlyList<T> rows, bool withIds, CancellationToken ct)
        where T : class
    {
        var table = TableOf(work, typeof(T));
        if (withIds)
        {
            var missing = rows.Count - (work.Ids.TryGetValue(typeof(T), out var ahead) ? ahead.Count : 0);
            if (missing > 0)
            {
                var ask = new Questions(work.Db);
                work.TakeIds(ask, typeof(T), missing);
                await ask.SendAsync(ct);
            }

            foreach (var row in rows)
            {
                table.Tell(row, work.Ids[typeof(T)].Dequeue());
            }
        }

        work.Soon.Add(table.Insert(rows, withIds));
    }

    private static IEntityType EntityOf(PortalTransaction work, Type type) => work.Db.Model.FindEntityType(type)!;

    private static PostgresRows TableOf(PortalTransaction work, Type type) => OnPostgres.GetOrAdd(EntityOf(work, type), e => new PostgresRows(e));

    private static NpgsqlBatch Batch(PortalTransaction work, IEnumerable<NpgsqlBatchCommand> commands)
    {
        var database = work.Db.Database;
        var batch = new NpgsqlBatch((NpgsqlConnection)database.GetDbConnection(), (NpgsqlTransaction)database.CurrentTransaction!.GetDbTransaction());
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    /// <summary>So that callers need not tell the two apart.</summary>
    private static async Task RefusedAsASaveAsync(Func<Task> insert)
    {
        try
        {
            await insert();
        }
        catch (DbException error)
        {
            throw new DbUpdateException("Rows were refused.", error);
        }
    }
}
