using Microsoft.EntityFrameworkCore.Migrations;

namespace PartnerPortal.Data;

/// <summary>On PostgreSQL, as <see cref="TallyTriggers"/>, for purchases: those that one statement inserts are counted together. What they earn is counted with their lines, which come after them.</summary>
internal static class PurchaseTallyTriggers
{
    public static void OnPostgres(MigrationBuilder migration)
    {
        migration.Sql("""
            DROP TRIGGER "TR_Purchases_Money" ON "Purchases";
            CREATE FUNCTION portal_client_new_purchases() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              INSERT INTO "ClientMoneyTallies" AS c ("PartnerId", "ClientId", "Currency", "Purchases", "Earned")
                SELECT p."PartnerId", p."ClientId", p."Currency", count(*), 0 FROM fresh p WHERE p."PartnerId" IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
                ON CONFLICT ("PartnerId", "ClientId", "Currency") DO UPDATE SET "Purchases" = c."Purchases" + excluded."Purchases";
              RETURN NULL; END $$;
            CREATE TRIGGER "TR_Purchases_New" AFTER INSERT ON "Purchases" REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION portal_client_new_purchases();
            CREATE TRIGGER "TR_Purchases_Money" AFTER UPDATE OF "PartnerId" ON "Purchases" FOR EACH ROW EXECUTE FUNCTION portal_client_purchases();
            """);
    }

    /// <summary>As it was before.</summary>
    public static void BackOnPostgres(MigrationBuilder migration)
    {
        migration.Sql("""
            DROP TRIGGER "TR_Purchases_New" ON "Purchases";
            DROP TRIGGER "TR_Purchases_Money" ON "Purchases";
            DROP FUNCTION portal_client_new_purchases;
            CREATE TRIGGER "TR_Purchases_Money" AFTER INSERT OR UPDATE OF "PartnerId" ON "Purchases" FOR EACH ROW EXECUTE FUNCTION portal_client_purchases();
            """);
    }
}
