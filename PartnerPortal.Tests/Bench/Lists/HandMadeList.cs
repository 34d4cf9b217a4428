using System.Globalization;
using Microsoft.Data.Sqlite;

namespace PartnerPortal.Tests.Bench.Lists;

/// <summary>
/// My clients as somebody would write it who needs nothing else: one open connection, statements prepared once, the best plan for each question known beforehand, the
/// columns read and nothing made of them but the row.
/// </summary>
internal sealed class HandMadeList(string file) : IDisposable
{
    public const int Size = 50;

    private const string Columns = """
        r."Id", r."Name", r."Email", r."Phone", r."Status", r."CameBy", r."Since", r."LastSeenAt", r."IsShared",
        (SELECT group_concat(t."Name", char(31)) FROM "ClientTags" t WHERE t."RecordId" = r."Id")
        """;

    private readonly SqliteConnection _db = Open(file);
    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    /// <summary>The newest lines, the counts on the tabs, the tags, and when the newest line came.</summary>
    public int FirstPage(long partner)
    {
        var rows = Rows($"SELECT {Columns} FROM \"ClientRecords\" r WHERE r.\"PartnerId\" = $partner ORDER BY r.\"Since\" DESC, r.\"Id\" DESC LIMIT {Size + 1}", partner);
        var sum = Count("SELECT sum(\"Count\") FROM \"ClientTallies\" WHERE \"PartnerId\" = $partner GROUP BY \"Status\"", partner);
        Count("SELECT sum(\"Count\") FROM \"ClientTagTallies\" WHERE \"PartnerId\" = $partner GROUP BY \"Name\" ORDER BY \"Name\"", partner);
        Texts("SELECT \"Since\" FROM \"ClientRecords\" WHERE \"PartnerId\" = $partner ORDER BY \"Since\" DESC LIMIT 1", partner);
        return sum == 0 ? 0 : rows;
    }

    /// <summary>What a few lines have: by the index of letters.</summary>
    public int Rare(long partner, string text) => Rows(
        $"""
        SELECT {Columns} FROM "ClientSearch" s CROSS JOIN "ClientRecords" r ON r."Id" = s.rowid
        WHERE s."ClientSearch" MATCH $text AND r."PartnerId" = $partner ORDER BY r."Since" DESC, r."Id" DESC LIMIT {Size + 1}
        """,
        partner, $"\"{text}\"");

    /// <summary>As <see cref="Rare"/>, with the number of all that are found.</summary>
    public int RareCounted(long partner, string text) => Math.Min(Rare(partner, text), Count(
        """SELECT count(*) FROM "ClientSearch" s CROSS JOIN "ClientRecords" r ON r."Id" = s.rowid WHERE s."ClientSearch" MATCH $text AND r."PartnerId" = $partner""", partner, $"\"{text}\""));

    /// <summary>What many lines have: they are walked in their order until the page is full, and counted up to a thousand.</summary>
    public int Frequent(long partner, string text) => Math.Min(
        Rows(
            $"""
            SELECT {Columns} FROM "ClientRecords" r INDEXED BY "IX_ClientRecords_List"
            WHERE r."PartnerId" = $partner AND r."SearchText" LIKE $text ORDER BY r."Since" DESC, r."Id" DESC LIMIT {Size + 1}
            """,
            partner, $"%{text}%"),
        Count(
            """SELECT count(*) FROM (SELECT 1 FROM "ClientRecords" r INDEXED BY "IX_ClientRecords_List" WHERE r."PartnerId" = $partner AND r."SearchText" LIKE $text LIMIT 1001)""",
            partner, $"%{text}%"));

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        _db.Dispose();
    }

    private static SqliteConnection Open(string file)
    {
        var db = new SqliteConnection($"Data Source={file};Pooling=False;Mode=ReadOnly");
        db.Open();
        return db;
    }

    private int Rows(string sql, long partner, string? text = null)
    {
        using var reader = Command(sql, partner, text).ExecuteReader();
        var rows = new List<Row>(Size + 1);
        while (reader.Read())
        {
            rows.Add(new Row(
                reader.GetInt64(0), reader.GetString(1), Text(reader, 2), Text(reader, 3), reader.GetString(4), reader.GetString(5),
                reader.GetDateTime(6), reader.IsDBNull(7) ? null : reader.GetDateTime(7), reader.GetBoolean(8), Text(reader, 9)?.Split('\u001f') ?? []));
        }

        return Math.Min(rows.Count, Size);
    }

    private int Count(string sql, long partner, string? text = null)
    {
        using var reader = Command(sql, partner, text).ExecuteReader();
        var sum = 0;
        while (reader.Read())
        {
            sum += reader.GetInt32(0);
        }

        return sum;
    }

    private void Texts(string sql, long partner)
    {
        using var reader = Command(sql, partner, null).ExecuteReader();
        while (reader.Read())
        {
            _ = reader.GetString(0);
        }
    }

    private SqliteCommand Command(string sql, long partner, string? text)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = new SqliteCommand(sql, _db);
            command.Parameters.Add("$partner", SqliteType.Integer);
            if (text is not null)
            {
                command.Parameters.Add("$text", SqliteType.Text);
            }

            command.Prepare();
            _prepared.Add(sql, command);
        }

        command.Parameters[0].Value = partner;
        if (text is not null)
        {
            command.Parameters[1].Value = text;
        }

        return command;
    }

    private static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private sealed record Row(long Id, string Name, string? Email, string? Phone, string Status, string CameBy, DateTime Since, DateTime? LastSeenAt, bool IsShared, string[] Tags)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id} {Name}");
    }
}
