using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PartnerPortal.Data;

/// <summary>
/// The one change that rows of some append-only tables take: the name of a person that is gone, or of an account that is closed, becomes empty. The database itself looks whether it
/// is gone and whether all else stays. Called from a migration of each provider.
/// </summary>
internal static class Erasure
{
    private const string Gone = """OLD."{0}" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "AspNetUsers" u WHERE u."Id" = OLD."{0}")""";

    private const string BuyerClosed = """EXISTS (SELECT 1 FROM "Orders" o JOIN "Accounts" a ON a."Id" = o."ClientId" WHERE o."Id" = OLD."OrderId" AND a."State" = 'Closed')""";

    /// <summary>Each table with the columns that may become empty, those that never change, and when.</summary>
    internal static readonly IReadOnlyList<ErasableTable> Tables =
    [
        new("AuditEntries", ["ActorName", "ActorSearch"], ["Id", "At", "ActorUserId", "ActorAccountId", "GrantId", "Action", "SubjectKind", "SubjectId", "AccountId", "Details"], GoneBy("ActorUserId")),
        new("AgreementAcceptances", ["UserName"], ["Id", "AccountId", "PlanVersionId", "UserId", "At"], GoneBy("UserId")),
        new("Invoices", ["BuyerName", "BuyerAddress", "BuyerTaxId"],
            ["Id", "OrderId", "Series", "Sequence", "Number", "IssuedAt", "DueAt", "SellerName", "SellerAddress", "SellerTaxId", "PaymentDetails", "Language"], BuyerClosed),
        new("Receipts", ["ActorName"], ["Id", "AttributionId", "Rule", "ActorUserId", "Reason", "WordingVersion", "WordingLanguage", "At"], GoneBy("ActorUserId"), "ContendersJson"),
    ];

    /// <summary>Takes the names of closed accounts out of what was in play, wherever one of them was.</summary>
    public static async Task ContendersAsync(PortalDbContext db, IEnumerable<long> closed, CancellationToken ct)
    {
        foreach (var table in new[] { "Receipts", "PendingReferrals" })
        {
            foreach (var id in closed)
            {
                var mark = FormattableString.Invariant($"%\"partnerId\":{id},%");
#pragma warning disable EF1002 // Names of tables; the value is a parameter.
                await db.Database.ExecuteSqlRawAsync($"UPDATE \"{table}\" SET \"ContendersJson\" = {Unnamed(table, db.Database.IsSqlite())} WHERE \"ContendersJson\" LIKE {{0}}", [mark], ct);
#pragma warning restore EF1002
            }
        }
    }

    public static void OnSqlite(MigrationBuilder migration)
    {
        foreach (var table in Tables)
        {
            // A way back through older migrations may have built the table anew, without any.
            RefuseAll(migration, table.Name);
            migration.Sql($"DROP TRIGGER \"TR_{table.Name}_NoUpdate\";");
            migration.Sql($"CREATE TRIGGER \"TR_{table.Name}_NoUpdate\" BEFORE UPDATE ON \"{table.Name}\" WHEN NOT ({table.Allowed(true)}) BEGIN SELECT raise(abort, '{table.Name} is append-only'); END;");
        }
    }

    public static void OnPostgres(MigrationBuilder migration)
    {
        foreach (var table in Tables)
        {
            var function = "portal_erase_" + table.Name.ToLowerInvariant();
            migration.Sql($"DROP TRIGGER \"TR_{table.Name}_AppendOnly\" ON \"{table.Name}\";");
            migration.Sql($"CREATE TRIGGER \"TR_{table.Name}_AppendOnly\" BEFORE DELETE OR TRUNCATE ON \"{table.Name}\" FOR EACH STATEMENT EXECUTE FUNCTION portal_append_only();");
            migration.Sql($"""
                CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN
                  IF {table.Allowed(false)} THEN RETURN NEW; END IF;
                  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
                END $$;
                """);
            migration.Sql($"CREATE TRIGGER \"TR_{table.Name}_Erase\" BEFORE UPDATE ON \"{table.Name}\" FOR EACH ROW EXECUTE FUNCTION {function}();");
        }
    }

