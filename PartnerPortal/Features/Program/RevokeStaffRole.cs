using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Program;

/// <summary>The owner takes a staff role away. It bites at the person's next step.</summary>
public sealed class RevokeStaffRole(PortalDb portal)
{
    /// <returns>The person's name.</returns>
    public async Task<Result<string>> ExecuteAsync(long userId, string role, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner || !StaffRoles.All.Contains(role))
        {
            return new NotAllowed();
        }

        if (role == StaffRoles.Owner && userId == actor.UserId)
        {
            return new OwnOwnerRole();
        }

        await using var work = await portal.BeginAsync(ct);
        // Two owners who take each other's role, or disable each other, at the same moment: the second finds itself the last, or no owner any more.
        await work.LockAsync(PortalLock.Installation, 0, ct);
        var ownerId = await StaffRules.RoleIdAsync(work.Db, StaffRoles.Owner, ct);
        if (!await StaffRules.ActiveHolders(work.Db, ownerId).AnyAsync(r => r.UserId == actor.UserId, ct))
        {
            return new NotAllowed();
        }

        var roleId = await StaffRules.RoleIdAsync(work.Db, role, ct);
        if (await StaffRules.Holders(work.Db, roleId).FirstOrDefaultAsync(r => r.UserId == userId, ct) is not { } held)
        {
            return new HasNotThatRole();
        }

        if (role == StaffRoles.Owner && await StaffRules.Holders(work.Db, roleId).CountAsync(ct) == 1)
        {
            return new LastOwner();
        }

        var user = await work.Db.Users.FirstAsync(u => u.Id == userId, ct);
        work.Db.UserRoles.Remove(held);
        if (userId != actor.UserId)
        {
            StaffRules.RenewStamp(user);
        }

        work.Audit(actor, AuditActions.StaffRoleRevoked, ("user", userId), null, new { role });
        await work.CommitAsync(ct);
        return user.FullName;
    }
}
