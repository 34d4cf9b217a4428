using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace PartnerPortal.Tests.Support;

/// <summary>Tries every way round that the database must refuse for a table whose rows are never changed.</summary>
internal static class AppendOnlyRows
{
    /// <param name="portal">Its database; the table holds rows.</param>
    /// <param name="table">Name.</param>
    /// <param name="assignment">Of one column: <c>"Name" = 'x'</c>.</param>
    public static async Task AssertRefusedAsync(TestPortal portal, string table, string assignment)
    {
        var before = await ReadAllAsync(portal, table);
        Assert.NotEmpty(before);
        List<string> attempts =
        [
            $"UPDATE \"{table}\" SET {assignment}",
            $"UPDATE \"{table}\" SET \"Id\" = \"Id\" + 1000",
            $"DELETE FROM \"{table}\"",
            $"DELETE FROM \"{table}\" WHERE \"Id\" = (SELECT min(\"Id\") FROM \"{table}\")",
            .. portal.Kind is DatabaseKind.Sqlite
                ? new[] { $"INSERT OR REPLACE INTO \"{table}\" SELECT * FROM \"{table}\" LIMIT 1", $"REPLACE INTO \"{table}\" SELECT * FROM \"{table}\" LIMIT 1", $"UPDATE OR REPLACE \"{table}\" SET \"Id\" = 1" }
                : [$"TRUNCATE \"{table}\"", $"TRUNCATE \"{table}\" CASCADE", $"INSERT INTO \"{table}\" SELECT * FROM \"{table}\" LIMIT 1 ON CONFLICT (\"Id\") DO UPDATE SET {assignment}"],
        ];
        foreach (var sql in attempts)
        {
            await Assert.ThrowsAnyAsync<DbException>(() => portal.ReadAsync(db => db.Database.ExecuteSqlRawAsync(sql)));
        }

        Assert.Equal(before, await ReadAllAsync(portal, table));
    }

    private static Task<List<string>> ReadAllAsync(TestPortal portal, string table) => portal.ReadAsync(async db =>
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"SELECT * FROM \"{table}\" ORDER BY \"Id\"";
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        }

        return rows;
    });
}
