using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace PartnerPortal.Startup.Commands;

/// <summary><c>restore FILE</c>: puts a copy in the database's place. What it replaces stays beside it.</summary>
internal static class RestoreCommand
{
    public static Task<int> RunAsync(WebApplication app, string[] args)
    {
        if (args is not [_, { Length: > 0 } file, ..] || file.StartsWith('-'))
        {
            return Task.FromResult(PortalCommands.Refuse(ExitCodes.Usage, "Say which file to bring back: restore FILE"));
        }

        var options = app.Services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
        if (options.IsPostgres)
        {
            return Task.FromResult(PortalCommands.Refuse(ExitCodes.Refused,
                "The database is PostgreSQL. Stop the portal and use: pg_restore --clean --if-exists --no-owner -d DATABASE FILE"));
        }

        var target = new SqliteConnectionStringBuilder(DatabaseStartup.SqliteConnectionString(options, app.Environment.ContentRootPath)).DataSource;
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var (problem, kept) = SqliteFiles.Restore(Path.GetFullPath(file), Path.GetFullPath(target), now);
        if (problem is not null)
        {
            return Task.FromResult(PortalCommands.Refuse(ExitCodes.Refused, problem));
        }

        Console.Out.WriteLine(kept is null ? $"The copy is in place: {target}." : $"The copy is in place: {target}. What was there before is kept as {kept}.");
        return Task.FromResult(ExitCodes.Done);
    }
}
