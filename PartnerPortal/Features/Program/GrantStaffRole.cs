using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Program;

/// <summary>The owner makes a person staff.</summary>
public sealed class GrantStaffRole(PortalDb portal, ILookupNormalizer normalizer)
{
    /// <param name="email">Of a person with a confirmed address.</param>
    /// <param name="role">A name of <see cref="StaffRoles"/>.</param>
    /// <param name="actor">An owner.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The person's name.</returns>
    public async Task<Result<string>> ExecuteAsync(string? email, string role, Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner || !StaffRoles.All.Contains(role))
        {
            return new NotAllowed();
        }

        if (!EmailAddress.TryParse(email, out var address, out var problem))
        {
            return new StaffEmailWrong(problem);
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Installation, 0, ct);
        var normalized = normalizer.NormalizeEmail(address.Normalized);
        if (await work.Db.Users.FirstOrDefaultAsync(u => u.NormalizedEmail == normalized && u.EmailConfirmed, ct) is not { } user)
        {
            return new NoSuchPerson(address.Value);
        }

        var roleId = await StaffRules.RoleIdAsync(work.Db, role, ct);
        if (await StaffRules.Holders(work.Db, roleId).AnyAsync(r => r.UserId == user.Id, ct))
        {
            return new HasRoleAlready(user.FullName);
        }

        work.Db.UserRoles.Add(new IdentityUserRole<long> { UserId = user.Id, RoleId = roleId });
        if (user.Id != actor.UserId)
        {
            StaffRules.RenewStamp(user);
        }

        work.Audit(actor, AuditActions.StaffRoleGranted, ("user", user.Id), null, new { role });
        await work.CommitAsync(ct);
        return user.FullName;
    }
}
