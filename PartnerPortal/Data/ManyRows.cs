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

    /// <summary>Sends what is to be inserted soon.</summary>
    public static Task SendAsync(this PortalTransaction work, CancellationToken ct) => work.Soon.Count == 0 ? Task.CompletedTask : RefusedAsASaveAsync(async () =>
    {
        var database = work.Db.Database;
        await using var batch = new NpgsqlBatch((NpgsqlConnection)database.GetDbConnection(), (NpgsqlTransaction)database.CurrentTransaction!.GetDbTransaction());
        foreach (var command in work.Soon)
        {
            batch.BatchCommands.Add(command);
        }

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

        var entity = work.Db.Model.FindEntityType(typeof(T))!;
        return RefusedAsASaveAsync(() => work.Db.Database.IsNpgsql()
            ? QueueAsync(work, OnPostgres.GetOrAdd(entity, e => new PostgresRows(e)), rows, withIds, ct)
            : OnSqlite.GetOrAdd(entity, e => new SqliteRows(e)).InsertAsync(work.Db.Database, rows, withIds, ct));
    }

    private static async Task QueueAsync(PortalTransaction work, PostgresRows table, IReadOnlyList<object> rows, bool withIds, CancellationToken ct)
    {
        if (withIds)
        {
            await using var command = table.TakeIds(rows.Count);
            command.Connection = (NpgsqlConnection)work.Db.Database.GetDbConnection();
            await using var reader = await command.ExecuteReaderAsync(ct);
            foreach (var row in rows)
            {
                await reader.ReadAsync(ct);
                table.Tell(row, reader.GetInt64(0));
            }
        }

        work.Soon.Add(table.Insert(rows, withIds));
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
