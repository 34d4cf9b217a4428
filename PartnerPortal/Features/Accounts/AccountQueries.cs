using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Accounts;

/// <summary>An account a user is a member of.</summary>
public sealed record Seat(long AccountId, string Name, MemberRole Role);

/// <summary>What the actor's account says about itself.</summary>
public sealed record OwnAccount(long Id, long Number, AccountKind Kind, string Name, string Code, string? Email, string? Phone, string? Website, string Language, string? SponsorName);

public sealed class AccountQueries(PortalDb portal)
{
    public async Task<IReadOnlyList<Seat>> SeatsAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return await (
            from m in db.Members
            join a in db.Accounts on m.AccountId equals a.Id
            where m.UserId == actor.UserId
            orderby a.Kind, a.Name
            select new Seat(a.Id, a.Name, m.Role)).ToListAsync(ct);
    }

    /// <returns>Null when the actor works in no account.</returns>
    public async Task<OwnAccount?> OwnAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return await (
            from a in db.Accounts
            join s in db.Accounts on a.SponsorId equals s.Id into sponsors
            from s in sponsors.DefaultIfEmpty()
            where a.Id == actor.AccountId
            select new OwnAccount(a.Id, AccountNumber.Offset + a.Id, a.Kind, a.Name, a.Code, a.Email, a.Phone, a.Website, a.Language, s.Name)).FirstOrDefaultAsync(ct);
    }
}
