using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Security;

/// <summary>The person is disabled. Said only to who has shown that the sign-in is its own, by password, provider or a mailed link.</summary>
public sealed record SignInDisabled : Error;

/// <summary>Somebody decided before: the person is disabled already, or may sign in already.</summary>
public sealed record SignInDecidedBefore(bool IsDisabled) : Error;

/// <summary>Nobody disables itself, so that nobody locks itself out by a slip.</summary>
public sealed record OwnSignIn : Error;

/// <summary>About somebody of the staff only an owner decides.</summary>
public sealed record StaffIsForOwners : Error;

/// <summary>What disabling a person and enabling it again begin with.</summary>
internal static class UserDesk
{
    private const int MostTries = 6;

    /// <summary>Takes the installation's lock, so that two who disable each other do not both succeed, and refuses who may not decide about this person.</summary>
    /// <param name="work">The transaction.</param>
    /// <param name="userId">Whom it is about.</param>
    /// <param name="accountId">The account whose member it is, on whose page staff decides.</param>
    /// <param name="actor">Of the staff.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<Result<PortalUser>> TakeAsync(PortalTransaction work, long userId, long accountId, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new NotAllowed();
        }

        await work.LockAsync(PortalLock.Installation, 0, ct);
        // As the actor stands now: it may have been disabled, or lost its role, a moment ago.
        var rights = await RolesAsync(work.Db, work.Db.Users.Where(u => u.Id == actor.UserId && u.DisabledAt == null), ct);
        if (rights.Count == 0)
        {
            return new NotAllowed();
        }

        if (userId == actor.UserId)
        {
            return new OwnSignIn();
        }

        if (!await work.Db.Members.AnyAsync(m => m.UserId == userId && m.AccountId == accountId, ct))
        {
            return new NoSuchMember();
        }

        var accounts = await work.Db.Members.Where(m => m.UserId == userId).Select(m => m.AccountId).ToListAsync(ct);
        if (await OwnAccounts.InvolveAsync(work.Db, actor, accounts, ct))
        {
            return new OwnAccountInvolved();
        }

        var roles = await RolesAsync(work.Db, work.Db.Users.Where(u => u.Id == userId), ct);
        return await RefuseAboutStaffAsync(work.Db, userId, roles, rights, ct) is { } refusal ? refusal : await work.Db.Users.FirstAsync(u => u.Id == userId, ct);
    }

    /// <summary>Decides anew when the user's row was changed at this moment, by the person itself or by somebody who tries passwords; a lockout ends those after five.</summary>
    public static async Task<Result<Done>> DecideAsync(Func<Task<Result<Done>>> decide)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await decide();
            }
            catch (DbUpdateConcurrencyException) when (tries < MostTries)
            {
                // Nothing was written: read again, with what changed.
            }
        }
    }

    private static async Task<Error?> RefuseAboutStaffAsync(PortalDbContext db, long userId, List<string> roles, List<string> rights, CancellationToken ct)
    {
        if (roles.Contains(StaffRoles.Owner)
            && !await StaffRules.ActiveHolders(db, await StaffRules.RoleIdAsync(db, StaffRoles.Owner, ct)).AnyAsync(r => r.UserId != userId, ct))
        {
            return new LastOwner();
        }

        return roles.Count > 0 && !rights.Contains(StaffRoles.Owner) ? new StaffIsForOwners() : null;
    }

    private static Task<List<string>> RolesAsync(PortalDbContext db, IQueryable<PortalUser> users, CancellationToken ct) => (
        from u in users
        join h in db.UserRoles on u.Id equals h.UserId
        join r in db.Roles on h.RoleId equals r.Id
        select r.Name!).ToListAsync(ct);
}
