using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PartnerPortal.Data;
using PartnerPortal.Data.Postgres;
using PartnerPortal.Data.Sqlite;

namespace PartnerPortal.Tests.Support;

/// <summary>
/// The whole portal with a database and a clock of its own. Workers do not run unless asked for, so that a test decides when mail is sent or an invitation lapses.
/// </summary>
public sealed class TestPortal : WebApplicationFactory<Program>
{
    private readonly TestDatabase _database;
    private readonly bool _workers;
    private readonly Dictionary<string, string> _settings;

    private TestPortal(TestDatabase database, bool workers, Dictionary<string, string> settings) =>
        (_database, _workers, _settings) = (database, workers, settings);

    /// <summary>Stands still until a test moves it; a portal that listens for a browser does not use it unless asked to.</summary>
    public TestClock Clock { get; } = new();

    private bool HasRealClock { get; init; }

    private bool IsSlow { get; init; }

    private DatabaseFaults? Faults { get; init; }

    public DatabaseKind Kind => _database.Kind;

    public string ConnectionString => _database.ConnectionString;

    /// <summary>Where the folder transport writes.</summary>
    public string MailFolder => Path.Combine(_database.Folder, "mail");

    /// <param name="kind">Which database.</param>
    /// <param name="workers">Run the background workers too.</param>
    /// <param name="settings">Configuration keys and values on top.</param>
    /// <param name="faults">Lets the database fail when a test says so.</param>
    public static async Task<TestPortal> StartAsync(DatabaseKind kind = DatabaseKind.Sqlite, bool workers = false, Dictionary<string, string>? settings = null, DatabaseFaults? faults = null)
    {
        var portal = new TestPortal(await TestDatabase.CreateAsync(kind), workers, settings ?? []) { Faults = faults };
        _ = portal.Services;
        return portal;
    }

    /// <summary>On a SQLite file that is there already, and stays.</summary>
    public static TestPortal Open(string file)
    {
        var portal = new TestPortal(TestDatabase.Of(file), workers: false, []);
        _ = portal.Services;
        return portal;
    }

    /// <summary>Another portal on the same database, as after a new version was put in place.</summary>
    public TestPortal StartAgain()
    {
        var portal = new TestPortal(_database.Shared(), _workers, _settings);
        portal.Clock.Advance(Clock.Now - portal.Clock.Now);
        _ = portal.Services;
        return portal;
    }

    /// <summary>Listens on a port of this machine, with workers, for a browser; with the real clock unless it shall stand still, and over a <see cref="SlowLine"/> if asked for.</summary>
    public static async Task<TestPortal> ListenAsync(DatabaseKind kind, Dictionary<string, string> settings, bool still = false, bool slow = false)
    {
        var portal = new TestPortal(await TestDatabase.CreateAsync(kind), workers: true, settings) { HasRealClock = !still, IsSlow = slow };
        portal.UseKestrel(0);
        portal.StartServer();
        return portal;
    }

    /// <summary>Runs something with the services of a scope of its own, as a request would.</summary>
    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> run)
    {
        await using var scope = Services.CreateAsyncScope();
        return await run(scope.ServiceProvider);
    }

    /// <summary>Calls a use case in a scope of its own.</summary>
    public Task<T> CallAsync<TUseCase, T>(Func<TUseCase, Task<T>> call)
        where TUseCase : notnull => InScopeAsync(services => call(services.GetRequiredService<TUseCase>()));

    /// <summary>Reads from the database.</summary>
    public async Task<T> ReadAsync<T>(Func<PortalDbContext, Task<T>> read)
    {
        await using var db = await Services.GetRequiredService<PortalDb>().ReadAsync();
        return await read(db);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("Database:Provider", Kind is DatabaseKind.Sqlite ? "Sqlite" : "Postgres");
        builder.UseSetting("Database:ConnectionString", ConnectionString);
        builder.UseSetting("Portal:Demo", "false");
        builder.UseSetting("Portal:RunWorkers", _workers ? "true" : "false");
        builder.UseSetting("Mail:Transport", "Folder");
        builder.UseSetting("Mail:Folder", MailFolder);
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        foreach (var (key, value) in _settings)
        {
            builder.UseSetting(key, value);
        }

        // A build that is not published keeps the files of packages where they are.
        builder.UseStaticWebAssets();
        builder.ConfigureServices(services => services.AddSingleton<IStartupFilter, TestAddress>());
        if (IsSlow)
        {
            builder.ConfigureServices(services => services.AddSingleton<IStartupFilter, SlowLine>());
        }

        if (Faults is { } faults)
        {
            builder.ConfigureServices(services => services.ConfigureDbContext<SqlitePortalDbContext>(options => options.AddInterceptors(faults)).ConfigureDbContext<PostgresPortalDbContext>(options => options.AddInterceptors(faults)));
        }

        // A real hash takes 50 ms on purpose; tests make thousands of passwords.
        builder.ConfigureServices(services => services.Configure<Microsoft.AspNetCore.Identity.PasswordHasherOptions>(options => options.IterationCount = 1_000));
        if (!HasRealClock)
        {
            builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock)));
        }
    }
}
