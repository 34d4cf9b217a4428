using System.Collections.Concurrent;
using System.Data.Common;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace PartnerPortal.Data;

/// <summary>How an entity is read from its columns by hand: what is read is not tracked. See <see cref="Questions"/>.</summary>
internal sealed class EntityReader<T>
    where T : class
{
    private static readonly ConcurrentDictionary<IEntityType, EntityReader<T>> Known = new();

    private EntityReader(IEntityType entity)
    {
        var properties = entity.GetProperties().Where(p => p.PropertyInfo is { CanWrite: true }).ToList();
        Select = $"SELECT {string.Join(", ", properties.Select(p => $"t.\"{p.GetColumnName()}\""))} FROM \"{entity.GetTableName()}\" t ";
        var (reader, row) = (Expression.Parameter(typeof(DbDataReader)), Expression.Variable(typeof(T)));
        List<Expression> steps = [Expression.Assign(row, Expression.New(typeof(T)))];
        steps.AddRange(properties.Select((p, i) => Expression.Assign(Expression.Property(row, p.PropertyInfo!), ValueOf(p, reader, i))));
        Read = Expression.Lambda<Func<DbDataReader, T>>(Expression.Block([row], [.. steps, row]), reader).Compile();
    }

    /// <summary>Up to the table, which is called t.</summary>
    public string Select { get; }

    /// <summary>What the reader stands on.</summary>
    public Func<DbDataReader, T> Read { get; }

    public static EntityReader<T> Of(PortalDbContext db) => Known.GetOrAdd(db.Model.FindEntityType(typeof(T))!, e => new EntityReader<T>(e));

    private static Expression ValueOf(IProperty property, Expression reader, int column)
    {
        var mapping = property.GetRelationalTypeMapping();
        var (get, at) = (mapping.GetDataReaderMethod(), Expression.Constant(column));
        var value = mapping.CustomizeDataReaderExpression(Expression.Call(Expression.Convert(reader, get.DeclaringType!), get, at));
        if (mapping.Converter is { } converter)
        {
            value = Expression.Invoke(converter.ConvertFromProviderExpression, Expression.Convert(value, converter.ProviderClrType));
        }

        value = Expression.Convert(value, property.ClrType);
        return property.IsNullable ? Expression.Condition(Expression.Call(reader, nameof(DbDataReader.IsDBNull), null, at), Expression.Default(property.ClrType), value) : value;
    }
}
