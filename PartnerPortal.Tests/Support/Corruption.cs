using Microsoft.EntityFrameworkCore;

namespace PartnerPortal.Tests.Support;

/// <summary>Somebody who means it, with a database in hand.</summary>
internal static class Corruption
{
    /// <summary>Takes the triggers away that keep what is append-only, and changes what they kept.</summary>
    public static Task<int> CorruptAsync(this TestPortal portal, string sql) => portal.ReadAsync(async db =>
    {
        var drops = portal.Kind is DatabaseKind.Sqlite
            ? "SELECT 'DROP TRIGGER \"' || name || '\"' AS \"Value\" FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'TR_%'"
            : "SELECT format('DROP TRIGGER %I ON %s', tgname, tgrelid::regclass) AS \"Value\" FROM pg_trigger WHERE NOT tgisinternal";
        foreach (var drop in await db.Database.SqlQueryRaw<string>(drops).ToListAsync())
        {
            await db.Database.ExecuteSqlRawAsync(drop);
        }

        return await db.Database.ExecuteSqlRawAsync(sql);
    });
}
