using Microsoft.EntityFrameworkCore.Migrations;

namespace PartnerPortal.Data;

/// <summary>What the database itself keeps beside the books: what came to each wallet by month, and what each partner's lines come to. Called from a migration of each provider.</summary>
internal static class WalletTriggers
{
    private const string FillLines = """
        UPDATE "CommissionLines" SET "ClientId" = (SELECT p."ClientId" FROM "Purchases" p WHERE p."Id" = "CommissionLines"."PurchaseId");
        """;

    public static void OnSqlite(MigrationBuilder migration)
    {
        migration.Sql(FillLines);
        migration.Sql($"""
            UPDATE "CommissionLines" SET "Month" = (SELECT {SqliteMonth("p.\"OccurredAt\"")} FROM "Purchases" p WHERE p."Id" = "CommissionLines"."PurchaseId");
            """);
        migration.Sql($"""
            INSERT INTO "WalletTallies" ("OwnerId", "Currency", "Account", "Month", "Slot", "Amount")
              SELECT e."OwnerId", e."Currency", e."Account", {SqliteMonth("t.\"At\"")}, 0, sum(e."Amount") FROM "LedgerEntries" e JOIN "LedgerTransactions" t ON t."Id" = e."TransactionId"
              WHERE e."OwnerId" IS NOT NULL GROUP BY 1, 2, 3, 4;
            """);
        migration.Sql(FillEarningsBy(State));
        migration.Sql($"""
            CREATE TRIGGER "TR_LedgerEntries_Tally" AFTER INSERT ON "LedgerEntries" WHEN NEW."OwnerId" IS NOT NULL BEGIN
              INSERT INTO "WalletTallies" ("OwnerId", "Currency", "Account", "Month", "Slot", "Amount")
                SELECT NEW."OwnerId", NEW."Currency", NEW."Account", {SqliteMonth("t.\"At\"")}, 0, NEW."Amount" FROM "LedgerTransactions" t WHERE t."Id" = NEW."TransactionId"
                ON CONFLICT ("OwnerId", "Currency", "Account", "Month", "Slot") DO UPDATE SET "Amount" = "Amount" + NEW."Amount"; END;
            """);
        EarningsOnSqlite(migration, State, "\"Granted\", \"Reversed\", \"ReleasedAt\"");
    }

    /// <param name="migration">Of the provider.</param>
    /// <param name="state">Says the state of a row of lines.</param>
    /// <param name="columns">By which it changes.</param>
    internal static void EarningsOnSqlite(MigrationBuilder migration, Func<string, string> state, string columns)
    {
        migration.Sql($"CREATE TRIGGER \"TR_CommissionLines_TallyInsert\" AFTER INSERT ON \"CommissionLines\" BEGIN {Earn("NEW", "+")} END;");
        migration.Sql($"CREATE TRIGGER \"TR_CommissionLines_TallyUpdate\" AFTER UPDATE OF {columns} ON \"CommissionLines\" BEGIN {Earn("OLD", "-")} {Earn("NEW", "+")} END;");
        migration.Sql($"CREATE TRIGGER \"TR_CommissionLines_TallyDelete\" AFTER DELETE ON \"CommissionLines\" BEGIN {Earn("OLD", "-")} END;");

        string Earn(string row, string sign) => $"""
            INSERT INTO "EarningTallies" ("PartnerId", "Currency", "Month", "State", "Slot", "Count", "Net")
              VALUES ({row}."PartnerId", {row}."Currency", {row}."Month", {state(row)}, 0, {sign}1, {sign}({row}."Granted" - {row}."Reversed"))
              ON CONFLICT ("PartnerId", "Currency", "Month", "State", "Slot") DO UPDATE SET "Count" = "Count" {sign} 1, "Net" = "Net" {sign} ({row}."Granted" - {row}."Reversed");
            """;
    }

