using System.Data.Common;
using System.Globalization;
using System.Security.Claims;
using PartnerPortal.Data;
using PartnerPortal.Features.Partners;
using PartnerPortal.Shared;

namespace PartnerPortal.Identity;

/// <summary>Reads from the database who a signed-in person is now: a removed membership or role, or a suspended partner, bites at the next call.</summary>
public sealed class ActorSource(PreparedStatements statements, TimeProvider clock)
{
    /// <summary>The claim that names the start of acting for a client. It comes from a cookie of its own and only for the request and the circuit that it opens.</summary>
    public const string ActingClaim = "portal:acting";

    /// <summary>The claim that names the account the person works in.</summary>
    public const string AccountClaim = "portal:account";

    /// <returns>The visitor when nobody is signed in, or the user is gone or disabled.</returns>
    public async Task<Actor> GetAsync(ClaimsPrincipal principal, CancellationToken ct = default)
    {
        if (!TryId(principal, ClaimTypes.NameIdentifier, out var userId))
        {
            return Actor.Visitor;
        }

        if (principal.HasClaim(c => c.Type == ActingClaim))
        {
            return await ActingAsync(principal, userId, ct);
        }

        TryId(principal, AccountClaim, out var accountId);
        await using var connection = await statements.RentAsync(ct);
        return await connection.ReadAsync(Question(userId, accountId, connection.IsSqlite), row => Read(userId, row), ct) is [var actor] ? actor : Actor.Visitor;
    }

    /// <summary>How the account of a partner's machine stands as a partner now. No rights but to read what was its own once it is suspended or closed; none at all where it is no partner.</summary>
    /// <param name="machine">As its key says.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Actor> OfMachineAsync(Actor machine, CancellationToken ct)
    {
        await using var connection = await statements.RentAsync(ct);
        var sql = new SqlText().Add("""SELECT a."Name", p."State", p."Kind" FROM "Accounts" a JOIN "Partners" p ON p."AccountId" = a."Id" WHERE a."State" <> 'Closed' AND a."Id" = """)
            .Add(" ").Value(machine.AccountId ?? 0);
        var found = await connection.ReadAsync(sql, r => (Name: r.GetString(0), State: Enum.Parse<PartnerState>(r.GetString(1)), Kind: Enum.Parse<PartnerKind>(r.GetString(2))), ct);
        return found is not [var (name, state, kind)] || state is not (PartnerState.Active or PartnerState.Suspended or PartnerState.Closed) ? machine : machine with
        {
            AccountName = name,
            IsPartner = true,
            IsActivePartner = state is PartnerState.Active,
            IsIntegrator = kind is PartnerKind.Integrator,
        };
    }

    /// <summary>One statement, as every page and every action on it asks for this.</summary>
    private static SqlText Question(long userId, long accountId, bool isSqlite) => new SqlText()
        .Add($"""
            SELECT u."FullName", u."Email", u."Language", m."AccountId", a."Name", m."Role", p."State", p."Kind",
              (SELECT {(isSqlite ? "group_concat" : "string_agg")}(n."Name", ',') FROM "AspNetUserRoles" r JOIN "AspNetRoles" n ON n."Id" = r."RoleId" WHERE r."UserId" = u."Id"),
              (SELECT g."HiddenSections" FROM "ProgramSettings" g)
            FROM "AspNetUsers" u
            LEFT JOIN "Members" m ON m."UserId" = u."Id" LEFT JOIN "Accounts" a ON a."Id" = m."AccountId" LEFT JOIN "Partners" p ON p."AccountId" = m."AccountId"
            WHERE u."DisabledAt" IS NULL AND u."Id" =
            """).Add(" ").Value(userId).Add(" ORDER BY CASE WHEN m.\"AccountId\" = ").Value(accountId).Add(" THEN 0 ELSE 1 END, m.\"AccountId\" LIMIT 1");

    /// <summary>Who acts for a client is that and nothing else. When the grant does not hold any more, the person may do nothing: the page it has open is of another's account.</summary>
    private async Task<Actor> ActingAsync(ClaimsPrincipal principal, long userId, CancellationToken ct)
    {
        TryId(principal, ActingClaim, out var sessionId);
        await using var connection = await statements.RentAsync(ct);
        return await connection.ReadAsync(ActingQuestion(userId, sessionId), row => ReadActing(userId, row, clock.GetUtcNow().UtcDateTime), ct) is [var actor] ? actor : Actor.Visitor;
    }

