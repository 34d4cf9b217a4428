using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using PartnerPortal.Data;
using PartnerPortal.Data.Postgres;
using PartnerPortal.Data.Sqlite;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Tests.Features.Payouts;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Data;

public sealed class MigrationsTests
{
    private const string BeforeTallies = "20261126022000_Payouts";
    private const string AfterPayouts = "WalletTallies";

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public void Model_ComparedWithMigrations_HasNoChangesLeft(DatabaseKind kind)
    {
        using var db = Unconnected(kind);

        Assert.False(db.Database.HasPendingModelChanges(), "The model changed: make a migration for both databases.");
    }

    [Fact]
    public void Migrations_OfBothDatabases_AreTheSameOnes()
    {
        using var sqlite = Unconnected(DatabaseKind.Sqlite);
        using var postgres = Unconnected(DatabaseKind.Postgres);

        Assert.Equal(sqlite.Database.GetMigrations(), postgres.Database.GetMigrations());
    }

    [Fact]
    public void Snapshots_OfBothDatabases_HoldTheSameTablesAndColumns()
    {
        Assert.Equal(Columns(DatabaseKind.Sqlite), Columns(DatabaseKind.Postgres));

        static List<string> Columns(DatabaseKind kind)
        {
            using var db = Unconnected(kind);
            var snapshot = db.GetService<IMigrationsAssembly>().ModelSnapshot!.Model;
            return [.. snapshot.GetEntityTypes().SelectMany(e => e.GetProperties().Select(p => $"{e.GetTableName()}.{p.Name} {(p.IsNullable ? "null" : "")}")).Order(StringComparer.Ordinal)];
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task MigrateAsync_EmptyDatabase_MakesTheWholeSchema(DatabaseKind kind)
    {
        // The template of a test's database is an empty one that was migrated.
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var db = Connected(kind, database.ConnectionString);

        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        foreach (var table in db.Model.GetEntityTypes().Select(e => e.GetTableName()!).Distinct())
        {
            var count = "SELECT CAST(count(*) AS INTEGER) AS \"Value\" FROM \"" + table + "\"";
            Assert.True(await db.Database.SqlQueryRaw<int>(count).SingleAsync() >= 0);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task AppendOnlyTables_ChangedOrEmptied_Refuse(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        await new World(portal).PersonAsync("Ada");
        Assert.True(await portal.ReadAsync(d => d.AuditEntries.AnyAsync()));
        await using var db = Connected(kind, portal.ConnectionString);

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync("UPDATE \"AuditEntries\" SET \"Action\" = 'x'"));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync("DELETE FROM \"AuditEntries\""));
    }

    /// <summary>An upgrade finds purchases, lines and payouts that were there before the tallies of wallets.</summary>
    [Theory, OnSqlite, OnPostgres]
    public async Task MigrateAsync_DatabaseWithMoney_AgreesWithItsBooks(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new PayoutWorld(portal);
        var (partner, staff) = (await world.PartnerAsync(), await world.People.SupportAsync());
        var refunded = await world.EarnAsync(partner, 1000);
        await world.RefundAsync(refunded, 300);
        var payout = (await world.RequestAsync(partner)).Value;
        await world.ApproveAsync(payout, staff);
        await world.ExportAsync(staff);
        await world.PayAsync(payout, staff);
        await world.EarnAsync(partner, 500);
        await using (var db = Connected(kind, portal.ConnectionString))
        {
            await db.GetService<IMigrator>().MigrateAsync(BeforeTallies);
            Assert.Contains(AfterPayouts, (await db.Database.GetPendingMigrationsAsync()).First(), StringComparison.Ordinal);
            await db.Database.MigrateAsync();
        }

        await using var upgraded = portal.StartAgain();
        var later = new PayoutWorld(upgraded);
        Assert.Equal((500, 0, 700), await later.WalletAsync(partner));
        Assert.Empty(await later.FindingsAsync());
        // What comes after it is counted on top of what was found.
        var client = await upgraded.ReadAsync(d => d.Purchases.Select(p => p.ClientId).FirstAsync());
        Assert.True((await later.Money.BuyAsync(later.Money.Purchase(client, "after", 2000))).Ok);
        await later.Money.ReleaseAsync();
        Assert.Empty(await later.FindingsAsync());
        Assert.Empty(await WalletTallyChecks.BrokenAsync(upgraded, [partner.AccountId!.Value]));
        var balances = await upgraded.CallAsync<WalletQueries, IReadOnlyList<WalletBalance>>(q => q.BalancesAsync(partner, default));
        Assert.Equal((700, 700), (balances.Single().Available, balances.Single().Paid));
    }

    private static PortalDbContext Unconnected(DatabaseKind kind) =>
        Connected(kind, kind is DatabaseKind.Sqlite ? "Data Source=:memory:" : "Host=nowhere.test");

    private static PortalDbContext Connected(DatabaseKind kind, string connection) => kind is DatabaseKind.Sqlite
        ? new SqlitePortalDbContext(new DbContextOptionsBuilder<SqlitePortalDbContext>().UseSqlite(new SqliteConnectionStringBuilder(connection) { Pooling = false }.ConnectionString).Options)
        : new PostgresPortalDbContext(new DbContextOptionsBuilder<PostgresPortalDbContext>().UseNpgsql(connection).Options);
}
