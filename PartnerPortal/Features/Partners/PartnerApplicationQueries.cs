using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Partners;

/// <summary>How the actor's own account stands with being an integrator, and what its form starts with.</summary>
/// <param name="Kind">Firm or person.</param>
/// <param name="Name">Shown to those whom it invites.</param>
/// <param name="Website">Null when not given.</param>
/// <param name="State">Null when it never applied and never referred anybody.</param>
/// <param name="PartnerKind">Null likewise.</param>
/// <param name="Since">UTC: when it applied; null likewise.</param>
/// <param name="About">What it wrote when it applied; may be empty.</param>
/// <param name="Reason">Why it was rejected or suspended; null otherwise.</param>
public sealed record OwnApplication(AccountKind Kind, string Name, string? Website, PartnerState? State, PartnerKind? PartnerKind, DateTime? Since, string About, string? Reason);

public sealed class PartnerApplicationQueries(PortalDb portal)
{
    /// <returns>Null when the actor works in no account.</returns>
    public async Task<OwnApplication?> OwnAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return await (
            from a in db.Accounts
            join p in db.Partners on a.Id equals p.AccountId into partners
            from p in partners.DefaultIfEmpty()
            where a.Id == actor.AccountId
            select new OwnApplication(a.Kind, a.Name, a.Website, (PartnerState?)p.State, (PartnerKind?)p.Kind, (DateTime?)p.CreatedAt, p.About ?? "", p.Reason)).FirstOrDefaultAsync(ct);
    }
}