    /// <summary>One statement, too. A grant of a partner holds for as long as the client is its client.</summary>
    private static SqlText ActingQuestion(long userId, long sessionId) => new SqlText()
        .Add("""
            SELECT u."FullName", u."Email", u."Language", s."Id", g."Id", g."ClientId", c."Name", g."PartnerId", p."Name", g."Scopes", g."EndsAt", m."Role", r."State",
              (SELECT count(*) FROM "AspNetUserRoles" x WHERE x."UserId" = u."Id")
            FROM "AspNetUsers" u
            LEFT JOIN "AccessSessions" s ON s."UserId" = u."Id" AND s."EndedAt" IS NULL AND s."Id" =
            """).Add(" ").Value(sessionId).Add("""

            LEFT JOIN "AccessGrants" g ON g."Id" = s."GrantId" AND g."State" = 'Running' AND (g."PartnerId" IS NULL
              OR EXISTS (SELECT 1 FROM "Attributions" a WHERE a."ClientId" = g."ClientId" AND a."PartnerId" = g."PartnerId" AND a."EndedAt" IS NULL))
            LEFT JOIN "Accounts" c ON c."Id" = g."ClientId" LEFT JOIN "Accounts" p ON p."Id" = g."PartnerId"
            LEFT JOIN "Members" m ON m."AccountId" = g."PartnerId" AND m."UserId" = u."Id" LEFT JOIN "Partners" r ON r."AccountId" = g."PartnerId"
            WHERE u."DisabledAt" IS NULL AND u."Id" =
            """).Add(" ").Value(userId);

    private static Actor ReadActing(long userId, DbDataReader row, DateTime now)
    {
        var actor = new Actor(userId, row.GetString(0), null, "", null) { Email = row.IsDBNull(1) ? "" : row.GetString(1), Language = row.GetString(2) };
        if (row.IsDBNull(4) || row.IsDBNull(10) || DateTime.SpecifyKind(row.GetDateTime(10), DateTimeKind.Utc) is var until && until <= now)
        {
            return actor with { HasLostAccess = true };
        }

        var isPartner = !row.IsDBNull(7);
        var mayUse = isPartner
            ? !row.IsDBNull(11) && Enum.Parse<MemberRole>(row.GetString(11)) is MemberRole.Admin or MemberRole.Seller && !row.IsDBNull(12) && Enum.Parse<PartnerState>(row.GetString(12)) is PartnerState.Active
            : row.GetInt64(13) > 0;
        return !mayUse ? actor with { HasLostAccess = true } : actor with
        {
            Acting = new Acting(
                row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetString(6), isPartner ? row.GetInt64(7) : null, isPartner ? row.GetString(8) : "",
                Enum.Parse<AccessScopes>(row.GetString(9)), until),
        };
    }

    private static Actor Read(long userId, DbDataReader row)
    {
        var roles = Text(8)?.Split(',') ?? [];
        var state = Named<PartnerState>(6);
        var approved = state is PartnerState.Active or PartnerState.Suspended or PartnerState.Closed;
        var isIntegrator = approved && Named<PartnerKind>(7) is PartnerKind.Integrator;
        return new Actor(userId, row.GetString(0), row.IsDBNull(3) ? null : row.GetInt64(3), Text(4) ?? "", Named<MemberRole>(5))
        {
            Email = Text(1) ?? "",
            Language = row.GetString(2),
            IsPartner = approved,
            IsActivePartner = state is PartnerState.Active,
            IsIntegrator = isIntegrator,
            Hidden = isIntegrator || roles.Length > 0 ? ClientSection.None : Named<ClientSection>(9) ?? ClientSection.None,
            IsSupport = roles.Contains(StaffRoles.Support),
            IsOwner = roles.Contains(StaffRoles.Owner),
        };

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);

        T? Named<T>(int column)
            where T : struct, Enum => Text(column) is { } name ? Enum.Parse<T>(name) : null;
    }

    private static bool TryId(ClaimsPrincipal principal, string claim, out long id) =>
        long.TryParse(principal.FindFirstValue(claim), NumberStyles.None, CultureInfo.InvariantCulture, out id);
}
