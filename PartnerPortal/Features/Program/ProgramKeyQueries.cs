using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Program;

/// <summary>A key as the owner's list shows it. Times are UTC.</summary>
/// <param name="Start">How it begins.</param>
/// <param name="LastUsedAt">Null while it was never used.</param>
/// <param name="RevokedAt">Null while it works.</param>
public sealed record ProgramKeyRow(long Id, string Name, string Scope, string Start, DateTime CreatedAt, DateTime? LastUsedAt, DateTime? RevokedAt);

public sealed class ProgramKeyQueries(PortalDb portal)
{
    /// <summary>Those that work first, then the newest; empty for anybody but an owner.</summary>
    public async Task<IReadOnlyList<ProgramKeyRow>> ListAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.IsOwner)
        {
            return [];
        }

        await using var db = await portal.ReadAsync(ct);
        return await db.ProgramKeys.OrderBy(k => k.RevokedAt != null).ThenByDescending(k => k.Id)
            .Select(k => new ProgramKeyRow(k.Id, k.Name, k.Scope, k.Start, k.CreatedAt, k.LastUsedAt, k.RevokedAt)).ToListAsync(ct);
    }
}
