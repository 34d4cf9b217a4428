using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Program;

/// <summary>A key as the list of whoever holds it shows it. Times are UTC.</summary>
/// <param name="Start">How it begins.</param>
/// <param name="ExpiresAt">Null when it works until it is revoked.</param>
/// <param name="LastUsedAt">Null while it was never used.</param>
/// <param name="RevokedAt">Null while it works.</param>
public sealed record ProgramKeyRow(long Id, string Name, string Scope, string Start, DateTime CreatedAt, DateTime? ExpiresAt, DateTime? LastUsedAt, DateTime? RevokedAt);

public sealed class ProgramKeyQueries(PortalDb portal)
{
    /// <summary>Those that work first, then the newest; empty for who may not make such keys.</summary>
    public async Task<IReadOnlyList<ProgramKeyRow>> ListAsync(KeyHolder holder, Actor actor, CancellationToken ct)
    {
        if (!KeyRules.MayHold(holder, actor))
        {
            return [];
        }

        var account = KeyRules.AccountOf(holder, actor);
        await using var db = await portal.ReadAsync(ct);
        return await db.ProgramKeys.Where(k => k.AccountId == account).OrderBy(k => k.RevokedAt != null).ThenByDescending(k => k.Id)
            .Select(k => new ProgramKeyRow(k.Id, k.Name, k.Scope, k.Start, k.CreatedAt, k.ExpiresAt, k.LastUsedAt, k.RevokedAt)).ToListAsync(ct);
    }
}

/// <summary>Who makes, lists and revokes which keys.</summary>
internal static class KeyRules
{
    /// <summary>Keys of the program are the owner's; a partner's are those of the people who administer an integrator's account. A machine makes no keys.</summary>
    public static bool MayHold(KeyHolder holder, Actor actor) => actor.IsSignedIn && holder switch
    {
        KeyHolder.Program => actor.IsOwner,
        KeyHolder.Partner => actor is { IsIntegrator: true, MayAdminister: true, AccountId: not null },
    };

    public static long? AccountOf(KeyHolder holder, Actor actor) => holder is KeyHolder.Partner ? actor.AccountId : null;
}
