using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>A one-time credential that may be used now.</summary>
/// <param name="CredentialId">For <see cref="ChoosePassword"/>.</param>
/// <param name="UserId">Whose it is.</param>
/// <param name="Email">The login.</param>
/// <param name="FullName">The person's name.</param>
/// <param name="PartnerName">Who created the account; empty when that is not known any more.</param>
/// <param name="IsDisabled">Its person is disabled: the credential is good, and still lets nobody in.</param>
public sealed record UsableCredential(long CredentialId, long UserId, string Email, string FullName, string PartnerName, bool IsDisabled);

/// <summary>Finds the credential that a created client's mail holds. Finding it uses nothing up: mail programs open links too.</summary>
public sealed class OneTimeSignInQueries(PortalDb portal, TimeProvider clock)
{
    /// <param name="token">The link's token.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<UsableCredential?> ByTokenAsync(string token, CancellationToken ct)
    {
        var hash = LinkToken.Hash(token);
        await using var db = await portal.ReadAsync(ct);
        return await FindAsync(db, db.OneTimeCredentials.Where(c => c.TokenHash == hash), ct);
    }

    /// <param name="userId">Who signs in.</param>
    /// <param name="typed">What was typed as password; may be read off a phone call.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<UsableCredential?> BySecretAsync(long userId, string? typed, CancellationToken ct)
    {
        if (!OneTimeSecret.TryParse(typed, out var secret))
        {
            return null;
        }

        var hash = secret.Hash();
        await using var db = await portal.ReadAsync(ct);
        return await FindAsync(db, db.OneTimeCredentials.Where(c => c.UserId == userId && c.SecretHash == hash), ct);
    }

    public async Task<UsableCredential?> ByIdAsync(long credentialId, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return await FindAsync(db, db.OneTimeCredentials.Where(c => c.Id == credentialId), ct);
    }

    private async Task<UsableCredential?> FindAsync(PortalDbContext db, IQueryable<OneTimeCredential> credentials, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return await (
            from c in credentials
            join u in db.Users on c.UserId equals u.Id
            where c.UsedAt == null && c.VoidedAt == null && c.ExpiresAt > now
            let partner = (from i in db.Invitations
                           join a in db.Accounts on i.PartnerId equals a.Id
                           join m in db.Members on i.ClientId equals m.AccountId
                           where m.UserId == u.Id
                           orderby i.Id descending
                           select a.Name).FirstOrDefault()
            select new UsableCredential(c.Id, u.Id, u.Email!, u.FullName, partner ?? "", u.DisabledAt != null)).FirstOrDefaultAsync(ct);
    }
}
