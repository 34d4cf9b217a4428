using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace PartnerPortal.Data;

/// <summary>
/// Inserts rows past the change tracker, which costs several times what the database does for each. They are not tracked afterwards, and the audit guard does not see them: the
/// caller adds their audit entries in the same transaction.
/// </summary>
internal static class ManyRows
{
    /// <summary>Parameters of one statement at most; the databases stop at some ten thousands.</summary>
    private const int Parameters = 1000;

    private static readonly ConcurrentDictionary<IEntityType, Table> Tables = new();

    /// <summary>Inserts them in their order.</summary>
    /// <param name="work">The transaction.</param>
    /// <param name="rows">New ones; only what the database generates, the id, may be unset.</param>
    /// <param name="ct">Cancels.</param>
    public static Task InsertAsync<T>(this PortalTransaction work, IReadOnlyList<T> rows, CancellationToken ct)
        where T : class => InsertAsync(work, rows, withIds: false, ct);

    /// <summary>The same, and tells each its id.</summary>
    public static Task InsertWithIdsAsync<T>(this PortalTransaction work, IReadOnlyList<T> rows, CancellationToken ct)
        where T : class => InsertAsync(work, rows, withIds: true, ct);

    private static async Task InsertAsync<T>(PortalTransaction work, IReadOnlyList<T> rows, bool withIds, CancellationToken ct)
        where T : class
    {
        if (rows.Count == 0)
        {
            return;
        }

        var table = Tables.GetOrAdd(work.Db.Model.FindEntityType(typeof(T))!, entity => new Table(entity));
        var database = work.Db.Database;
        var (connection, transaction) = (database.GetDbConnection(), database.CurrentTransaction!.GetDbTransaction());
        try
        {
            await (database.IsNpgsql() ? TogetherAsync(connection, transaction, table, rows, withIds, ct) : OneByOneAsync(connection, transaction, table, rows, withIds, ct));
        }
        catch (DbException error)
        {
            // As a save would, so that callers need not tell the two apart.
            throw new DbUpdateException($"Rows of {table.Name} were refused.", error);
        }
    }

    /// <summary>Within the process a row at a time costs least, by one statement that stays prepared.</summary>
    private static async Task OneByOneAsync<T>(DbConnection connection, DbTransaction transaction, Table table, IReadOnlyList<T> rows, bool withIds, CancellationToken ct)
        where T : class
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        table.Write(command, [rows[0]], withIds);
        foreach (var row in rows)
        {
            table.Fill(command, row);
            if (withIds)
            {
                table.Tell(row, (long)(await command.ExecuteScalarAsync(ct))!);
            }
            else
            {
                await command.ExecuteNonQueryAsync(ct);
            }
        }
    }

    /// <summary>Over the network many rows go at once; those that need their ids by statements of their own, since rows of one return in no order that is promised.</summary>
    private static async Task TogetherAsync<T>(DbConnection connection, DbTransaction transaction, Table table, IReadOnlyList<T> rows, bool withIds, CancellationToken ct)
        where T : class
    {
        await using var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        foreach (var chunk in Chunks(rows, withIds ? 1 : Math.Max(1, Parameters / table.Width)))
        {
            // A batch has no parameters of its own kind: a command makes them.
            await using var command = connection.CreateCommand();
            table.Write(command, chunk, withIds);
            var part = batch.CreateBatchCommand();
            part.CommandText = command.CommandText;
            var parameters = command.Parameters.Cast<DbParameter>().ToArray();
            command.Parameters.Clear();
            part.Parameters.AddRange(parameters);
            batch.BatchCommands.Add(part);
        }

        if (!withIds)
        {
            await batch.ExecuteNonQueryAsync(ct);
            return;
        }

        await using var reader = await batch.ExecuteReaderAsync(ct);
        foreach (var row in rows)
        {
            await reader.ReadAsync(ct);
            table.Tell(row, reader.GetInt64(0));
            await reader.NextResultAsync(ct);
        }
    }

    /// <summary>Their sizes are powers of four, so that few statements differ and the server keeps them prepared.</summary>
    private static IEnumerable<T[]> Chunks<T>(IReadOnlyList<T> rows, int most)
        where T : class
    {
        for (var at = 0; at < rows.Count;)
        {
            var size = 1;
            while (size * 4 <= Math.Min(most, rows.Count - at))
            {
                size *= 4;
            }

            yield return [.. rows.Skip(at).Take(size)];
            at += size;
        }
    }

    /// <summary>How an entity is written, by the model.</summary>
    private sealed class Table
    {
        private readonly IProperty _id;
        private readonly IProperty[] _columns;
        private readonly RelationalTypeMapping[] _mappings;
        private readonly string _start;

        public Table(IEntityType entity)
        {
            Name = entity.GetTableName()!;
            _id = entity.FindPrimaryKey()!.Properties.Single();
            _columns = [.. entity.GetProperties().Where(p => p != _id)];
            _mappings = [.. _columns.Select(c => c.GetRelationalTypeMapping())];
            _start = $"INSERT INTO \"{Name}\" ({string.Join(", ", _columns.Select(c => $"\"{c.GetColumnName()}\""))}) VALUES ";
        }

        public string Name { get; }

        public int Width => _columns.Length;

        /// <summary>The statement with its parameters filled.</summary>
        public void Write(DbCommand command, object[] rows, bool withIds)
        {
            var sql = new SqlText().Add(_start);
            for (var row = 0; row < rows.Length; row++)
            {
                sql.Add(row == 0 ? "(" : ", (").Listed(_columns.Select((_, c) => Value(c, rows[row]) ?? DBNull.Value)).Add(")");
            }

#pragma warning disable CA2100 // Names of the model; every value is a parameter.
            command.CommandText = sql.Add(withIds ? " RETURNING \"Id\"" : "").ToString();
#pragma warning restore CA2100
            for (var i = 0; i < sql.Values.Count; i++)
            {
                command.Parameters.Add(_mappings[i % Width].CreateParameter(command, SqlText.Name(i), _columns[i % Width].GetGetter().GetClrValue(rows[i / Width]), nullable: true));
            }
        }

        /// <summary>Another row for a statement of one.</summary>
        public void Fill(DbCommand command, object row)
        {
            for (var c = 0; c < _columns.Length; c++)
            {
                command.Parameters[c].Value = Value(c, row) ?? DBNull.Value;
            }
        }

        public void Tell(object row, long id) => _id.PropertyInfo!.SetValue(row, id);

        private object? Value(int column, object row) =>
            _columns[column].GetGetter().GetClrValue(row) is { } value ? _mappings[column].Converter?.ConvertToProvider(value) ?? value : null;
    }
}
