using Microsoft.EntityFrameworkCore.Migrations;

namespace PartnerPortal.Data;

/// <summary>
/// What partners' lists say of each client's money: until when it paid, in the line itself, by which the list is sorted; how often it bought and what that earned, beside it. Of purchases of which
/// the list's partner is the first level alone. The portal settles a client's purchases one after the other, so that no two transactions write the same row here.
/// Called from a migration of each provider.
/// </summary>
internal static class ClientMoneyTriggers
{
    private static readonly string FillTallies = """
        INSERT INTO "ClientMoneyTallies" ("PartnerId", "ClientId", "Currency", "Purchases", "Earned")
          SELECT p."PartnerId", p."ClientId", p."Currency", count(*), coalesce(sum(l."Granted" - l."Reversed"), 0) FROM "Purchases" p
          LEFT JOIN "CommissionLines" l ON l."PurchaseId" = p."Id" AND l."PartnerId" = p."PartnerId" WHERE p."PartnerId" IS NOT NULL GROUP BY p."PartnerId", p."ClientId", p."Currency";
        """;

    private static readonly string FillRecords = $"""
        UPDATE "ClientRecords" SET "PaidUntil" = {Latest("\"ClientRecords\".\"PartnerId\"", "\"ClientRecords\".\"ClientId\"")} WHERE "ClientId" IS NOT NULL;
        """;