    /// <summary>Each connection counts in a slot of its own, so that purchases of the same partner's clients cannot wait for each other here.</summary>
    public static void OnPostgres(MigrationBuilder migration)
    {
        migration.Sql(FillLines);
        migration.Sql($"""
            UPDATE "CommissionLines" l SET "Month" = {PostgresMonth("p.\"OccurredAt\"")} FROM "Purchases" p WHERE p."Id" = l."PurchaseId";
            """);
        migration.Sql($"""
            INSERT INTO "WalletTallies" ("OwnerId", "Currency", "Account", "Month", "Slot", "Amount")
              SELECT e."OwnerId", e."Currency", e."Account", {PostgresMonth("t.\"At\"")}, 0, sum(e."Amount")::bigint FROM "LedgerEntries" e JOIN "LedgerTransactions" t ON t."Id" = e."TransactionId"
              WHERE e."OwnerId" IS NOT NULL GROUP BY 1, 2, 3, 4;
            """);
        migration.Sql(FillEarningsBy(State));
        migration.Sql($"""
            CREATE FUNCTION portal_tally_wallet() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              INSERT INTO "WalletTallies" AS w ("OwnerId", "Currency", "Account", "Month", "Slot", "Amount")
                SELECT NEW."OwnerId", NEW."Currency", NEW."Account", {PostgresMonth("t.\"At\"")}, pg_backend_pid() % 1024, NEW."Amount" FROM "LedgerTransactions" t WHERE t."Id" = NEW."TransactionId"
                ON CONFLICT ("OwnerId", "Currency", "Account", "Month", "Slot") DO UPDATE SET "Amount" = w."Amount" + NEW."Amount";
              RETURN NULL; END $$;
            CREATE TRIGGER "TR_LedgerEntries_Tally" AFTER INSERT ON "LedgerEntries" FOR EACH ROW WHEN (NEW."OwnerId" IS NOT NULL) EXECUTE FUNCTION portal_tally_wallet();
            """);
        migration.Sql("""
            CREATE FUNCTION portal_tally_earnings() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF TG_OP <> 'INSERT' THEN PERFORM portal_tally_earning(OLD, -1); END IF;
              IF TG_OP <> 'DELETE' THEN PERFORM portal_tally_earning(NEW, 1); END IF;
              RETURN NULL; END $$;
            """);
        EarningsOnPostgres(migration, State, "\"Granted\", \"Reversed\", \"ReleasedAt\"");
    }

    /// <inheritdoc cref="EarningsOnSqlite"/>
    internal static void EarningsOnPostgres(MigrationBuilder migration, Func<string, string> state, string columns) => migration.Sql($"""
        {EarningOnPostgres(state, "sql", "", "")}
        CREATE TRIGGER "TR_CommissionLines_Tally" AFTER INSERT OR DELETE OR UPDATE OF {columns} ON "CommissionLines" FOR EACH ROW EXECUTE FUNCTION portal_tally_earnings();
        """);

    /// <summary>The function that counts one line in or out.</summary>
    /// <param name="state">Says the state of a row of lines.</param>
    /// <param name="language">Of the function.</param>
    /// <param name="begin">What that language needs before the statement.</param>
    /// <param name="end">And after it.</param>
    internal static string EarningOnPostgres(Func<string, string> state, string language, string begin, string end) => $"""
        CREATE OR REPLACE FUNCTION portal_tally_earning(r "CommissionLines", sign integer) RETURNS void LANGUAGE {language} AS $$ {begin}
          INSERT INTO "EarningTallies" AS e ("PartnerId", "Currency", "Month", "State", "Slot", "Count", "Net")
            VALUES (r."PartnerId", r."Currency", r."Month", {state("r")}, pg_backend_pid() % 1024, sign, sign * (r."Granted" - r."Reversed"))
            ON CONFLICT ("PartnerId", "Currency", "Month", "State", "Slot") DO UPDATE SET "Count" = e."Count" + sign, "Net" = e."Net" + sign * (r."Granted" - r."Reversed"){end} $$;
        """;

    /// <summary>The tallies of all lines there are.</summary>
    internal static string FillEarningsBy(Func<string, string> state) => $"""
        INSERT INTO "EarningTallies" ("PartnerId", "Currency", "Month", "State", "Slot", "Count", "Net")
          SELECT l."PartnerId", l."Currency", l."Month", {state("l")}, 0, count(*), sum(l."Granted" - l."Reversed") FROM "CommissionLines" l GROUP BY 1, 2, 3, 4;
        """;

    /// <summary>The names of <see cref="Features.Purchases.WalletLineState"/> as they were before one was "paid"; see <see cref="PaidLineTriggers"/>.</summary>
    internal static string State(string row) => $"""
        CASE WHEN {row}."Granted" = 0 THEN 'Nothing' WHEN {row}."Granted" = {row}."Reversed" THEN 'TakenBack' WHEN {row}."ReleasedAt" IS NULL THEN 'Held' ELSE 'Available' END
        """;

    private static string SqliteMonth(string time) => $"CAST(substr({time}, 1, 4) || substr({time}, 6, 2) AS INTEGER)";

    internal static string PostgresMonth(string time) => $"CAST(to_char({time} AT TIME ZONE 'UTC', 'YYYYMM') AS integer)";
}
