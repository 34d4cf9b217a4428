using System.Globalization;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Partners;

namespace PartnerPortal.Identity;

/// <summary>Reads from the database who a signed-in person is now: a removed membership or role, or a suspended partner, bites at the next call.</summary>
public sealed class ActorSource(PortalDb portal)
{
    /// <summary>The claim that names the account the person works in.</summary>
    public const string AccountClaim = "portal:account";

    /// <returns>The visitor when nobody is signed in, or the user is gone or locked out.</returns>
    public async Task<Actor> GetAsync(ClaimsPrincipal principal, CancellationToken ct = default)
    {
        if (!TryId(principal, ClaimTypes.NameIdentifier, out var userId))
        {
            return Actor.Visitor;
        }

        TryId(principal, AccountClaim, out var accountId);
        await using var db = await portal.ReadAsync(ct);
        var user = await db.Users.Where(u => u.Id == userId).Select(u => new { u.FullName, u.Email, u.Language }).FirstOrDefaultAsync(ct);
        if (user is null)
        {
            return Actor.Visitor;
        }

        var roles = await (from r in db.UserRoles join n in db.Roles on r.RoleId equals n.Id where r.UserId == userId select n.Name).ToListAsync(ct);
        var seat = await (
            from m in db.Members
            join a in db.Accounts on m.AccountId equals a.Id
            join p in db.Partners on a.Id equals p.AccountId into partners
            from p in partners.DefaultIfEmpty()
            where m.UserId == userId
            orderby m.AccountId == accountId descending, m.AccountId
            select new { m.AccountId, a.Name, m.Role, State = (PartnerState?)p.State, Kind = (PartnerKind?)p.Kind }).FirstOrDefaultAsync(ct);
        var approved = seat?.State is PartnerState.Active or PartnerState.Suspended;
        return new Actor(userId, user.FullName, seat?.AccountId, seat?.Name ?? "", seat?.Role)
        {
            Email = user.Email ?? "",
            Language = user.Language,
            IsPartner = approved,
            IsActivePartner = seat?.State is PartnerState.Active,
            IsIntegrator = approved && seat?.Kind is PartnerKind.Integrator,
            IsSupport = roles.Contains(StaffRoles.Support),
            IsOwner = roles.Contains(StaffRoles.Owner),
        };
    }

    private static bool TryId(ClaimsPrincipal principal, string claim, out long id) =>
        long.TryParse(principal.FindFirstValue(claim), NumberStyles.None, CultureInfo.InvariantCulture, out id);
}
