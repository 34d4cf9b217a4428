using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Accounts;

/// <summary>Keeps a user's own choice, such as the columns of a list. It is not a change of the business and has no audit entry.</summary>
public sealed class KeepPreference(PortalDb portal)
{
    /// <param name="key">At most 64 characters, "clients.columns".</param>
    /// <param name="value">At most 4000 characters.</param>
    /// <param name="actor">Whose choice.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<Done>> ExecuteAsync(string key, string value, Actor actor, CancellationToken ct)
    {
        if (actor.UserId is not { } userId)
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        await CommitAsync(work, userId, key, _ => value, ct);
        return Done.Value;
    }

    /// <summary>Keeps a choice, and ends the transaction.</summary>
    /// <param name="work">Changes nothing else.</param>
    /// <param name="userId">Whose choice.</param>
    /// <param name="key">Its key.</param>
    /// <param name="choose">Makes it from what was chosen before; null for nothing.</param>
    /// <param name="ct">Cancels.</param>
    internal static async Task CommitAsync(PortalTransaction work, long userId, string key, Func<string?, string> choose, CancellationToken ct)
    {
        var kept = await work.Db.UserPreferences.FirstOrDefaultAsync(p => p.UserId == userId && p.Key == key, ct);
        var value = choose(kept?.Value);
        if (kept is not null)
        {
            kept.Value = value;
        }
        else
        {
            work.Db.UserPreferences.Add(new UserPreference { UserId = userId, Key = key, Value = value });
        }

        try
        {
            await work.CommitAsync(ct);
        }
        catch (DbUpdateException error) when (error.IsUniqueViolation())
        {
            // The same was chosen elsewhere at the same moment, in another tab or by a mail program; that choice stands.
        }
    }
}

/// <summary>Reads what <see cref="KeepPreference"/> kept. Every page asks.</summary>
public sealed class PreferenceQueries(PreparedStatements statements)
{
    /// <returns>Null when the user has chosen nothing yet.</returns>
    public async Task<string?> FindAsync(string key, Actor actor, CancellationToken ct) =>
        (await ReadAsync(actor, sql => sql.Add(" = ").Value(key), ct)).Select(p => p.Value).FirstOrDefault();

    /// <summary>All choices whose keys begin alike, by key.</summary>
    /// <param name="prefix">"clients.": letters and a dot at the end.</param>
    /// <param name="actor">Whose choices.</param>
    /// <param name="ct">Cancels.</param>
    public Task<List<KeyValuePair<string, string>>> AllAsync(string prefix, Actor actor, CancellationToken ct) =>
        ReadAsync(actor, sql => sql.Add(" >= ").Value(prefix).Add(" AND \"Key\" < ").Value(prefix[..^1] + (char)(prefix[^1] + 1)), ct);

    private async Task<List<KeyValuePair<string, string>>> ReadAsync(Actor actor, Func<SqlText, SqlText> keys, CancellationToken ct)
    {
        if (actor.UserId is not { } userId)
        {
            return [];
        }

        await using var connection = await statements.RentAsync(ct);
        // By bytes, also where the database's own order is a language's.
        var key = connection.IsSqlite ? " AND \"Key\"" : " AND \"Key\" COLLATE \"C\"";
        var question = keys(new SqlText().Add("SELECT \"Key\", \"Value\" FROM \"UserPreferences\" WHERE \"UserId\" = ").Value(userId).Add(key)).Add(" ORDER BY \"Key\"");
        return await connection.ReadAsync(question, row => KeyValuePair.Create(row.GetString(0), row.GetString(1)), ct);
    }
}
