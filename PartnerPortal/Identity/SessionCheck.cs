using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PartnerPortal.Data;

namespace PartnerPortal.Identity;

/// <summary>
/// Whether a sign-in still holds: nobody ended it, nobody disabled the person, and the security stamp in the cookie is the user's present one. The stamp changes with the password, the address, the second step and
/// staff roles. Asked of the database at every request, by primary and unique keys: an answer kept for a while would be a session that lives on for that while.
/// </summary>
public sealed class SessionCheck(PreparedStatements statements, IOptions<IdentityOptions> options)
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
        await using var connection = await statements.RentAsync(ct);
        return await connection.ReadAsync(Question(userId, stamp, session), row => row.GetInt32(0), ct) is [1];
    }

    private static SqlText Question(long userId, string stamp, string? session)
    {
        var sql = new SqlText().Add("SELECT 1 FROM \"AspNetUsers\" u WHERE u.\"DisabledAt\" IS NULL AND u.\"Id\" = ").Value(userId).Add(" AND u.\"SecurityStamp\" = ").Value(stamp);
        return session is null ? sql
            : sql.Add(" AND EXISTS (SELECT 1 FROM \"UserSessions\" s WHERE s.\"EndedAt\" IS NULL AND s.\"UserId\" = u.\"Id\" AND s.\"Key\" = ").Value(session).Add(")");
    }
}
