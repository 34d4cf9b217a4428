using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>The program has an owner: the first one is made already, and makes others on the staff page.</summary>
public sealed record OwnerExists : Error;

/// <summary>Makes the one-time address at which the owner's first user is made. Asked for by who starts the portal or runs <c>create-admin</c>.</summary>
public sealed class IssueSetupToken(PortalDb portal)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <returns>The path with the token in clear; it is stored nowhere.</returns>
    public async Task<Result<string>> ExecuteAsync(CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Installation, 0, ct);
        if (await OwnerQueries.AnyAsync(work.Db, ct))
        {
            return new OwnerExists();
        }

        await work.Db.SetupTokens.Where(t => t.ExpiresAt <= work.Now).ExecuteDeleteAsync(ct);
        var token = LinkToken.New();
        work.Db.SetupTokens.Add(new SetupToken(LinkToken.Hash(token), work.Now, work.Now + Lifetime));
        await work.CommitAsync(ct);
        return PortalUrls.WithQuery(PortalUrls.FirstOwner, ("token", token));
    }
}

/// <summary>Whether the first owner may still be made.</summary>
public sealed class OwnerQueries(PortalDb portal, TimeProvider clock)
{
    public async Task<bool> ExistsAsync(CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return await AnyAsync(db, ct);
    }

    public async Task<bool> IsUsableAsync(string? token, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return await IsUsableAsync(db, token, clock.GetUtcNow().UtcDateTime, ct);
    }

    /// <summary>One who may sign in: an owner who is disabled runs nothing.</summary>
    internal static Task<bool> AnyAsync(PortalDbContext db, CancellationToken ct) =>
        (from h in db.UserRoles join r in db.Roles on h.RoleId equals r.Id join u in db.Users on h.UserId equals u.Id where r.Name == StaffRoles.Owner && u.DisabledAt == null select h).AnyAsync(ct);

    internal static async Task<bool> IsUsableAsync(PortalDbContext db, string? token, DateTime now, CancellationToken ct)
    {
        if (!LinkToken.IsWellFormed(token))
        {
            return false;
        }

        var hash = LinkToken.Hash(token!);
        return await db.SetupTokens.AnyAsync(t => t.TokenHash == hash && t.ExpiresAt > now, ct);
    }
}
