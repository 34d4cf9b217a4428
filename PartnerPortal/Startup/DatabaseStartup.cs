using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using PartnerPortal.Data;
using PartnerPortal.Data.Postgres;
using PartnerPortal.Data.Sqlite;

namespace PartnerPortal.Startup;

internal static class DatabaseStartup
{
    public static IServiceCollection AddPortalDatabase(this IServiceCollection services, DatabaseOptions options, string contentRoot)
    {
        services.AddSingleton<AuditGuard>();
        services.AddSingleton<Signals>();
        services.AddSingleton<PortalDb>();
        services.AddSingleton<PreparedStatements>();
        if (options.IsPostgres)
        {
            services.AddPooledDbContextFactory<PostgresPortalDbContext>((provider, builder) => UsePostgres(builder, options.ConnectionString)
                .AddInterceptors(provider.GetRequiredService<AuditGuard>()));
            services.AddSingleton<IDbContextFactory<PortalDbContext>, FactoryOf<PostgresPortalDbContext>>();
            services.AddHostedService<PostgresSignalRelay>();
        }
        else
        {
            SqliteNativeLibrary.Prepare();
            var connection = SqliteConnectionString(options, contentRoot);
            services.AddPooledDbContextFactory<SqlitePortalDbContext>((provider, builder) => builder.UseSqlite(connection)
                .AddInterceptors(provider.GetRequiredService<AuditGuard>(), new SecureDelete()));
            services.AddSingleton<IDbContextFactory<PortalDbContext>, FactoryOf<SqlitePortalDbContext>>();
            services.AddHostedService(_ => new SqliteHold(connection));
        }

        // Identity's stores take a context of the request or circuit.
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext());
        services.AddDataProtection().SetApplicationName("PartnerPortal");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(keys =>
            keys.XmlRepository = new DatabaseKeyRepository(provider.GetRequiredService<IDbContextFactory<PortalDbContext>>())));
        return services;
    }

    public static string SqliteConnectionString(DatabaseOptions options, string contentRoot)
    {
        if (options.ConnectionString.Length > 0)
        {
            return options.ConnectionString;
        }

        var file = Path.GetFullPath(options.File, contentRoot);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return $"Data Source={file};Default Timeout=30;Foreign Keys=True";
    }

    /// <summary>Statements that each connection keeps prepared, once they were run some times: what a purchase runs takes the server longer to plan than to run.</summary>
    private const int PreparedStatementsKept = 100;

    public static DbContextOptionsBuilder UsePostgres(DbContextOptionsBuilder builder, string connectionString) =>
        // Nothing of ours changes a session, so that there is nothing to be set back when a connection goes back to the pool.
        builder.UseNpgsql(new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = PreparedStatementsKept, NoResetOnClose = true }.ConnectionString);

    /// <summary>Brings the database to the current schema. Several nodes may start at once: EF takes the database's migration lock.</summary>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(ct);
        if (db.Database.IsSqlite())
        {
            // Readers do not wait for the writer; survives the process being killed.
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", ct);
        }

        // Asked first, as migrating builds the whole model a second time to compare it, which takes as long as all the rest of a start.
        // On SQLite its lock is a row, too: a process that is killed while it holds it leaves a database that no start gets past.
        if ((await db.Database.GetPendingMigrationsAsync(ct)).Any())
        {
            await db.Database.MigrateAsync(ct);
        }
    }

    private sealed class FactoryOf<TContext>(IDbContextFactory<TContext> inner) : IDbContextFactory<PortalDbContext>
        where TContext : PortalDbContext
    {
        public PortalDbContext CreateDbContext() => inner.CreateDbContext();

        public async Task<PortalDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default) =>
            await inner.CreateDbContextAsync(cancellationToken);
    }
}
