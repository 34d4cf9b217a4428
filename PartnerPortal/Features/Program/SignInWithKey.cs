using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Program;

/// <summary>There is no key in the request, or it is none of ours, or it was revoked: which of these is not told.</summary>
public sealed record KeyUnknown : Error;

/// <summary>The key was good until its time was over.</summary>
public sealed record KeyExpired : Error;

/// <summary>The key works and may not do this.</summary>
public sealed record KeyLacksScope(string Scope) : Error;

/// <summary>Finds out which machine asks, by its key.</summary>
public sealed class SignInWithKey(PortalDb portal, KnownKeys keys, TimeProvider clock)
{
    private static readonly TimeSpan Precision = TimeSpan.FromMinutes(1);

    /// <param name="key">As it was sent; null when none was.</param>
    /// <param name="scope">One of <see cref="ProgramScopes"/> or <see cref="PartnerScopes"/> that is needed.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>
    /// An actor without user that has the scope's right and no other. One of the program has no account. One of a partner has the partner's, and the least role that has the right; how that
    /// account stands as a partner is still to be asked.
    /// </returns>
    public async Task<Result<Actor>> ExecuteAsync(string? key, string scope, CancellationToken ct)
    {
        if (!ProgramKeySecret.IsWellFormed(key))
        {
            return new KeyUnknown();
        }

        if (await keys.FindAsync(ProgramKeySecret.Hash(key!), ct) is not { } found)
        {
            return new KeyUnknown();
        }

        var now = clock.GetUtcNow().UtcDateTime;
        if (found.ExpiresAt <= now)
        {
            return new KeyExpired();
        }

        if (found.LastUsedAt is not { } last || now - last >= Precision)
        {
            await portal.WriteAsync(d => d.ProgramKeys.Where(k => k.Id == found.Id).ExecuteUpdateAsync(k => k.SetProperty(x => x.LastUsedAt, now), ct), ct);
            found.Use(now);
        }

        return found.May(scope) ? ActorOf(found, scope) : new KeyLacksScope(scope);
    }

    private static Actor ActorOf(ProgramKey key, string scope) => key.AccountId is { } partner
        ? new Actor(null, key.Name, partner, "", RoleFor(scope)) { KeyId = key.Id }
        : new Actor(null, key.Name, null, "", null) { KeyId = key.Id, ProgramScope = scope, MayPostMoney = scope is ProgramScopes.PurchasesWrite };

    private static MemberRole RoleFor(string scope) => scope switch
    {
        PartnerScopes.WalletRead => MemberRole.Finance,
        KeyScopes.WebhooksRead or KeyScopes.WebhooksWrite => MemberRole.Admin,
        _ => MemberRole.Seller,
    };
}
