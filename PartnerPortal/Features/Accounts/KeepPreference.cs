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
        if (await work.Db.UserPreferences.FirstOrDefaultAsync(p => p.UserId == userId && p.Key == key, ct) is { } kept)
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
            // The same person chose in another tab at the same moment; that choice stands.
        }

        return Done.Value;
    }
}

/// <summary>Reads what <see cref="KeepPreference"/> kept.</summary>
public sealed class PreferenceQueries(PortalDb portal)
{
    /// <returns>Null when the user has chosen nothing yet.</returns>
    public async Task<string?> FindAsync(string key, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return await db.UserPreferences.Where(p => p.UserId == actor.UserId && p.Key == key).Select(p => p.Value).FirstOrDefaultAsync(ct);
    }
}
