using System.Globalization;
using Microsoft.Data.Sqlite;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Bench.Data;

/// <summary>
/// A SQLite file in which a partner's clients bought a great many times and those of another a thousand times; both have a sponsor, and all that was earned is held. Books, wallets and
/// purchases agree. Made anew for each run, or kept in the folder that PORTAL_BENCH_DATA names.
/// </summary>
internal sealed class ManyPurchases
{
    public const int Few = 1_000;
    public const string BigEmail = "big@partner.test";
    public const string SmallEmail = "small@partner.test";

    /// <summary>Purchases of a client, unless said otherwise.</summary>
    private const int UsualEach = 50;
    private const int LevelOne = 1000;
    private const int LevelTwo = 500;

    private static readonly string[] Tables = ["Accounts", "Attributions", "Purchases", "CommissionLines", "LedgerTransactions", "LedgerEntries"];

    private ManyPurchases(string file, int count) => (File, Count) = (file, count);

    public string File { get; }

    /// <summary>Of both partners' clients.</summary>
    public int Count { get; }

    /// <param name="run">Its folder takes the file unless another is named.</param>
    /// <param name="count">Purchases of all clients together.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="each">How often each client bought.</param>
    public static async Task<ManyPurchases> MakeAsync(BenchRun run, int count, CancellationToken ct, int each = UsualEach)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"purchases-{count}-{each}.db");
        var file = Path.Combine(Environment.GetEnvironmentVariable("PORTAL_BENCH_DATA") ?? run.Folder, name);
        if (!System.IO.File.Exists(file))
        {
            var unfinished = Path.Combine(run.Folder, "making-" + name);
            await MakeFileAsync(unfinished, count, each, ct);
            System.IO.File.Move(unfinished, file);
        }

        return new ManyPurchases(file, count);
    }

    private static async Task MakeFileAsync(string file, int count, int each, CancellationToken ct)
    {
        long big, small, upper;
        await using (var portal = await TestPortal.StartAsync())
        {
            portal.Clock.Advance(new DateTime(2024, 6, 1, 0, 0, 0, DateTimeKind.Utc) - portal.Clock.GetUtcNow().UtcDateTime);
            var (people, world) = (new World(portal), new MoneyWorld(portal));
            await people.OwnerAsync();
            upper = (await people.IntegratorAsync("Upper Partner")).AccountId!.Value;
            big = (await people.IntegratorAsync("Big Partner", BigEmail)).AccountId!.Value;
            small = (await people.IntegratorAsync("Small Partner", SmallEmail)).AccountId!.Value;
            await world.AttributeAsync(big, upper);
            await world.AttributeAsync(small, upper);
            // So long that no worker releases anything while something is measured.
            await world.AssignAsync(PlanScope.Program, 0, await world.PlanAsync(new PlanRules { Levels = [LevelRate.Share(LevelOne), LevelRate.Share(LevelTwo)], HoldDays = 36_500 }));
            await using var from = new SqliteConnection(portal.ConnectionString);
            await from.OpenAsync(ct);
            await using var copy = new SqliteCommand("VACUUM INTO $file", from);
            copy.Parameters.AddWithValue("$file", file);
            await copy.ExecuteNonQueryAsync(ct);
        }

        await FastFile.FillAsync(file, Tables, db => Insert(db, count, each, big, small, upper), """
            INSERT INTO "WalletTallies" ("OwnerId", "Currency", "Account", "Month", "Slot", "Amount")
              SELECT e."OwnerId", e."Currency", e."Account", CAST(strftime('%Y%m', t."At") AS INTEGER), 0, sum(e."Amount") FROM "LedgerEntries" e JOIN "LedgerTransactions" t ON t."Id" = e."TransactionId"
              WHERE e."OwnerId" IS NOT NULL GROUP BY 1, 2, 3, 4;
            INSERT INTO "EarningTallies" ("PartnerId", "Currency", "Month", "State", "Slot", "Count", "Net")
              SELECT "PartnerId", "Currency", "Month", 'Held', 0, count(*), sum("Granted") FROM "CommissionLines" GROUP BY 1, 2, 3;
            INSERT INTO "ClientMoneyTallies" ("PartnerId", "ClientId", "Currency", "Purchases", "Earned")
              SELECT p."PartnerId", p."ClientId", p."Currency", count(*), sum(l."Granted") FROM "Purchases" p JOIN "CommissionLines" l ON l."PurchaseId" = p."Id" AND l."PartnerId" = p."PartnerId" GROUP BY 1, 2, 3;
            """, ct);
    }

    private static void Insert(SqliteConnection db, int count, int each, long big, long small, long upper)
    {
        // Amounts are whole hundreds, so that every share is exact.
        using var command = new SqliteCommand(
            $"""
            BEGIN;
            CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < $count - 1) SELECT i FROM n;
            CREATE TEMP TABLE b AS SELECT max("Id") + 1 AS base FROM "Accounts";
            INSERT INTO "Accounts" ("Id", "Kind", "State", "Name", "Code", "Language", "SponsorId", "CreatedAt", "SearchText")
              SELECT base + i, 'Person', 'Active', 'Client ' || i, printf('B%07d', i), 'en', iif(i < $few / $each, $small, $big), '2024-06-01 00:00:00', 'client ' || i FROM n, b WHERE i < $count / $each;
            INSERT INTO "Attributions" ("ClientId", "PartnerId", "CameBy", "StartedAt") SELECT base + i, iif(i < $few / $each, $small, $big), 'Link', '2024-06-01 00:00:00' FROM n, b WHERE i < $count / $each;
            INSERT INTO "Purchases" ("Id", "Source", "ExternalId", "ClientId", "Amount", "Discount", "Tax", "Currency", "Product", "OccurredAt", "ReceivedAt", "BodyHash", "PartnerId", "PlanVersionId", "Outcome", "Refunded", "SettledAt")
              SELECT i + 1, 'api', 'order-' || i, base + i % ($count / $each), 10000 + i % 1000 * 100, 0, 0, 'EUR', 'team', at, at, '{new string('a', 64)}', iif(i % ($count / $each) < $few / $each, $small, $big),
              (SELECT "Id" FROM "PlanVersions"), 'Earns', 0, at FROM (SELECT i, datetime('2025-01-01', (i * 30000000 / $count) || ' seconds') AS at FROM n), b;
            INSERT INTO "CommissionLines" ("PurchaseId", "PartnerId", "ClientId", "Month", "Level", "Reason", "BasisPoints", "Currency", "Base", "BeforeCaps", "Granted", "Reversed", "HeldUntil", "PlanVersionId")
              SELECT p."Id", iif(level = 1, p."PartnerId", $upper), p."ClientId", CAST(strftime('%Y%m', p."OccurredAt") AS INTEGER), level, 'Earned', rate, 'EUR', p."Amount", p."Amount" * rate / 10000,
              p."Amount" * rate / 10000, 0, datetime(p."OccurredAt", '+36500 days'), p."PlanVersionId"
              FROM "Purchases" p, (SELECT 1 AS level, {LevelOne} AS rate UNION ALL SELECT 2, {LevelTwo}) ORDER BY p."Id", level;
            INSERT INTO "LedgerTransactions" ("Id", "At", "Kind", "PurchaseId") SELECT "Id", "ReceivedAt", 'Commission', "Id" FROM "Purchases";
            INSERT INTO "LedgerEntries" ("TransactionId", "Account", "OwnerId", "Currency", "Amount")
              SELECT p."Id", iif(side = 0, 'ProgramCost', 'Pending'), CASE side WHEN 0 THEN NULL WHEN 1 THEN p."PartnerId" ELSE $upper END, 'EUR', p."Amount" * rate / 10000
              FROM "Purchases" p, (SELECT 0 AS side, -{LevelOne + LevelTwo} AS rate UNION ALL SELECT 1, {LevelOne} UNION ALL SELECT 2, {LevelTwo}) ORDER BY p."Id", side;
            COMMIT;
            """,
            db)
        { CommandTimeout = 0 };
        foreach (var (name, value) in new[] { ("$count", count), ("$few", Few), ("$each", each), ("$big", big), ("$small", small), ("$upper", upper) })
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }
}
