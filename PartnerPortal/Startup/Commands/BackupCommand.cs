using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace PartnerPortal.Startup.Commands;

/// <summary><c>backup FILE</c>: a copy of the database, also while the portal runs.</summary>
internal static class BackupCommand
{
    public static async Task<int> RunAsync(WebApplication app, string[] args)
    {
        if (args is not [_, { Length: > 0 } file, ..] || file.StartsWith('-'))
        {
            return PortalCommands.Refuse(ExitCodes.Usage, "Say which file to write: backup FILE");
        }

        var options = app.Services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
        file = Path.GetFullPath(file);
        if (options.IsPostgres)
        {
            return await DumpAsync(options.ConnectionString, file);
        }

        var outcome = SqliteFiles.Backup(DatabaseStartup.SqliteConnectionString(options, app.Environment.ContentRootPath), file);
        if (outcome is not null)
        {
            return PortalCommands.Refuse(ExitCodes.Refused, outcome);
        }

        Console.Out.WriteLine($"The database was copied to {file} and the copy checked. It holds personal data and keys: keep it safe.");
        return ExitCodes.Done;
    }

    private static async Task<int> DumpAsync(string connectionString, string file)
    {
        var to = new Npgsql.NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo("pg_dump") { ArgumentList = { "--format=custom", "--no-owner", "--file", file + ".part" } };
        start.Environment["PGHOST"] = to.Host;
        start.Environment["PGPORT"] = to.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = to.Username;
        start.Environment["PGPASSWORD"] = to.Password;
        start.Environment["PGDATABASE"] = to.Database;
        try
        {
            using var dump = Process.Start(start) ?? throw new Win32Exception("pg_dump did not start.");
            await dump.WaitForExitAsync();
            if (dump.ExitCode != 0)
            {
                File.Delete(file + ".part");
                return PortalCommands.Refuse(ExitCodes.Refused, "pg_dump failed; what it said stands above. Nothing was written.");
            }
        }
        catch (Win32Exception)
        {
            return PortalCommands.Refuse(ExitCodes.Refused, "pg_dump was not found. Install PostgreSQL's client programs, or back the database up with your provider's tool.");
        }

        File.Move(file + ".part", file, overwrite: true);
        Console.Out.WriteLine($"The database was written to {file}. It holds personal data and keys: keep it safe. Bring it back with: pg_restore --clean --if-exists --no-owner -d DATABASE {file}");
        return ExitCodes.Done;
    }
}
