using System.Globalization;
using Microsoft.Data.Sqlite;

namespace PartnerPortal.Startup.Commands;

/// <summary>Copies SQLite databases safely: by SQLite's own online backup, checked before the copy takes its name.</summary>
internal static class SqliteFiles
{
    /// <returns>What is wrong, in a sentence; null when the copy is there.</returns>
    public static string? Backup(string connectionString, string file)
    {
        var source = new SqliteConnectionStringBuilder(connectionString) { Pooling = false, Mode = SqliteOpenMode.ReadWrite };
        if (!File.Exists(source.DataSource))
        {
            return $"There is no database at {source.DataSource}. Start the portal once, or set Database:File.";
        }

        if (Path.GetFullPath(source.DataSource) == Path.GetFullPath(file))
        {
            return "That is the database itself. Name another file.";
        }

        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var part = file + ".part";
        Remove(part);
        Copy(source.ConnectionString, part);
        if (Problem(part) is { } problem)
        {
            Remove(part);
            return $"The copy was not good and was thrown away: {problem}";
        }

        File.Move(part, file, overwrite: true);
        return null;
    }

    /// <returns>What is wrong, or null and where the replaced file is kept (null when there was none).</returns>
    public static (string? Problem, string? Kept) Restore(string file, string target, DateTimeOffset now)
    {
        if (!File.Exists(file))
        {
            return ($"There is no file {file}.", null);
        }

        if (Problem(file) is { } problem)
        {
            return ($"{file} cannot be brought back: {problem}. Nothing was changed.", null);
        }

        if (file == target)
        {
            return ("That is the database itself. Name the copy.", null);
        }

        if (File.Exists(target) && !IsFree(target))
        {
            return ($"The portal is using {target}. Stop it first; nothing was changed.", null);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var part = target + ".restoring";
        Remove(part);
        Copy(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString, part);
        string? kept = null;
        if (File.Exists(target))
        {
            kept = $"{target}.replaced-{now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}";
            File.Move(target, kept);
        }

        File.Move(part, target);
        return (null, kept);
    }

    private static void Copy(string source, string target)
    {
        using var from = new SqliteConnection(source);
        using var to = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = target, Pooling = false }.ConnectionString);
        from.Open();
        to.Open();
        from.BackupDatabase(to);
        // One file to carry, without a log beside it.
        Ask(to, "PRAGMA journal_mode=DELETE");
    }

    /// <summary>Whether it is a whole database of this portal.</summary>
    private static string? Problem(string file)
    {
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
            connection.Open();
            return Ask(connection, "PRAGMA integrity_check") != "ok" ? "it is damaged"
                : Ask(connection, "SELECT count(*) FROM sqlite_master WHERE name IN ('__EFMigrationsHistory', 'Accounts', 'AuditEntries')") != "3" ? "it is not a database of this portal"
                : null;
        }
        catch (SqliteException error) when (error.SqliteErrorCode is 11 or 26)
        {
            // SQLITE_CORRUPT, SQLITE_NOTADB
            return "it is damaged, or no SQLite database";
        }
    }

    /// <summary>
    /// Leaving the write-ahead log needs the file for oneself, so it fails while anybody has it open (https://sqlite.org/wal.html); it also brings the log in.
    /// </summary>
    private static bool IsFree(string file)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 1 }.ConnectionString);
        try
        {
            connection.Open();
            return Ask(connection, "PRAGMA journal_mode=DELETE") == "delete";
        }
        catch (SqliteException error) when (error.SqliteErrorCode is 5 or 6)
        {
            // SQLITE_BUSY, SQLITE_LOCKED
            return false;
        }
        catch (SqliteException error) when (error.SqliteErrorCode is 11 or 26)
        {
            // The present file is damaged, which is why a copy is brought back.
            return true;
        }
    }

    private static string Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? "";
    }

    private static void Remove(string file)
    {
        foreach (var name in new[] { file, file + "-wal", file + "-shm", file + "-journal" })
        {
            File.Delete(name);
        }
    }
}
