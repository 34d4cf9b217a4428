using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PartnerPortal.Data.Postgres;
using PartnerPortal.Data.Sqlite;
using Xunit.Sdk;

namespace PartnerPortal.Tests.Support;

public enum DatabaseKind
{
    Sqlite,
    Postgres,
}

/// <summary>Runs a theory on a kind of database.</summary>
/// <param name="kind">Its first argument.</param>
/// <param name="cases">A field of the test's class with the other arguments; null when there are none.</param>
public abstract class OnDatabaseAttribute(DatabaseKind kind, string? cases) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => cases is null
        ? [[kind]]
        : ((IEnumerable<object[]>)testMethod.DeclaringType!.GetField(cases)!.GetValue(null)!).Select(row => (object[])[kind, .. row]);
}

/// <summary>On a SQLite file.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnSqliteAttribute(string? cases = null) : OnDatabaseAttribute(DatabaseKind.Sqlite, cases);

/// <summary>On PostgreSQL; skipped, with the reason, where no server is found.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnPostgresAttribute : OnDatabaseAttribute
{
    public OnPostgresAttribute(string? cases = null)
        : base(DatabaseKind.Postgres, cases) => Skip = TestPostgres.WhyNot;

    public override string? Skip { get; set; }
}

/// <summary>The PostgreSQL server for tests: <c>PORTAL_TEST_POSTGRES</c>, or user and password "portal" on this machine.</summary>
public static class TestPostgres
{
    private static readonly Lazy<string?> Reason = new(() =>
    {
        try
        {
            using var connection = new NpgsqlConnection(Server);
            connection.Open();
            return null;
        }
        catch (Exception error) when (error is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException)
        {
            return "No PostgreSQL server was found (set PORTAL_TEST_POSTGRES, or run .ci/run, which starts one): " + error.Message;
        }
    });

    public static string Server { get; } = Environment.GetEnvironmentVariable("PORTAL_TEST_POSTGRES") is { Length: > 0 } text
        ? text
        : "Host=127.0.0.1;Port=5432;Username=portal;Password=portal;Database=postgres;Timeout=15";

    /// <summary>Null when the server answers.</summary>
    public static string? WhyNot => Reason.Value;
}

/// <summary>A database of one test's own, made from a migrated template.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static string? _sqliteTemplate;
    private static bool _postgresTemplate;

    private TestDatabase(DatabaseKind kind, string folder, string connectionString) => (Kind, Folder, ConnectionString) = (kind, folder, connectionString);

    public DatabaseKind Kind { get; }

    /// <summary>A folder of the test's own, for the SQLite file and for mail; removed afterwards.</summary>
    public string Folder { get; }

    public string ConnectionString { get; }

    /// <summary>It is there when the test is over, or somebody else's.</summary>
    private bool Stays { get; init; }

    public static async Task<TestDatabase> CreateAsync(DatabaseKind kind)
    {
        var folder = Directory.CreateTempSubdirectory("portal-test-").FullName;
        await Gate.WaitAsync();
        try
        {
            return kind is DatabaseKind.Sqlite
                ? new TestDatabase(kind, folder, await SqliteAsync(folder))
                : new TestDatabase(kind, folder, await PostgresAsync());
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>A SQLite file that is there already, and stays.</summary>
    public static TestDatabase Of(string file) => new(DatabaseKind.Sqlite, Directory.CreateTempSubdirectory("portal-test-").FullName, Source(file)) { Stays = true };

    /// <summary>The same once more, by connections of its own.</summary>
    public TestDatabase Shared() => new(
        Kind, Directory.CreateTempSubdirectory("portal-test-").FullName,
        Kind is DatabaseKind.Postgres ? new NpgsqlConnectionStringBuilder(ConnectionString) { ApplicationName = "again" }.ConnectionString : ConnectionString)
    { Stays = true };

    public async ValueTask DisposeAsync()
    {
        if (Kind is DatabaseKind.Postgres && !Stays)
        {
            var name = new NpgsqlConnectionStringBuilder(ConnectionString).Database;
            await using (var connection = new NpgsqlConnection(ConnectionString))
            {
                NpgsqlConnection.ClearPool(connection);
            }

            await DropAsync(name!);
        }
        else if (Kind is DatabaseKind.Sqlite)
        {
            await using var connection = new SqliteConnection(ConnectionString);
            SqliteConnection.ClearPool(connection);
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static async Task DropAsync(string name)
    {
        for (var left = 10; ; left--)
        {
            try
            {
                await ExecuteAsync($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)");
                return;
            }
            catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.InsufficientPrivilege)
            {
                // The server is vacuuming it, which only a superuser may end by force.
            }

            try
            {
                // Without force the vacuum is told to go and is waited for, five seconds at most; sessions of ours are not told.
                await ExecuteAsync($"DROP DATABASE IF EXISTS \"{name}\"");
                return;
            }
            catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.ObjectInUse && left > 0)
            {
            }
        }
    }

    private static async Task<string> SqliteAsync(string folder)
    {
        if (_sqliteTemplate is null)
        {
            var template = Path.Combine(Directory.CreateTempSubdirectory("portal-template-").FullName, "template.db");
            var source = $"Data Source={template};Pooling=False;Foreign Keys=True";
            await using (var db = new SqlitePortalDbContext(new DbContextOptionsBuilder<SqlitePortalDbContext>().UseSqlite(source).Options))
            {
                await db.Database.MigrateAsync();
                // One file to copy, without a log beside it.
                await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=DELETE;");
            }

            _sqliteTemplate = template;
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(template)!, recursive: true);
        }

        var file = Path.Combine(folder, "portal.db");
        File.Copy(_sqliteTemplate, file);
        return Source(file);
    }

    private static string Source(string file) => $"Data Source={file};Default Timeout=30;Foreign Keys=True";

    private static async Task<string> PostgresAsync()
    {
        // One template a test process: parallel runs of the suite do not meet.
        var template = $"portal_template_{Environment.ProcessId}";
        if (!_postgresTemplate)
        {
            await ExecuteAsync($"DROP DATABASE IF EXISTS \"{template}\" WITH (FORCE)");
            await ExecuteAsync($"CREATE DATABASE \"{template}\"");
            var source = new NpgsqlConnectionStringBuilder(TestPostgres.Server) { Database = template, Pooling = false }.ConnectionString;
            await using (var db = new PostgresPortalDbContext(new DbContextOptionsBuilder<PostgresPortalDbContext>().UseNpgsql(source).Options))
            {
                await db.Database.MigrateAsync();
            }

            _postgresTemplate = true;
            AppDomain.CurrentDomain.ProcessExit += (_, _) => ExecuteAsync($"DROP DATABASE IF EXISTS \"{template}\" WITH (FORCE)").Wait(TimeSpan.FromSeconds(10));
        }

        var name = $"portal_{Environment.ProcessId}_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE \"{name}\" TEMPLATE \"{template}\"");
        return new NpgsqlConnectionStringBuilder(TestPostgres.Server) { Database = name, MaxPoolSize = 20 }.ConnectionString;
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(TestPostgres.Server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