    public static void OnSqlite(MigrationBuilder migration)
    {
        // The day of the next month or year, or its last one, with the time of day as it is written.
        migration.Sql(FillPurchases(months => $"min(date(substr(p.\"OccurredAt\", 1, 10), '+{months} months'), date(substr(p.\"OccurredAt\", 1, 10), 'start of month', '+{months + 1} months', '-1 day')) || substr(p.\"OccurredAt\", 11)"));
        migration.Sql(FillRecords);
        migration.Sql(FillTallies);
        migration.Sql($"CREATE TRIGGER \"TR_Purchases_PaidInsert\" AFTER INSERT ON \"Purchases\" WHEN NEW.\"PartnerId\" IS NOT NULL BEGIN {Paid("NEW")} {Count("NEW", 1)} END;");
        migration.Sql($"CREATE TRIGGER \"TR_Purchases_PaidUpdate\" AFTER UPDATE OF \"PartnerId\", \"Refunded\" ON \"Purchases\" WHEN NEW.\"PaidUntil\" IS NOT NULL BEGIN {Paid("OLD")} {Paid("NEW")} END;");
        migration.Sql($"CREATE TRIGGER \"TR_Purchases_MoneyUpdate\" AFTER UPDATE OF \"PartnerId\" ON \"Purchases\" WHEN OLD.\"PartnerId\" IS NOT NEW.\"PartnerId\" BEGIN {Count("OLD", -1)} {Count("NEW", 1)} END;");
        migration.Sql($"CREATE TRIGGER \"TR_CommissionLines_MoneyInsert\" AFTER INSERT ON \"CommissionLines\" WHEN NEW.\"Granted\" <> NEW.\"Reversed\" BEGIN {Earn("NEW", "NEW.\"Granted\" - NEW.\"Reversed\"")} END;");
        migration.Sql($"""
            CREATE TRIGGER "TR_CommissionLines_MoneyUpdate" AFTER UPDATE OF "Granted", "Reversed" ON "CommissionLines" WHEN OLD."Granted" - OLD."Reversed" <> NEW."Granted" - NEW."Reversed" BEGIN
              {Earn("NEW", "NEW.\"Granted\" - NEW.\"Reversed\" - OLD.\"Granted\" + OLD.\"Reversed\"")} END;
            """);
        migration.Sql($"CREATE TRIGGER \"TR_ClientRecords_PaidInsert\" AFTER INSERT ON \"ClientRecords\" WHEN NEW.\"ClientId\" IS NOT NULL BEGIN {Paid("NEW")} END;");
        migration.Sql($"CREATE TRIGGER \"TR_ClientRecords_PaidUpdate\" AFTER UPDATE OF \"ClientId\" ON \"ClientRecords\" WHEN OLD.\"ClientId\" IS NOT NEW.\"ClientId\" BEGIN {Paid("NEW")} END;");
    }

    public static void OnPostgres(MigrationBuilder migration)
    {
        migration.Sql(FillPurchases(months => $"(p.\"OccurredAt\" AT TIME ZONE 'UTC' + interval '{months} months') AT TIME ZONE 'UTC'"));
        migration.Sql(FillRecords);
        migration.Sql(FillTallies);
        migration.Sql($"""
            CREATE FUNCTION portal_client_paid() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF TG_OP = 'UPDATE' AND OLD."PartnerId" IS DISTINCT FROM NEW."PartnerId" THEN {Paid("OLD")} END IF;
              {Paid("NEW")}
              RETURN NULL; END $$;
            CREATE TRIGGER "TR_Purchases_Paid" AFTER INSERT OR UPDATE OF "PartnerId", "Refunded" ON "Purchases" FOR EACH ROW WHEN (NEW."PaidUntil" IS NOT NULL) EXECUTE FUNCTION portal_client_paid();
            CREATE FUNCTION portal_client_line() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {Paid("NEW")} RETURN NULL; END $$;
            CREATE TRIGGER "TR_ClientRecords_Paid" AFTER INSERT OR UPDATE OF "ClientId" ON "ClientRecords" FOR EACH ROW WHEN (NEW."ClientId" IS NOT NULL) EXECUTE FUNCTION portal_client_line();
            """);
        migration.Sql($"""
            CREATE FUNCTION portal_client_purchases() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF TG_OP = 'UPDATE' AND OLD."PartnerId" IS NOT DISTINCT FROM NEW."PartnerId" THEN RETURN NULL; END IF;
              IF TG_OP = 'UPDATE' THEN {Count("OLD", -1)} END IF;
              {Count("NEW", 1)}
              RETURN NULL; END $$;
            CREATE TRIGGER "TR_Purchases_Money" AFTER INSERT OR UPDATE OF "PartnerId" ON "Purchases" FOR EACH ROW EXECUTE FUNCTION portal_client_purchases();
            CREATE FUNCTION portal_client_earned() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF TG_OP = 'INSERT' THEN {Earn("NEW", "NEW.\"Granted\" - NEW.\"Reversed\"")} ELSE {Earn("NEW", "NEW.\"Granted\" - NEW.\"Reversed\" - OLD.\"Granted\" + OLD.\"Reversed\"")} END IF;
              RETURN NULL; END $$;
            CREATE TRIGGER "TR_CommissionLines_Money" AFTER INSERT OR UPDATE OF "Granted", "Reversed" ON "CommissionLines" FOR EACH ROW EXECUTE FUNCTION portal_client_earned();
            """);
    }

    public static void Drop(MigrationBuilder migration, bool isSqlite)
    {
        foreach (var (trigger, table) in isSqlite
            ? new[]
            {
                ("PaidInsert", "Purchases"), ("PaidUpdate", "Purchases"), ("MoneyUpdate", "Purchases"), ("MoneyInsert", "CommissionLines"), ("MoneyUpdate", "CommissionLines"), ("PaidInsert", "ClientRecords"),
                ("PaidUpdate", "ClientRecords"),
            }
            : [("Paid", "Purchases"), ("Money", "Purchases"), ("Money", "CommissionLines"), ("Paid", "ClientRecords")])
        {
            migration.Sql($"DROP TRIGGER \"TR_{table}_{trigger}\"{(isSqlite ? "" : $" ON \"{table}\"")};");
        }

        if (!isSqlite)
        {
            migration.Sql("DROP FUNCTION portal_client_paid; DROP FUNCTION portal_client_line; DROP FUNCTION portal_client_purchases; DROP FUNCTION portal_client_earned;");
        }
    }

    /// <summary>Until when the purchases that a partner brought of a client are paid, without those that were wholly refunded.</summary>
    internal static string Latest(string partner, string client) => $"""
        (SELECT p."PaidUntil" FROM "Purchases" p WHERE p."PartnerId" = {partner} AND p."ClientId" = {client} AND p."PaidUntil" IS NOT NULL
          AND (p."Refunded" = 0 OR p."Refunded" < p."Amount" - p."Discount") ORDER BY p."PaidUntil" DESC LIMIT 1)
        """;

    /// <param name="later">The time of purchase p so many months later.</param>
    private static string FillPurchases(Func<int, string> later) => $"""
        UPDATE "Purchases" SET "PaidUntil" = x."Until" FROM (
          SELECT p."Id", CASE coalesce(o."Period", n."Period") WHEN 'Month' THEN {later(1)} WHEN 'Year' THEN {later(12)} END AS "Until" FROM "Purchases" p
          LEFT JOIN "Orders" o ON o."PurchaseId" = p."Id" LEFT JOIN "Plans" n ON n."Code" = p."Product") x WHERE x."Id" = "Purchases"."Id" AND x."Until" IS NOT NULL;
        """;

    private static string Paid(string row) => $"""
        UPDATE "ClientRecords" SET "PaidUntil" = {Latest($"{row}.\"PartnerId\"", $"{row}.\"ClientId\"")}
          WHERE "PartnerId" = {row}."PartnerId" AND "ClientId" = {row}."ClientId" AND "PaidUntil" IS DISTINCT FROM {Latest($"{row}.\"PartnerId\"", $"{row}.\"ClientId\"")};
        """;

    /// <summary>Counts a purchase in or out, with what its line gives that partner as it stands; what the line gives more later is added by <see cref="Earn"/>.</summary>
    private static string Count(string row, int by) => $"""
        INSERT INTO "ClientMoneyTallies" ("PartnerId", "ClientId", "Currency", "Purchases", "Earned")
          SELECT {row}."PartnerId", {row}."ClientId", {row}."Currency", {by},
            {by} * coalesce((SELECT l."Granted" - l."Reversed" FROM "CommissionLines" l WHERE l."PurchaseId" = {row}."Id" AND l."PartnerId" = {row}."PartnerId"), 0) WHERE {row}."PartnerId" IS NOT NULL
          ON CONFLICT ("PartnerId", "ClientId", "Currency") DO UPDATE SET "Purchases" = "ClientMoneyTallies"."Purchases" + excluded."Purchases", "Earned" = "ClientMoneyTallies"."Earned" + excluded."Earned";
        """;

    private static string Earn(string row, string change) => $"""
        INSERT INTO "ClientMoneyTallies" ("PartnerId", "ClientId", "Currency", "Purchases", "Earned")
          SELECT p."PartnerId", p."ClientId", p."Currency", 0, {change} FROM "Purchases" p WHERE p."Id" = {row}."PurchaseId" AND p."PartnerId" = {row}."PartnerId"
          ON CONFLICT ("PartnerId", "ClientId", "Currency") DO UPDATE SET "Earned" = "ClientMoneyTallies"."Earned" + excluded."Earned";
        """;
}
