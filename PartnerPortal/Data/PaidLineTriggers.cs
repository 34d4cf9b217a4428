using Microsoft.EntityFrameworkCore.Migrations;

namespace PartnerPortal.Data;

/// <summary>What a wallet's lines come to by state, since "paid" is one of the states. In place of those of <see cref="WalletTriggers"/>; called from a migration of each provider.</summary>
internal static class PaidLineTriggers
{
    /// <summary>See <see cref="Features.Payouts.PaidLines"/>, of all payouts so far.</summary>
    private const string FillLines = """
        UPDATE "CommissionLines" SET "Paid" = x."Sum", "PaidAt" =
          (SELECT min(q."ClosedAt") FROM "Payouts" q WHERE q."AccountId" = x."OwnerId" AND q."Currency" = "CommissionLines"."Currency" AND q."State" = 'Paid' AND q."Id" >= x."PayoutId") FROM (
          SELECT t."PurchaseId", e."OwnerId", CAST(sum(e."Amount") AS bigint) AS "Sum", max(c."PayoutId") AS "PayoutId" FROM "LedgerClaims" c
          JOIN "LedgerEntries" e ON e."Id" = c."Id" JOIN "LedgerTransactions" t ON t."Id" = e."TransactionId"
          JOIN (SELECT "AccountId", "Currency", max("Id") AS "Last" FROM "Payouts" WHERE "State" = 'Paid' GROUP BY "AccountId", "Currency") p ON p."AccountId" = e."OwnerId" AND p."Currency" = e."Currency"
          WHERE c."PayoutId" <= p."Last" AND t."PurchaseId" IS NOT NULL GROUP BY t."PurchaseId", e."OwnerId") x
        WHERE "CommissionLines"."PurchaseId" = x."PurchaseId" AND "CommissionLines"."PartnerId" = x."OwnerId";
        """;

    private const string ColumnsBefore = "\"Granted\", \"Reversed\", \"ReleasedAt\"";

    /// <summary>By which the state of a line changes.</summary>
    internal const string Columns = ColumnsBefore + ", \"Paid\"";

    private const string DropOnSqlite = "DROP TRIGGER \"TR_CommissionLines_TallyInsert\"; DROP TRIGGER \"TR_CommissionLines_TallyUpdate\"; DROP TRIGGER \"TR_CommissionLines_TallyDelete\";";
    private const string DropOnPostgres = "DROP TRIGGER \"TR_CommissionLines_Tally\" ON \"CommissionLines\";";
    private const string Empty = "DELETE FROM \"EarningTallies\";";

    public static void OnSqlite(MigrationBuilder migration)
    {
        migration.Sql(DropOnSqlite + FillLines + Empty + WalletTriggers.FillEarningsBy(State));
        WalletTriggers.EarningsOnSqlite(migration, State, Columns);
    }

    public static void OnPostgres(MigrationBuilder migration)
    {
        migration.Sql(DropOnPostgres + FillLines + Empty + WalletTriggers.FillEarningsBy(State));
        WalletTriggers.EarningsOnPostgres(migration, State, Columns);
    }

    /// <summary>As it was before.</summary>
    public static void BackOnSqlite(MigrationBuilder migration)
    {
        migration.Sql(DropOnSqlite + Empty + WalletTriggers.FillEarningsBy(WalletTriggers.State));
        WalletTriggers.EarningsOnSqlite(migration, WalletTriggers.State, ColumnsBefore);
    }

    /// <inheritdoc cref="BackOnSqlite"/>
    public static void BackOnPostgres(MigrationBuilder migration)
    {
        migration.Sql(DropOnPostgres + Empty + WalletTriggers.FillEarningsBy(WalletTriggers.State));
        WalletTriggers.EarningsOnPostgres(migration, WalletTriggers.State, ColumnsBefore);
    }

    /// <summary>The names of <see cref="Features.Purchases.WalletLineState"/>.</summary>
    internal static string State(string row) => $"""
        CASE WHEN {row}."Granted" = 0 THEN 'Nothing' WHEN {row}."Granted" = {row}."Reversed" THEN 'TakenBack' WHEN {row}."ReleasedAt" IS NULL THEN 'Held'
          WHEN {row}."Paid" < {row}."Granted" - {row}."Reversed" THEN 'Available' ELSE 'Paid' END
        """;
}
