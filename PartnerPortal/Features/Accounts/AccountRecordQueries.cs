using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Accounts;

/// <summary>An account as staff sees it. Times are UTC; what was not given, or is gone with a closed account, is null.</summary>
public sealed record AccountRecord(
    long Id, long Number, AccountKind Kind, AccountState State, string Name, string Code, string? ExternalId, string? Email, string? Phone, string? Website,
    string Language, DateTime CreatedAt, DateTime? LastSeenAt, long? SponsorId, string? SponsorName);

/// <param name="HasSignedIn">False while the person never signed in.</param>
/// <param name="IsStaff">Has a staff role; only owners decide about its sign-in.</param>
/// <param name="DisabledAt">UTC; null while the person may sign in.</param>
/// <param name="DisabledReason">Staff's; null while the person may sign in.</param>
public sealed record AccountMember(
    long UserId, string Name, string? Email, MemberRole Role, DateTime? LastSeenAt, bool HasSignedIn, bool IsStaff, DateTime? DisabledAt, string? DisabledReason);

/// <summary>That one-time credentials were issued. The credentials themselves are known to nobody.</summary>
public sealed record CredentialFact(string UserName, DateTime IssuedAt, DateTime ExpiresAt, DateTime? UsedAt, DateTime? VoidedAt);

/// <summary>One account in full, for staff.</summary>
public sealed class AccountRecordQueries(PortalDb portal)
{
    /// <returns>Null when there is none, or the actor is no staff.</returns>
    public async Task<AccountRecord?> FindAsync(long id, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return null;
        }

        await using var db = await portal.ReadAsync(ct);
        return await (
            from a in db.Accounts
            join s in db.Accounts on a.SponsorId equals s.Id into sponsors
            from s in sponsors.DefaultIfEmpty()
            where a.Id == id
            select new AccountRecord(
                a.Id, AccountNumber.Offset + a.Id, a.Kind, a.State, a.Name, a.Code, a.ExternalId, a.Email, a.Phone, a.Website,
                a.Language, a.CreatedAt, a.LastSeenAt, a.SponsorId, s.Name)).FirstOrDefaultAsync(ct);
    }

    public async Task<IReadOnlyList<AccountMember>> MembersAsync(long accountId, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return [];
        }

        await using var db = await portal.ReadAsync(ct);
        return await (
            from m in db.Members
            join u in db.Users on m.UserId equals u.Id
            where m.AccountId == accountId
            orderby m.Id
            select new AccountMember(u.Id, u.FullName, u.Email, m.Role, u.LastSeenAt, u.FirstSignedInAt != null || u.PasswordHash != null,
                db.UserRoles.Any(r => r.UserId == u.Id), u.DisabledAt, u.DisabledReason)).ToListAsync(ct);
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<CredentialFact>> CredentialsAsync(long accountId, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return [];
        }

        await using var db = await portal.ReadAsync(ct);
        return await (
            from c in db.OneTimeCredentials
            join m in db.Members on c.UserId equals m.UserId
            join u in db.Users on c.UserId equals u.Id
            where m.AccountId == accountId
            orderby c.Id descending
            select new CredentialFact(u.FullName, c.CreatedAt, c.ExpiresAt, c.UsedAt, c.VoidedAt)).ToListAsync(ct);
    }

    /// <summary>Whether the actor is a member of the account, and so decides nothing about it as staff.</summary>
    public async Task<bool> IsOwnAsync(long accountId, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return await OwnAccounts.InvolveAsync(db, actor, [accountId], ct);
    }
}
