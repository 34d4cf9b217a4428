using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Program;

/// <summary>A person with a staff role.</summary>
/// <param name="UserId">User id.</param>
/// <param name="Name">Full name.</param>
/// <param name="Email">The login.</param>
/// <param name="Roles">Names of <see cref="StaffRoles"/>.</param>
/// <param name="LastSeenAt">UTC; null when never.</param>
public sealed record StaffPerson(long UserId, string Name, string Email, IReadOnlyList<string> Roles, DateTime? LastSeenAt);

public sealed class StaffQueries(PortalDb portal)
{
    /// <summary>All staff by name; empty for anybody but an owner.</summary>
    public async Task<IReadOnlyList<StaffPerson>> ListAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return [];
        }

        await using var db = await portal.ReadAsync(ct);
        var rows = await (
            from h in db.UserRoles
            join r in db.Roles on h.RoleId equals r.Id
            join u in db.Users on h.UserId equals u.Id
            select new { u.Id, u.FullName, u.Email, Role = r.Name!, u.LastSeenAt }).ToListAsync(ct);
        return [.. rows.GroupBy(r => r.Id)
            .Select(g => new StaffPerson(g.Key, g.First().FullName, g.First().Email ?? "", [.. StaffRoles.All.Reverse().Where(n => g.Any(r => r.Role == n))], g.First().LastSeenAt))
            .OrderBy(p => p.Name, StringComparer.CurrentCulture)];
    }
}
