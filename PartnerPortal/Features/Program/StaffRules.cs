using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Program;

/// <summary>Nobody with a confirmed address signs in with it. Only the owner is told so, who may know.</summary>
public sealed record NoSuchPerson(string Email) : Error
{
    public override string Field => "Email";
}

public sealed record StaffEmailWrong(EmailProblem Problem) : Error
{
    public override string Field => "Email";
}

/// <summary>The person has the role already.</summary>
public sealed record HasRoleAlready(string Name) : Error
{
    public override string Field => "Email";
}

/// <summary>The person does not have the role (any more).</summary>
public sealed record HasNotThatRole : Error;

/// <summary>Somebody must own the program.</summary>
public sealed record LastOwner : Error;

/// <summary>An owner's role is taken away by another owner, so that nobody locks itself out by a slip.</summary>
public sealed record OwnOwnerRole : Error;

/// <summary>What granting and revoking share. The caller holds the installation's lock.</summary>
internal static class StaffRules
{
    public static Task<long> RoleIdAsync(PortalDbContext db, string role, CancellationToken ct) =>
        db.Roles.Where(r => r.Name == role).Select(r => r.Id).SingleAsync(ct);

    public static IQueryable<IdentityUserRole<long>> Holders(PortalDbContext db, long roleId) => db.UserRoles.Where(r => r.RoleId == roleId);

    /// <summary>Those who hold the role and may sign in: of these somebody must be left who owns the program.</summary>
    public static IQueryable<IdentityUserRole<long>> ActiveHolders(PortalDbContext db, long roleId) =>
        Holders(db, roleId).Where(r => db.Users.Any(u => u.Id == r.UserId && u.DisabledAt == null));

    /// <summary>Open pages and sessions of the person are looked at anew within a minute.</summary>
    public static void RenewStamp(PortalUser user) => user.SecurityStamp = Guid.NewGuid().ToString("N");
}
