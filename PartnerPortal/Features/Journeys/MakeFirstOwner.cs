using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Journeys.Security;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>The one-time address is wrong or too old.</summary>
public sealed record SetupTokenInvalid : Error;

/// <param name="Token">From the address.</param>
/// <param name="FullName">Required.</param>
/// <param name="Email">Required; confirmed at once, since who reads the console is trusted.</param>
/// <param name="Password">In clear.</param>
public sealed record FirstOwnerRequest(string? Token, string? FullName, string? Email, string? Password);

/// <summary>Makes the owner's first user. Works once: two at the same moment end with one owner.</summary>
public sealed class MakeFirstOwner(PortalDb portal, UserManager<PortalUser> users)
{
    private const int NameLength = 200;

    /// <returns>The user's id, to be signed in.</returns>
    public async Task<Result<long>> ExecuteAsync(FirstOwnerRequest request, CancellationToken ct)
    {
        var name = request.FullName?.Trim() ?? "";
        if (name.Length is 0 or > NameLength)
        {
            return new NameMissing();
        }

        if (!EmailAddress.TryParse(request.Email, out var email, out var problem))
        {
            return new EmailWrong(problem);
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Installation, 0, ct);
        if (await OwnerQueries.AnyAsync(work.Db, ct))
        {
            return new OwnerExists();
        }

        if (!await OwnerQueries.IsUsableAsync(work.Db, request.Token, work.Now, ct))
        {
            return new SetupTokenInvalid();
        }

        var user = await NewAccounts.FindUserAsync(work.Db, email, users.KeyNormalizer, ct);
        if (user is { DisabledAt: not null })
        {
            return new SignInDisabled();
        }

        var isNew = user is null;
        user ??= NewAccounts.User(email, name, Languages.Current, users.KeyNormalizer, work.Now);
        if (await PasswordProblemAsync(user, request.Password ?? "") is { } refused)
        {
            return refused;
        }

        user.PasswordHash = users.PasswordHasher.HashPassword(user, request.Password!);
        user.SecurityStamp = Guid.NewGuid().ToString("N");
        user.EmailConfirmed = true;
        if (isNew)
        {
            work.Audit(Actor.System, AuditActions.AccountCreated, ("account", null));
            await NewAccounts.PersonalAsync(work, user, null, AccountState.Active, ct);
        }

        else if (await (from m in work.Db.Members join a in work.Db.Accounts on m.AccountId equals a.Id where m.UserId == user.Id && a.Kind == AccountKind.Person orderby a.Id select a).FirstOrDefaultAsync(ct) is { } account)
        {
            account.Claim();
        }

        var roleId = await work.Db.Roles.Where(r => r.Name == StaffRoles.Owner).Select(r => r.Id).SingleAsync(ct);
        work.Db.UserRoles.Add(new IdentityUserRole<long> { UserId = user.Id, RoleId = roleId });
        work.Audit(Actor.System, AuditActions.StaffRoleGranted, ("user", user.Id), null, new { role = StaffRoles.Owner, first = true });
        await work.Db.SetupTokens.ExecuteDeleteAsync(ct);
        await work.CommitAsync(ct);
        return user.Id;
    }

    private async Task<PasswordRefused?> PasswordProblemAsync(PortalUser user, string password)
    {
        var codes = new List<string>();
        foreach (var validator in users.PasswordValidators)
        {
            codes.AddRange((await validator.ValidateAsync(users, user, password)).Errors.Select(e => e.Code));
        }

        return codes.Count > 0 ? new PasswordRefused(codes) : null;
    }
}
