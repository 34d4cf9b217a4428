using Microsoft.EntityFrameworkCore.Migrations;

namespace PartnerPortal.Data;

/// <summary>Makes the database itself refuse to change or delete rows of a table, whoever asks. Called from a migration of each provider.</summary>
internal static class AppendOnly
{
    /// <summary>SQLite: triggers before update and delete, and before an insert of an id that exists, since INSERT OR REPLACE goes round the others.</summary>
    public static void OnSqlite(MigrationBuilder migration, string table)
    {
        var message = $"{table} is append-only";
        migration.Sql($"CREATE TRIGGER \"TR_{table}_NoUpdate\" BEFORE UPDATE ON \"{table}\" BEGIN SELECT raise(abort, '{message}'); END;");
        migration.Sql($"CREATE TRIGGER \"TR_{table}_NoDelete\" BEFORE DELETE ON \"{table}\" BEGIN SELECT raise(abort, '{message}'); END;");
        migration.Sql($"CREATE TRIGGER \"TR_{table}_NoReplace\" BEFORE INSERT ON \"{table}\" WHEN EXISTS (SELECT 1 FROM \"{table}\" WHERE \"Id\" = NEW.\"Id\") BEGIN SELECT raise(abort, '{message}'); END;");
    }

    /// <summary>PostgreSQL: one trigger for update, delete and truncate.</summary>
    public static void OnPostgres(MigrationBuilder migration, string table)
    {
        migration.Sql("""
            CREATE OR REPLACE FUNCTION portal_append_only() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
            """);
        migration.Sql($"CREATE TRIGGER \"TR_{table}_AppendOnly\" BEFORE UPDATE OR DELETE OR TRUNCATE ON \"{table}\" FOR EACH STATEMENT EXECUTE FUNCTION portal_append_only();");
    }
}
