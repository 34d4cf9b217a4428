using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace PartnerPortal.Data;

/// <summary>How rows of an entity are written to SQLite: within the process a row at a time costs least, by one statement that stays prepared.</summary>
internal sealed class SqliteRows
{
    private readonly IProperty _id;
    private readonly IProperty[] _columns;
    private readonly RelationalTypeMapping[] _mappings;
    private readonly string _start;

    public SqliteRows(IEntityType entity)
    {
        _id = entity.FindPrimaryKey()!.Properties.Single();
        _columns = [.. entity.GetProperties().Where(p => p != _id)];
        _mappings = [.. _columns.Select(c => c.GetRelationalTypeMapping())];
        _start = $"INSERT INTO \"{entity.GetTableName()}\" ({string.Join(", ", _columns.Select(c => $"\"{c.GetColumnName()}\""))}) VALUES (";
    }

    /// <param name="database">In a transaction.</param>
    /// <param name="rows">One at least.</param>
    /// <param name="withIds">Each is told its id.</param>
    /// <param name="ct">Cancels.</param>
    public async Task InsertAsync(DatabaseFacade database, IReadOnlyList<object> rows, bool withIds, CancellationToken ct)
    {
        await using var command = database.GetDbConnection().CreateCommand();
        command.Transaction = database.CurrentTransaction!.GetDbTransaction();
        Write(command, rows[0], withIds);
        foreach (var row in rows)
        {
            for (var c = 0; c < _columns.Length; c++)
            {
                command.Parameters[c].Value = Value(c, row) ?? DBNull.Value;
            }

            if (withIds)
            {
                _id.PropertyInfo!.SetValue(row, (long)(await command.ExecuteScalarAsync(ct))!);
            }
            else
            {
                await command.ExecuteNonQueryAsync(ct);
            }
        }
    }

    private void Write(DbCommand command, object row, bool withIds)
    {
        var sql = new SqlText().Add(_start).Listed(_columns.Select((_, c) => Value(c, row) ?? DBNull.Value)).Add(withIds ? ") RETURNING \"Id\"" : ")");
#pragma warning disable CA2100 // Names of the model; every value is a parameter.
        command.CommandText = sql.ToString();
#pragma warning restore CA2100
        for (var c = 0; c < _columns.Length; c++)
        {
            command.Parameters.Add(_mappings[c].CreateParameter(command, SqlText.Name(c), _columns[c].GetGetter().GetClrValue(row), nullable: true));
        }
    }

    private object? Value(int column, object row) =>
        _columns[column].GetGetter().GetClrValue(row) is { } value ? _mappings[column].Converter?.ConvertToProvider(value) ?? value : null;
}
