using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Flags;

/// <summary>A flag in support's list. Times are UTC.</summary>
/// <param name="Partner">Empty when its account is closed.</param>
/// <param name="Count">Of clients, refunds or accounts.</param>
/// <param name="IsOwn">The reader belongs to the partner or to one of the clients: a colleague decides.</param>
public sealed record FlagRow(long Id, FlagKind Kind, FlagState State, long PartnerId, string Partner, int Count, DateTime RaisedAt, DateTime? DecidedAt, bool IsOwn);

/// <summary>What lines of a flagged client come to in one currency; minor units.</summary>
/// <param name="Open">Not paid.</param>
public sealed record FlaggedSum(string Currency, long Open, long Paid);

/// <param name="Name">Empty when its account is closed.</param>
/// <param name="Purchases">That were the partner's.</param>
/// <param name="Sums">Over all levels.</param>
public sealed record FlaggedRow(long ClientId, string Name, FlagMatches Matches, FlaggedState State, int Purchases, IReadOnlyList<FlaggedSum> Sums);

/// <summary>A flag with its clients; those are left out where one of the accounts is the reader's own.</summary>
/// <param name="Reason">Of the latest decision; empty while there is none.</param>
/// <param name="DecidedBy">Empty likewise, and when that person is gone.</param>
public sealed record FlagFile(FlagRow Row, string Reason, string DecidedBy, IReadOnlyList<FlaggedRow> Clients);

/// <summary>All flags, for staff.</summary>
public sealed class FlagDeskQueries(PortalDb portal)
{
    public const int PageSize = 50;

    /// <summary>The newest first; empty for anybody but staff.</summary>
    public async Task<Page<FlagRow>> PageAsync(FlagState state, string? cursor, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new Page<FlagRow>([], null, null);
        }

        await using var db = await portal.ReadAsync(ct);
        return await IdKeyset.NewestFirstAsync(db.ReviewFlags.Where(f => f.State == state), f => f.Id, rows => Rows(db, rows, actor), r => r.Id, cursor, PageSize, ct);
    }

    public async Task<IReadOnlyDictionary<FlagState, int>> CountsAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new Dictionary<FlagState, int>();
        }

        await using var db = await portal.ReadAsync(ct);
        return await db.ReviewFlags.GroupBy(f => f.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
    }

    /// <returns>Null when there is none, and for anybody but staff.</returns>
    public async Task<FlagFile?> OneAsync(long id, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return null;
        }

        await using var db = await portal.ReadAsync(ct);
        if (await Rows(db, db.ReviewFlags.Where(f => f.Id == id), actor).SingleOrDefaultAsync(ct) is not { } row)
        {
            return null;
        }

        var said = await db.ReviewFlags.Where(f => f.Id == id).Select(f => new { f.Reason, By = db.Users.Where(u => u.Id == f.DecidedByUserId).Select(u => u.FullName).FirstOrDefault() }).SingleAsync(ct);
        return row.IsOwn ? new FlagFile(row, "", said.By ?? "", []) : new FlagFile(row, said.Reason, said.By ?? "", await ClientsAsync(db, row, ct));
    }

    private static async Task<IReadOnlyList<FlaggedRow>> ClientsAsync(PortalDbContext db, FlagRow row, CancellationToken ct)
    {
        var clients = await (
            from c in db.FlaggedClients
            join a in db.Accounts on c.ClientId equals a.Id
            where c.FlagId == row.Id
            orderby c.Id
            select new { c.ClientId, a.Name, c.Matches, c.State, Purchases = db.Purchases.Count(p => p.ClientId == c.ClientId && p.PartnerId == row.PartnerId) }).ToListAsync(ct);
        var sums = (await (
            from c in db.FlaggedClients
            join p in db.Purchases on c.ClientId equals p.ClientId
            join l in db.CommissionLines on p.Id equals l.PurchaseId
            where c.FlagId == row.Id && p.PartnerId == row.PartnerId
            group l by new { c.ClientId, l.Currency } into g
            select new { g.Key.ClientId, g.Key.Currency, Net = g.Sum(l => l.Granted - l.Reversed), Paid = g.Sum(l => l.Paid) }).ToListAsync(ct)).ToLookup(s => s.ClientId, s => new FlaggedSum(s.Currency, s.Net - s.Paid, s.Paid));
        return clients.ConvertAll(c => new FlaggedRow(c.ClientId, c.Name, c.Matches, c.State, c.Purchases, [.. sums[c.ClientId].OrderBy(s => s.Currency, StringComparer.Ordinal)]));
    }

    private static IQueryable<FlagRow> Rows(PortalDbContext db, IQueryable<ReviewFlag> flags, Actor actor) =>
        from f in flags
        join p in db.Accounts on f.PartnerId equals p.Id
        select new FlagRow(
            f.Id, f.Kind, f.State, f.PartnerId, p.Name, f.Count, f.RaisedAt, f.DecidedAt,
            db.Members.Any(m => m.UserId == actor.UserId && (m.AccountId == f.PartnerId || db.FlaggedClients.Any(c => c.FlagId == f.Id && c.ClientId == m.AccountId))));
}
