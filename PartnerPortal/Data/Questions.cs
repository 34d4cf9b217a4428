using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace PartnerPortal.Data;

/// <summary>
/// Several reads that are sent together: on PostgreSQL in one round trip, in their order, each seeing what was committed before it began; on SQLite, where nothing travels, one after the other.
/// For what runs most, since a query of EF costs more than such a read. In the transaction of the context, if it has one.
/// </summary>
/// <param name="db">Nothing that is read becomes tracked by it.</param>
internal sealed class Questions(PortalDbContext db)
{
    private readonly List<Asked> _asked = [];

    public bool OnPostgres { get; } = db.Database.IsNpgsql();

    /// <summary>A condition that a column is one of the values: <c>$"\"Id\" {Questions.In(ids)}"</c>.</summary>
    public static object In(IReadOnlyCollection<long> values) => new ListOf(values.ToArray());

    /// <inheritdoc cref="In(IReadOnlyCollection{long})"/>
    public static object In(IReadOnlyCollection<string> values) => new ListOf(values.ToArray());

    /// <summary>Rows of an entity, whose table is called t.</summary>
    /// <param name="rest">What follows the table. What stands in braces becomes a parameter, or, where it is such a text itself, a part of the text.</param>
    /// <returns>Filled when the questions are sent.</returns>
    public List<T> Entities<T>(FormattableString rest)
        where T : class
    {
        var entity = EntityReader<T>.Of(db);
        return Add(entity.Select, rest, entity.Read);
    }

    /// <summary>Rows of any kind; see <see cref="Entities{T}"/>.</summary>
    public List<T> Rows<T>(FormattableString sql, Func<DbDataReader, T> read) => Add("", sql, read);

    /// <summary>A SELECT, also for what it does, of which each row is handed over; see <see cref="Entities{T}"/>.</summary>
    public void Each(FormattableString sql, Action<DbDataReader> take) => Add("", sql, take);

    /// <summary>
    /// Until its end, the transaction's prepared statements are planned for values of any kind and not again for those of each execution: on PostgreSQL planning takes longer than what runs
    /// most, and with lists among the values it would be done each time.
    /// </summary>
    public void PlanOnce()
    {
        if (OnPostgres)
        {
            Each($"SELECT set_config('plan_cache_mode', 'force_generic_plan', true)", _ => { });
        }
    }

    /// <summary>Fills what was asked. To be called once.</summary>
    public async Task SendAsync(CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await (OnPostgres ? SendTogetherAsync(ct) : SendOneByOneAsync(ct));
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private List<T> Add<T>(string start, FormattableString sql, Func<DbDataReader, T> read)
    {
        var rows = new List<T>();
        Add(start, sql, reader => rows.Add(read(reader)));
        return rows;
    }

    private void Add(string start, FormattableString sql, Action<DbDataReader> take)
    {
        var (text, values) = (new StringBuilder(start, 512), new List<object>());
        Write(text, values, sql);
        _asked.Add(new Asked(text.ToString(), values, take));
    }

    private void Write(StringBuilder text, List<object> values, FormattableString sql)
    {
        object?[] places = sql.GetArguments().Select(argument => (object?)Place(values, argument!)).ToArray();
        text.AppendFormat(CultureInfo.InvariantCulture, sql.Format, places);
    }

    private string Place(List<object> values, object argument)
    {
        switch (argument)
        {
            case FormattableString part:
                var text = new StringBuilder();
                Write(text, values, part);
                return text.ToString();
            case ListOf list when OnPostgres:
                return $"= ANY({Value(values, list.Values)})";
            case ListOf list:
                return $"IN (SELECT value FROM json_each({Value(values, JsonSerializer.Serialize(list.Values, list.Values.GetType()))}))";
            default:
                return Value(values, argument);
        }
    }

    /// <summary>The same value again, as where a part of the text is in it more than once, is the same parameter.</summary>
    private static string Value(List<object> values, object value)
    {
        var index = values.FindIndex(v => ReferenceEquals(v, value));
        if (index < 0)
        {
            index = values.Count;
            values.Add(value);
        }

        return string.Create(CultureInfo.InvariantCulture, $"${index + 1}");
    }

    private async Task SendTogetherAsync(CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction());
        foreach (var asked in _asked)
        {
            var command = new NpgsqlBatchCommand(asked.Sql);
            asked.Values.ForEach(v => command.Parameters.Add(new NpgsqlParameter { Value = v }));
            batch.BatchCommands.Add(command);
        }

        await using var reader = await batch.ExecuteReaderAsync(ct);
        foreach (var asked in _asked)
        {
            await ReadAsync(asked, reader, ct);
            await reader.NextResultAsync(ct);
        }
    }

    private async Task SendOneByOneAsync(CancellationToken ct)
    {
        foreach (var asked in _asked)
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
#pragma warning disable CA2100 // Written by us; every value is a parameter.
            command.CommandText = asked.Sql;
#pragma warning restore CA2100
            for (var i = 0; i < asked.Values.Count; i++)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (string.Create(CultureInfo.InvariantCulture, $"${i + 1}"), asked.Values[i]);
                command.Parameters.Add(parameter);
            }

            await using var reader = await command.ExecuteReaderAsync(ct);
            await ReadAsync(asked, reader, ct);
        }
    }

    private static async Task ReadAsync(Asked asked, DbDataReader reader, CancellationToken ct)
    {
        while (await reader.ReadAsync(ct))
        {
            asked.Read(reader);
        }
    }

    private sealed record Asked(string Sql, List<object> Values, Action<DbDataReader> Read);

    private sealed record ListOf(Array Values);
}
