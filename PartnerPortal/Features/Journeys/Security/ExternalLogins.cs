using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Security;

/// <summary>The provider's account lets in to another user already.</summary>
public sealed record ExternalLoginTaken : Error;

/// <summary>Without it the person could not sign in any more.</summary>
public sealed record LastWayIn : Error;

/// <summary>A person connects an account at a sign-in provider; from then on it lets in.</summary>
public sealed class ConnectExternalLogin(PortalDb portal, IdentityMails mails)
{
    public async Task<Result<Done>> ExecuteAsync(ExternalIdentity identity, long userId, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        var user = await work.Db.Users.FirstAsync(u => u.Id == userId, ct);
        if (await work.Db.UserLogins.FirstOrDefaultAsync(l => l.LoginProvider == identity.Provider && l.ProviderKey == identity.Key, ct) is { } known)
        {
            return known.UserId == userId ? Done.Value : new ExternalLoginTaken();
        }

        work.Db.UserLogins.Add(ExternalLoginQueries.Row(identity, userId));
        work.Audit(new Actor(user.Id, user.FullName, null, "", null), AuditActions.UserLoginConnected, ("user", userId), null, new { provider = identity.Provider });
        await mails.ChangedAsync(work, user, SecurityChange.ProviderConnected, ct);
        try
        {
            await work.CommitAsync(ct);
        }
        catch (DbUpdateException error) when (error.IsUniqueViolation())
        {
            // Connected in another tab at this moment, by this user or another.
            return new ExternalLoginTaken();
        }

        return Done.Value;
    }
}

/// <summary>A person disconnects an account at a sign-in provider. Other sessions end, since it may be a stranger's.</summary>
public sealed class DisconnectExternalLogin(PortalDb portal, IdentityMails mails)
{
    public async Task<Result<Done>> ExecuteAsync(string provider, string key, Actor actor, CancellationToken ct)
    {
        if (actor.UserId is not { } userId)
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        var user = await work.Db.Users.FirstAsync(u => u.Id == userId, ct);
        var logins = await work.Db.UserLogins.Where(l => l.UserId == userId).ToListAsync(ct);
        if (logins.Find(l => l.LoginProvider == provider && l.ProviderKey == key) is not { } login)
        {
            return Done.Value;
        }

        if (user.PasswordHash is null && logins.Count == 1)
        {
            return new LastWayIn();
        }

        work.Db.UserLogins.Remove(login);
        // Also what keeps two tabs from taking the last two ways at once: the stamp is part of the row's version.
        user.SecurityStamp = Guid.NewGuid().ToString("N");
        user.ConcurrencyStamp = Guid.NewGuid().ToString("N");
        work.Audit(actor, AuditActions.UserLoginDisconnected, ("user", userId), null, new { provider });
        await mails.ChangedAsync(work, user, SecurityChange.ProviderDisconnected, ct);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}

/// <summary>The accounts at sign-in providers that let a person in.</summary>
public sealed class ExternalLoginQueries(PortalDb portal)
{
    /// <returns>Provider and the provider's key.</returns>
    public async Task<IReadOnlyList<(string Provider, string Key)>> OfAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        var rows = await db.UserLogins.Where(l => l.UserId == actor.UserId).OrderBy(l => l.LoginProvider).ThenBy(l => l.ProviderKey).Select(l => new { l.LoginProvider, l.ProviderKey }).ToListAsync(ct);
        return [.. rows.Select(r => (r.LoginProvider, r.ProviderKey))];
    }

    internal static IdentityUserLogin<long> Row(ExternalIdentity identity, long userId) =>
        new() { LoginProvider = identity.Provider, ProviderKey = identity.Key, ProviderDisplayName = identity.Provider, UserId = userId };
}
