using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace PartnerPortal.Data;

/// <summary>How rows of an entity are written to PostgreSQL: any number of them by the same statement, which stays prepared, with a list of values for each column.</summary>
internal sealed class PostgresRows
{
    private readonly Column _id;
    private readonly Column[] _others;
    private readonly string _table;

    public PostgresRows(IEntityType entity)
    {
        var id = entity.FindPrimaryKey()!.Properties.Single();
        _id = new Column(id);
        _others = [.. entity.GetProperties().Where(p => p != id).Select(p => new Column(p))];
        _table = entity.GetTableName()!;
    }

    /// <param name="rows">New ones.</param>
    /// <param name="withIds">They have their ids already, see <see cref="TakeIds"/>.</param>
    public NpgsqlBatchCommand Insert(IReadOnlyList<object> rows, bool withIds)
    {
        Column[] columns = withIds ? [_id, .. _others] : _others;
        var names = string.Join(", ", columns.Select(c => $"\"{c.Name}\""));
        var command = new NpgsqlBatchCommand(
            $"INSERT INTO \"{_table}\" ({names}) SELECT * FROM unnest({string.Join(", ", columns.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"${i + 1}")))})");
        foreach (var column in columns)
        {
            command.Parameters.Add(column.Of(rows));
        }

        return command;
    }

    /// <summary>Takes ids for rows that are inserted later, in their order.</summary>
    public FormattableString TakeIds(int count) => FormattableStringFactory.Create($"SELECT nextval(pg_get_serial_sequence('\"{_table}\"', '{_id.Name}')) FROM generate_series(1, {{0}})", count);

    public void Tell(object row, long id) => _id.Tell(row, id);

    private sealed class Column
    {
        private readonly IProperty _property;
        private readonly RelationalTypeMapping _mapping;
        private readonly Type _type;

        public Column(IProperty property)
        {
            (_property, _mapping) = (property, property.GetRelationalTypeMapping());
            var type = _mapping.Converter?.ProviderClrType ?? property.ClrType;
            _type = type.IsValueType && Nullable.GetUnderlyingType(type) is null ? typeof(Nullable<>).MakeGenericType(type) : type;
        }

        public string Name => _property.GetColumnName();

        public NpgsqlParameter Of(IReadOnlyList<object> rows)
        {
            var values = Array.CreateInstance(_type, rows.Count);
            for (var i = 0; i < rows.Count; i++)
            {
                var value = _property.GetGetter().GetClrValue(rows[i]);
                values.SetValue(value is null ? null : _mapping.Converter?.ConvertToProvider(value) ?? value, i);
            }

            // Without the length: a list of texts is not cut to it, what is too long is refused by its column.
            return new NpgsqlParameter { Value = values, DataTypeName = _mapping.StoreTypeNameBase + "[]" };
        }

        public void Tell(object row, long id) => _property.PropertyInfo!.SetValue(row, id);
    }
}
