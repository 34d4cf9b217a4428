using Microsoft.EntityFrameworkCore.Migrations;

namespace PartnerPortal.Data;

/// <summary>What the database itself keeps beside the lines of partners' lists: the tallies, and on SQLite the search index. Called from a migration of each provider.</summary>
internal static class ClientListTriggers
{
    private const string FillTallies = """
        INSERT INTO "ClientTallies" ("PartnerId", "Status", "Slot", "Count") SELECT "PartnerId", "Status", 0, count(*) FROM "ClientRecords" GROUP BY "PartnerId", "Status";
        INSERT INTO "ClientTagTallies" ("PartnerId", "Name", "Slot", "Count")
          SELECT r."PartnerId", t."Name", 0, count(*) FROM "ClientTags" t JOIN "ClientRecords" r ON r."Id" = t."RecordId" GROUP BY r."PartnerId", t."Name";
        """;

    /// <summary>The index of all groups of three letters holds no copy of the text (an external content table); its triggers are those of SQLite's own description of FTS5.</summary>
    public static void OnSqlite(MigrationBuilder migration)
    {
        migration.Sql("""CREATE VIRTUAL TABLE "ClientSearch" USING fts5("SearchText", content='ClientRecords', content_rowid='Id', tokenize='trigram');""");
        migration.Sql("""INSERT INTO "ClientSearch" ("ClientSearch") VALUES ('rebuild');""");
        migration.Sql("""
            CREATE TRIGGER "TR_ClientRecords_SearchInsert" AFTER INSERT ON "ClientRecords" BEGIN
              INSERT INTO "ClientSearch" (rowid, "SearchText") VALUES (NEW."Id", NEW."SearchText"); END;
            """);
        migration.Sql("""
            CREATE TRIGGER "TR_ClientRecords_SearchDelete" AFTER DELETE ON "ClientRecords" BEGIN
              INSERT INTO "ClientSearch" ("ClientSearch", rowid, "SearchText") VALUES ('delete', OLD."Id", OLD."SearchText"); END;
            """);
        migration.Sql("""
            CREATE TRIGGER "TR_ClientRecords_SearchUpdate" AFTER UPDATE OF "SearchText" ON "ClientRecords" WHEN OLD."SearchText" IS NOT NEW."SearchText" BEGIN
              INSERT INTO "ClientSearch" ("ClientSearch", rowid, "SearchText") VALUES ('delete', OLD."Id", OLD."SearchText");
              INSERT INTO "ClientSearch" (rowid, "SearchText") VALUES (NEW."Id", NEW."SearchText"); END;
            """);

        migration.Sql(FillTallies);
        migration.Sql($"CREATE TRIGGER \"TR_ClientRecords_TallyInsert\" AFTER INSERT ON \"ClientRecords\" BEGIN {Count("NEW", 1)} END;");
        migration.Sql($"CREATE TRIGGER \"TR_ClientRecords_TallyUpdate\" AFTER UPDATE OF \"Status\" ON \"ClientRecords\" BEGIN {Count("OLD", -1)} {Count("NEW", 1)} END;");
        // The tags go first, while the line still says whose it is.
        migration.Sql("CREATE TRIGGER \"TR_ClientRecords_TagsFirst\" BEFORE DELETE ON \"ClientRecords\" BEGIN DELETE FROM \"ClientTags\" WHERE \"RecordId\" = OLD.\"Id\"; END;");
        migration.Sql($"CREATE TRIGGER \"TR_ClientRecords_TallyDelete\" AFTER DELETE ON \"ClientRecords\" BEGIN {Count("OLD", -1)} END;");
        migration.Sql($"CREATE TRIGGER \"TR_ClientTags_TallyInsert\" AFTER INSERT ON \"ClientTags\" BEGIN {CountTag("NEW", 1)} END;");
        migration.Sql($"CREATE TRIGGER \"TR_ClientTags_TallyDelete\" AFTER DELETE ON \"ClientTags\" BEGIN {CountTag("OLD", -1)} END;");

        static string Count(string row, int by) => $"""
            INSERT INTO "ClientTallies" ("PartnerId", "Status", "Slot", "Count") VALUES ({row}."PartnerId", {row}."Status", 0, {by})
              ON CONFLICT ("PartnerId", "Status", "Slot") DO UPDATE SET "Count" = "Count" + {by};
            """;

        static string CountTag(string row, int by) => $"""
            INSERT INTO "ClientTagTallies" ("PartnerId", "Name", "Slot", "Count") SELECT r."PartnerId", {row}."Name", 0, {by} FROM "ClientRecords" r WHERE r."Id" = {row}."RecordId"
              ON CONFLICT ("PartnerId", "Name", "Slot") DO UPDATE SET "Count" = "Count" + {by};
            """;
    }

    /// <summary>Each connection counts in a slot of its own, so that transactions that move lines between the same partners cannot wait for each other in a ring.</summary>
    public static void OnPostgres(MigrationBuilder migration)
    {
        migration.Sql(FillTallies);
        migration.Sql("""
            CREATE FUNCTION portal_tally_client(partner bigint, status text, change integer) RETURNS void LANGUAGE sql AS $$
              INSERT INTO "ClientTallies" AS t ("PartnerId", "Status", "Slot", "Count") VALUES (partner, status, pg_backend_pid() % 1024, change)
                ON CONFLICT ("PartnerId", "Status", "Slot") DO UPDATE SET "Count" = t."Count" + change $$;
            CREATE FUNCTION portal_tally_clients() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF TG_OP <> 'INSERT' THEN PERFORM portal_tally_client(OLD."PartnerId", OLD."Status", -1); END IF;
              IF TG_OP <> 'DELETE' THEN PERFORM portal_tally_client(NEW."PartnerId", NEW."Status", 1); END IF;
              RETURN NULL; END $$;
            CREATE TRIGGER "TR_ClientRecords_Tally" AFTER INSERT OR DELETE OR UPDATE OF "Status" ON "ClientRecords" FOR EACH ROW EXECUTE FUNCTION portal_tally_clients();
            """);
        migration.Sql("""
            CREATE FUNCTION portal_tally_tag(record bigint, name text, change integer) RETURNS void LANGUAGE sql AS $$
              INSERT INTO "ClientTagTallies" AS t ("PartnerId", "Name", "Slot", "Count") SELECT r."PartnerId", name, pg_backend_pid() % 1024, change FROM "ClientRecords" r WHERE r."Id" = record
                ON CONFLICT ("PartnerId", "Name", "Slot") DO UPDATE SET "Count" = t."Count" + change $$;
            CREATE FUNCTION portal_tally_tags() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF TG_OP = 'DELETE' THEN PERFORM portal_tally_tag(OLD."RecordId", OLD."Name", -1); ELSE PERFORM portal_tally_tag(NEW."RecordId", NEW."Name", 1); END IF;
              RETURN NULL; END $$;
            CREATE FUNCTION portal_tags_first() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              DELETE FROM "ClientTags" WHERE "RecordId" = OLD."Id"; RETURN OLD; END $$;
            CREATE TRIGGER "TR_ClientTags_Tally" AFTER INSERT OR DELETE ON "ClientTags" FOR EACH ROW EXECUTE FUNCTION portal_tally_tags();
            CREATE TRIGGER "TR_ClientRecords_TagsFirst" BEFORE DELETE ON "ClientRecords" FOR EACH ROW EXECUTE FUNCTION portal_tags_first();
            """);
    }
}
