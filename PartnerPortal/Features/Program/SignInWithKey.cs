using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Program;

/// <summary>There is no key in the request, or it is none of ours, or it was revoked: which of these is not told.</summary>
public sealed record KeyUnknown : Error;

/// <summary>The key works and may not do this.</summary>
public sealed record KeyLacksScope(string Scope) : Error;

/// <summary>Finds out which machine of the program asks, by its key.</summary>
public sealed class SignInWithKey(PortalDb portal, KnownKeys keys, TimeProvider clock)
{
    private static readonly TimeSpan Precision = TimeSpan.FromMinutes(1);

    /// <param name="key">As it was sent; null when none was.</param>
    /// <param name="scope">One of <see cref="ProgramScopes"/> that is needed.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>An actor without user and account that has the scope's right.</returns>
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
        if (found.LastUsedAt is not { } last || now - last >= Precision)
        {
            await portal.WriteAsync(d => d.ProgramKeys.Where(k => k.Id == found.Id).ExecuteUpdateAsync(k => k.SetProperty(x => x.LastUsedAt, now), ct), ct);
            found.Use(now);
        }

        return found.Scope == scope ? new Actor(null, found.Name, null, "", null) { MayPostMoney = scope == ProgramScopes.PurchasesWrite } : new KeyLacksScope(scope);
    }
}
