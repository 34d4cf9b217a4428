using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>Makes users and accounts, with everything both must have from the start.</summary>
public static class NewAccounts
{
    /// <summary>A user who cannot sign in yet: unconfirmed, without a password.</summary>
    public static PortalUser User(EmailAddress email, string fullName, string language, ILookupNormalizer normalizer, DateTime now) => new()
    {
        UserName = email.Value,
        NormalizedUserName = normalizer.NormalizeName(email.Normalized),
        Email = email.Value,
        NormalizedEmail = normalizer.NormalizeEmail(email.Normalized),
        FullName = fullName,
        Language = Languages.Nearest(language),
        CreatedAt = now,
        SecurityStamp = Guid.NewGuid().ToString("N"),
        ConcurrencyStamp = Guid.NewGuid().ToString("N"),
        LockoutEnabled = true,
    };

    /// <summary>A personal account with the user as its admin; both get their ids.</summary>
    public static async Task<Account> PersonalAsync(PortalTransaction work, PortalUser user, string? phone, AccountState state, CancellationToken ct)
    {
        var account = new Account(AccountKind.Person, user.FullName, await FreeCodeAsync(work.Db, ct), user.Language, state, work.Now);
        account.ChangeContact(user.FullName, user.Email, phone, null);
        work.Db.Members.Add(new Member(account, user, MemberRole.Admin, work.Now));
        await work.SaveAsync(ct);
        user.LastAccountId = account.Id;
        return account;
    }

    /// <summary>The account that a user began with: the personal one, or, of somebody whom staff made an integrator, the firm.</summary>
    public static Task<Account> OwnOfAsync(PortalDbContext db, long userId, CancellationToken ct) => (
        from m in db.Members
        join a in db.Accounts on m.AccountId equals a.Id
        where m.UserId == userId
        orderby a.Kind == AccountKind.Person descending, a.Id
        select a).FirstAsync(ct);

    /// <summary>A code that no account has. Of 8 symbols there are so many that a second try is rare; the unique index decides a tie.</summary>
    public static async Task<string> FreeCodeAsync(PortalDbContext db, CancellationToken ct)
    {
        while (true)
        {
            var code = ReferralCode.New().Value;
            if (!await db.Accounts.AnyAsync(a => a.Code == code, ct))
            {
                return code;
            }
        }
    }

    public static Task<PortalUser?> FindUserAsync(PortalDbContext db, EmailAddress email, ILookupNormalizer normalizer, CancellationToken ct)
    {
        var name = normalizer.NormalizeEmail(email.Normalized);
        return db.Users.FirstOrDefaultAsync(u => u.NormalizedEmail == name, ct);
    }
}
