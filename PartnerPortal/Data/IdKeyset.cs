using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Shared;

namespace PartnerPortal.Data;

/// <summary>Pages of rows, the newest id first, by key: a page costs the same wherever it lies.</summary>
public static class IdKeyset
{
    private const string Older = "o";
    private const string Newer = "n";

    /// <param name="source">Filtered, in no order.</param>
    /// <param name="id">The key of a source row; indexed.</param>
    /// <param name="project">What a page shows.</param>
    /// <param name="idOf">The same key of a projected row.</param>
    /// <param name="cursor">Of a neighbouring page; null, or anything that is no cursor, for the newest.</param>
    /// <param name="size">Rows a page.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<Page<TRow>> NewestFirstAsync<TSource, TRow>(
        IQueryable<TSource> source, Expression<Func<TSource, long>> id, Func<IQueryable<TSource>, IQueryable<TRow>> project, Func<TRow, long> idOf,
        string? cursor, int size, CancellationToken ct)
    {
        var (isNewer, from) = Read(cursor);
        if (from is { } key)
        {
            source = source.Where(Compare(id, key, isNewer));
        }

        var ordered = isNewer ? source.OrderBy(id) : source.OrderByDescending(id);
        var rows = await project(ordered.Take(size + 1)).ToListAsync(ct);
        var hasMore = rows.Count > size;
        rows = [.. rows.OrderByDescending(idOf)];
        if (hasMore)
        {
            rows.RemoveAt(isNewer ? 0 : rows.Count - 1);
        }

        if (rows.Count == 0)
        {
            return new Page<TRow>([], null, null);
        }

        var hasNewer = isNewer ? hasMore : from is not null;
        var hasOlder = isNewer || hasMore;
        return new Page<TRow>(rows, hasNewer ? Write(Newer, idOf(rows[0])) : null, hasOlder ? Write(Older, idOf(rows[^1])) : null);
    }

    private static Expression<Func<TSource, bool>> Compare<TSource>(Expression<Func<TSource, long>> id, long key, bool isNewer)
    {
        // As a captured variable the key becomes a parameter, so that the query's plan is kept.
        Expression<Func<long>> value = () => key;
        var body = isNewer ? Expression.GreaterThan(id.Body, value.Body) : Expression.LessThan(id.Body, value.Body);
        return Expression.Lambda<Func<TSource, bool>>(body, id.Parameters);
    }

    private static string Write(string direction, long id) => Cursor.Encode(direction, id.ToString(CultureInfo.InvariantCulture));

    private static (bool IsNewer, long? From) Read(string? cursor) =>
        Cursor.TryDecode(cursor, 2, out var keys) && (keys[0] is Older or Newer) && long.TryParse(keys[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? (keys[0] == Newer, id)
            : (false, null);
}
