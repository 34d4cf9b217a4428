using Microsoft.Data.Sqlite;
using PartnerPortal.Features.Journeys.Reassigning;

namespace PartnerPortal.Tests.Bench.Money;

/// <summary>The questions of a preview as somebody would write them who needs nothing else: one open connection, prepared once, nothing made of the rows.</summary>
internal sealed class HandMadePreview : IDisposable
{
    private const string Verdicts = """
        SELECT i."Id" AS item, i."ClientId" AS client, a."PartnerId" AS partner, CASE WHEN c."State" = 'Closed' THEN 1 WHEN i."ClientId" = $to THEN 2 WHEN a."PartnerId" = $to THEN 3
          WHEN EXISTS (SELECT 1 FROM "Members" m WHERE m."UserId" = $user AND m."AccountId" IN (i."ClientId", a."PartnerId")) THEN 4 END AS verdict
        FROM "ReassignedClients" i JOIN "Accounts" c ON c."Id" = i."ClientId" LEFT JOIN "Attributions" a ON a."ClientId" = i."ClientId" AND a."EndedAt" IS NULL
        WHERE i."ReassignmentId" = $id AND i."State" = 'Waiting'
        """;

    /// <summary>Of the lines: paid in part, in a payout, of who has another level's line, or to be moved.</summary>
    private const string Lines = $"""
        SELECT v.item, l."Currency" AS currency, l."Granted" - l."Reversed" AS amount, CASE WHEN l."Paid" <> 0 THEN 1
          WHEN l."ReleasedAt" IS NOT NULL AND EXISTS (SELECT 1 FROM "Payouts" o WHERE o."AccountId" = l."PartnerId" AND o."Currency" = l."Currency" AND o."State" IN ('Requested', 'Approved', 'Exported'))
            AND 0 <> (SELECT coalesce(sum(e."Amount"), 0) FROM "LedgerTransactions" t JOIN "LedgerEntries" e ON e."TransactionId" = t."Id" JOIN "LedgerClaims" k ON k."Id" = e."Id"
              WHERE t."PurchaseId" = l."PurchaseId" AND e."OwnerId" = l."PartnerId") THEN 2
          WHEN EXISTS (SELECT 1 FROM "CommissionLines" x WHERE x."PurchaseId" = l."PurchaseId" AND x."PartnerId" = $to AND x."Reason" NOT IN ('Superseded', 'MovedAway')) THEN 3 ELSE 4 END AS fate
        FROM ({Verdicts}) v JOIN "CommissionLines" l ON l."PartnerId" = v.partner AND l."ClientId" = v.client
        WHERE v.verdict IS NULL AND l."Level" = 1 AND l."Granted" > l."Reversed" AND l."Paid" < l."Granted" - l."Reversed"
        """;

    private static readonly string FirstPage = $"""SELECT i."Id", a."Name" FROM "ReassignedClients" i JOIN "Accounts" a ON a."Id" = i."ClientId" WHERE i."ReassignmentId" = $id ORDER BY i."Id" DESC LIMIT {ReassignmentQueries.PageSize + 1}""";
    private readonly SqliteConnection _db;
    private readonly List<SqliteCommand> _asked;

    public HandMadePreview(string file)
    {
        _db = new SqliteConnection($"Data Source={file};Pooling=False");
        _db.Open();
        _asked =
        [
            Command($"SELECT verdict, partner IS NOT NULL, count(*) FROM ({Verdicts}) GROUP BY 1, 2"),
            Command($"SELECT currency, fate, count(*), sum(amount) FROM ({Lines}) GROUP BY 1, 2"),
            Command(FirstPage),
            Command($"SELECT item, partner, verdict FROM ({Verdicts}) WHERE item >= $from"),
            Command($"SELECT item, currency, amount, fate FROM ({Lines}) WHERE item >= $from"),
        ];
    }

    /// <returns>True; it throws when it did not find as many clients and lines.</returns>
    public bool Look(long id, long to, long user, int clients, int lines)
    {
        foreach (var command in _asked)
        {
            (command.Parameters["$id"].Value, command.Parameters["$to"].Value, command.Parameters["$user"].Value) = (id, to, user);
        }

        var counted = Read(_asked[0])[^1];
        var summed = Read(_asked[1])[^1];
        var from = (long)Read(_asked[2])[^2][0];
        _asked[3].Parameters["$from"].Value = _asked[4].Parameters["$from"].Value = from;
        Read(_asked[3]);
        Read(_asked[4]);
        return (long)counted[2] == clients && (long)summed[2] == lines ? true : throw new InvalidOperationException($"{counted[2]} clients and {summed[2]} lines were found.");
    }

    public void Dispose()
    {
        _asked.ForEach(c => c.Dispose());
        _db.Dispose();
    }

    private SqliteCommand Command(string sql)
    {
#pragma warning disable CA2100 // Texts of this class.
        var command = new SqliteCommand(sql, _db);
#pragma warning restore CA2100
        foreach (var name in new[] { "$id", "$to", "$user", "$from" })
        {
            command.Parameters.AddWithValue(name, 0L);
        }

        command.Prepare();
        return command;
    }

    private static List<object[]> Read(SqliteCommand command)
    {
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }
}
