using Microsoft.EntityFrameworkCore.Migrations;

namespace PartnerPortal.Data;

/// <summary>
/// On PostgreSQL, in place of triggers of <see cref="WalletTriggers"/> and <see cref="ClientMoneyTriggers"/> that ran for each row: rows that one statement inserts are added up and counted once. Changes of
/// lines stay row by row, by a function in PL/pgSQL, which is planned once for each connection and not at each call.
/// </summary>
internal static class TallyTriggers
{
    public static void OnPostgres(MigrationBuilder migration)
    {
        migration.Sql($"""
            DROP TRIGGER "TR_CommissionLines_Tally" ON "CommissionLines";
            DROP TRIGGER "TR_CommissionLines_Money" ON "CommissionLines";
            DROP TRIGGER "TR_LedgerEntries_Tally" ON "LedgerEntries";
            {WalletTriggers.EarningOnPostgres(PaidLineTriggers.State, "plpgsql", "BEGIN", "; END")}
            CREATE FUNCTION portal_tally_new_lines() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              INSERT INTO "EarningTallies" AS e ("PartnerId", "Currency", "Month", "State", "Slot", "Count", "Net")
                SELECT l."PartnerId", l."Currency", l."Month", {PaidLineTriggers.State("l")}, pg_backend_pid() % 1024, count(*), sum(l."Granted" - l."Reversed") FROM fresh l GROUP BY 1, 2, 3, 4
                ON CONFLICT ("PartnerId", "Currency", "Month", "State", "Slot") DO UPDATE SET "Count" = e."Count" + excluded."Count", "Net" = e."Net" + excluded."Net";
              INSERT INTO "ClientMoneyTallies" AS c ("PartnerId", "ClientId", "Currency", "Purchases", "Earned")
                SELECT p."PartnerId", p."ClientId", p."Currency", 0, sum(l."Granted" - l."Reversed") FROM fresh l JOIN "Purchases" p ON p."Id" = l."PurchaseId" AND p."PartnerId" = l."PartnerId"
                  GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
                ON CONFLICT ("PartnerId", "ClientId", "Currency") DO UPDATE SET "Earned" = c."Earned" + excluded."Earned";
              RETURN NULL; END $$;
            CREATE TRIGGER "TR_CommissionLines_New" AFTER INSERT ON "CommissionLines" REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION portal_tally_new_lines();
            CREATE TRIGGER "TR_CommissionLines_Tally" AFTER DELETE OR UPDATE OF {PaidLineTriggers.Columns} ON "CommissionLines" FOR EACH ROW EXECUTE FUNCTION portal_tally_earnings();
            CREATE TRIGGER "TR_CommissionLines_Money" AFTER UPDATE OF "Granted", "Reversed" ON "CommissionLines" FOR EACH ROW EXECUTE FUNCTION portal_client_earned();
            CREATE FUNCTION portal_tally_new_entries() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              INSERT INTO "WalletTallies" AS w ("OwnerId", "Currency", "Account", "Month", "Slot", "Amount")
                SELECT e."OwnerId", e."Currency", e."Account", {WalletTriggers.PostgresMonth("t.\"At\"")}, pg_backend_pid() % 1024, sum(e."Amount") FROM fresh e JOIN "LedgerTransactions" t ON t."Id" = e."TransactionId"
                  WHERE e."OwnerId" IS NOT NULL GROUP BY 1, 2, 3, 4
                ON CONFLICT ("OwnerId", "Currency", "Account", "Month", "Slot") DO UPDATE SET "Amount" = w."Amount" + excluded."Amount";
              RETURN NULL; END $$;
            CREATE TRIGGER "TR_LedgerEntries_Tally" AFTER INSERT ON "LedgerEntries" REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION portal_tally_new_entries();
            """);
    }

    /// <summary>As it was before.</summary>
    public static void BackOnPostgres(MigrationBuilder migration)
    {
        migration.Sql("""
            DROP TRIGGER "TR_CommissionLines_New" ON "CommissionLines";
            DROP TRIGGER "TR_CommissionLines_Tally" ON "CommissionLines";
            DROP TRIGGER "TR_CommissionLines_Money" ON "CommissionLines";
            DROP TRIGGER "TR_LedgerEntries_Tally" ON "LedgerEntries";
            DROP FUNCTION portal_tally_new_lines; DROP FUNCTION portal_tally_new_entries;
            CREATE TRIGGER "TR_CommissionLines_Money" AFTER INSERT OR UPDATE OF "Granted", "Reversed" ON "CommissionLines" FOR EACH ROW EXECUTE FUNCTION portal_client_earned();
            CREATE TRIGGER "TR_LedgerEntries_Tally" AFTER INSERT ON "LedgerEntries" FOR EACH ROW WHEN (NEW."OwnerId" IS NOT NULL) EXECUTE FUNCTION portal_tally_wallet();
            """);
        WalletTriggers.EarningsOnPostgres(migration, PaidLineTriggers.State, PaidLineTriggers.Columns);
    }
}
