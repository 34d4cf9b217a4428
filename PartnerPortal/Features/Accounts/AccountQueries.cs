using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Accounts;

/// <summary>An account a user is a member of.</summary>
public sealed record Seat(long AccountId, string Name, MemberRole Role);

/// <summary>What the actor's account says about itself.</summary>
public sealed record OwnAccount(long Id, long Number, AccountKind Kind, string Name, string Code, string? Email, string? Phone, string? Website, string Language, string? SponsorName);

public sealed class AccountQueries(PortalDb portal, PreparedStatements statements)
{
    public async Task<IReadOnlyList<Seat>> SeatsAsync(Actor actor, CancellationToken ct)
    {
        if (actor.UserId is not { } userId)
        {
            return [];
        }

        await using var connection = await statements.RentAsync(ct);
        var question = new SqlText()
            .Add("SELECT a.\"Id\", a.\"Name\", m.\"Role\" FROM \"Members\" m JOIN \"Accounts\" a ON a.\"Id\" = m.\"AccountId\" WHERE m.\"UserId\" = ").Value(userId)
            .Add(" ORDER BY a.\"Kind\", a.\"Name\"");
        return await connection.ReadAsync(question, row => new Seat(row.GetInt64(0), row.GetString(1), Enum.Parse<MemberRole>(row.GetString(2))), ct);
    }

    /// <returns>Null when the actor works in no account.</returns>
    public async Task<OwnAccount?> OwnAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return actor.AccountId is { } own ? await About(db, own).FirstOrDefaultAsync(ct) : null;
    }

    /// <summary>What the account says about itself. Whether the reader may know is the caller's matter.</summary>
    public static IQueryable<OwnAccount> About(PortalDbContext db, long accountId) =>
        from a in db.Accounts
        join s in db.Accounts on a.SponsorId equals s.Id into sponsors
        from s in sponsors.DefaultIfEmpty()
        where a.Id == accountId
        select new OwnAccount(a.Id, AccountNumber.Offset + a.Id, a.Kind, a.Name, a.Code, a.Email, a.Phone, a.Website, a.Language, s.Name);
}
