using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PartnerPortal.Data;

namespace PartnerPortal.Identity;

/// <summary>
/// Whether a sign-in still holds: nobody ended it, and the security stamp in the cookie is the user's present one. The stamp changes with the password, the address, the second step and
/// staff roles. Asked of the database at every request, by primary and unique keys: an answer kept for a while would be a session that lives on for that while.
/// </summary>
public sealed class SessionCheck(PortalDb portal, IOptions<IdentityOptions> options)
{
    /// <summary>The claim that names the sign-in's own row; cookies of before there were such rows have none.</summary>
    public const string SessionClaim = "portal:session";

    /// <param name="principal">Who is signed in.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False also when the user is gone.</returns>
    public async Task<bool> HoldsAsync(ClaimsPrincipal principal, CancellationToken ct)
    {
        var stamp = principal.FindFirstValue(options.Value.ClaimsIdentity.SecurityStampClaimType);
        if (stamp is null || !long.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var userId))
        {
            return false;
        }

        var session = principal.FindFirstValue(SessionClaim);
        await using var db = await portal.ReadAsync(ct);
        return await db.Users.AnyAsync(u => u.Id == userId && u.SecurityStamp == stamp
            && (session == null || db.UserSessions.Any(s => s.Key == session && s.UserId == userId && s.EndedAt == null)), ct);
    }
}