    /// <summary>Nothing may be changed again.</summary>
    public static void Undo(MigrationBuilder migration, bool isSqlite)
    {
        foreach (var name in Tables.Select(t => t.Name))
        {
            if (isSqlite)
            {
                RefuseAll(migration, name);
            }
            else
            {
                migration.Sql($"DROP TRIGGER \"TR_{name}_AppendOnly\" ON \"{name}\"; DROP TRIGGER \"TR_{name}_Erase\" ON \"{name}\"; DROP FUNCTION portal_erase_{name.ToLowerInvariant()}();");
                AppendOnly.OnPostgres(migration, name);
            }
        }
    }

    private static void RefuseAll(MigrationBuilder migration, string table)
    {
        migration.Sql($"DROP TRIGGER IF EXISTS \"TR_{table}_NoUpdate\"; DROP TRIGGER IF EXISTS \"TR_{table}_NoDelete\"; DROP TRIGGER IF EXISTS \"TR_{table}_NoReplace\";");
        AppendOnly.OnSqlite(migration, table);
    }

    /// <summary>The contenders of a row without the names of accounts that are closed.</summary>
    internal static string Unnamed(string row, bool isSqlite)
    {
        row = row is "OLD" ? row : $"\"{row}\"";
        return isSqlite
            ? $"""
              (SELECT json_group_array(json(CASE WHEN EXISTS (SELECT 1 FROM "Accounts" a WHERE a."Id" = json_extract(c.value, '$.partnerId') AND a."State" = 'Closed')
                THEN json_set(c.value, '$.partnerName', '') ELSE c.value END)) FROM json_each({row}."ContendersJson") c)
              """
            : $"""
              (SELECT coalesce(jsonb_agg(CASE WHEN EXISTS (SELECT 1 FROM "Accounts" a WHERE a."Id" = (c.value->>'partnerId')::bigint AND a."State" = 'Closed')
                THEN jsonb_set(c.value, ARRAY['partnerName'], to_jsonb(''::text)) ELSE c.value END ORDER BY c.ordinality), '[]')::text
                FROM jsonb_array_elements({row}."ContendersJson"::jsonb) WITH ORDINALITY c)
              """;
    }

    private static string GoneBy(string column) => Gone.Replace("{0}", column, StringComparison.Ordinal);
}

/// <param name="Name">The table.</param>
/// <param name="Erased">Columns that may become empty.</param>
/// <param name="Kept">Columns that never change.</param>
/// <param name="When">Of the old row.</param>
/// <param name="Contenders">A column with JSON from which names may go.</param>
internal sealed record ErasableTable(string Name, IReadOnlyList<string> Erased, IReadOnlyList<string> Kept, string When, string? Contenders = null)
{
    /// <summary>Something is erased, what is erased may be, and nothing else changes.</summary>
    public string Allowed(bool isSqlite)
    {
        var same = isSqlite ? "IS" : "IS NOT DISTINCT FROM";
        var kept = string.Join(" AND ", Kept.Select(c => $"NEW.\"{c}\" {same} OLD.\"{c}\""));
        var emptied = string.Join(" AND ", Erased.Select(c => $"NEW.\"{c}\" = ''")) + $" AND {When}";
        if (Contenders is null)
        {
            return $"{kept} AND {emptied}";
        }

        var untouched = string.Join(" AND ", Erased.Select(c => $"NEW.\"{c}\" {same} OLD.\"{c}\""));
        var (stays, unnamed) = ($"NEW.\"{Contenders}\" = OLD.\"{Contenders}\"", $"NEW.\"{Contenders}\" = {Erasure.Unnamed("OLD", isSqlite)}");
        return $"{kept} AND (({emptied} AND {stays}) OR ({untouched} AND {unnamed} AND NOT ({stays})))";
    }
}
