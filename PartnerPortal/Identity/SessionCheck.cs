using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using PartnerPortal.Data;

namespace PartnerPortal.Identity;

/// <summary>
/// Whether a sign-in still holds: the security stamp in the cookie is the user's present one. It changes with the password, the address, the second step, and with "sign out everywhere".
/// A good answer is kept for two seconds, so that a page's requests do not each ask the database.
/// </summary>
public sealed class SessionCheck(PortalDb portal, IMemoryCache cache, IOptions<IdentityOptions> options)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(2);

    /// <param name="principal">Who is signed in.</param>
    /// <param name="afresh">Ask the database in any case.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False also when the user is gone.</returns>
    public async Task<bool> HoldsAsync(ClaimsPrincipal principal, bool afresh, CancellationToken ct)
    {
        if (!long.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var userId))
        {
            return false;
        }

        var (key, carried) = ((nameof(SessionCheck), userId), principal.FindFirstValue(options.Value.ClaimsIdentity.SecurityStampClaimType));
        if (!afresh && carried is not null && cache.TryGetValue(key, out string? known) && known == carried)
        {
            return true;
        }

        // Also when another stamp is kept: this may be the newer cookie, of the browser that changed the password a moment ago.
        await using var db = await portal.ReadAsync(ct);
        var stamp = await db.Users.Where(u => u.Id == userId).Select(u => u.SecurityStamp).FirstOrDefaultAsync(ct);
        cache.Set(key, stamp, Kept);
        return stamp is not null && stamp == carried;
    }
}
