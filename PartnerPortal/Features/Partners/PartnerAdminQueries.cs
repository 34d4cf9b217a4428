using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Partners;

/// <summary>The lists of staff's partner page.</summary>
public enum PartnerTab
{
    Applied,

    /// <summary>Active integrators.</summary>
    Active,

    /// <summary>Suspended, integrators and referrers.</summary>
    Suspended,
    Rejected,

    /// <summary>Clients who recommend others, active.</summary>
    Referrers,

    /// <summary>Ended by staff, of either kind.</summary>
    Closed,

    /// <summary>In any state, of either kind.</summary>
    All,
}

public sealed record PartnerFilter(PartnerTab Tab, SearchQuery Search, long? GroupId);

/// <param name="CreatedAt">UTC: when it applied, was created, or began to refer.</param>
/// <param name="ActiveSince">UTC; null while it never was active.</param>
public sealed record PartnerRow(
    long AccountId, long Number, string Name, AccountKind AccountKind, PartnerKind Kind, PartnerState State, string? Email, string? ExternalId, string? Group, DateTime CreatedAt, DateTime? ActiveSince);

/// <param name="About">What the applicant wrote about itself; may be empty.</param>
/// <param name="Reason">Why it is suspended, rejected or closed; null otherwise.</param>
public sealed record PartnerDetail(PartnerRow Row, long? GroupId, string Code, string? Phone, string? Website, string About, string? Reason);

public sealed record GroupOption(long Id, string Name, bool TakesReferrers);

/// <summary>Partners as staff sees them, and, one by one and as a list, machines of the program. Nothing for anybody else.</summary>
public sealed class PartnerAdminQueries(PortalDb portal)
{
    public const int PageSize = 25;

    /// <summary>Newest account first.</summary>
    public async Task<Page<PartnerRow>> FindAsync(PartnerFilter filter, string? cursor, Actor actor, CancellationToken ct, int size = PageSize)
    {
        if (!MayRead(actor))
        {
            return new Page<PartnerRow>([], null, null);
        }

        await using var db = await portal.ReadAsync(ct);
        var accounts = AccountSearchQueries.Matching(db.Accounts, filter.Search);
        var partners = InTab(db.Partners, filter.Tab).Where(p => accounts.Any(a => a.Id == p.AccountId));
        if (filter.GroupId is { } group)
        {
            partners = partners.Where(p => p.GroupId == group);
        }

        return await IdKeyset.NewestFirstAsync(partners, p => p.AccountId, rows => Rows(db, rows), row => row.AccountId, cursor, size, ct);
    }

    public async Task<IReadOnlyDictionary<PartnerTab, int>> CountsAsync(Actor actor, CancellationToken ct)
    {
        var counts = new Dictionary<PartnerTab, int>();
        if (!actor.IsStaff)
        {
            return counts;
        }

        await using var db = await portal.ReadAsync(ct);
        foreach (var tab in Enum.GetValues<PartnerTab>())
        {
            counts[tab] = await InTab(db.Partners, tab).CountAsync(ct);
        }

        return counts;
    }

    /// <summary>Partners in any state and of either kind; the newest first.</summary>
    public async Task<IReadOnlyList<PartnerRow>> FoundAsync(SearchQuery search, int limit, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return [];
        }

        await using var db = await portal.ReadAsync(ct);
        var accounts = AccountSearchQueries.Matching(db.Accounts, search);
        return await Rows(db, db.Partners.Where(p => accounts.Any(a => a.Id == p.AccountId)).OrderByDescending(p => p.AccountId).Take(limit)).ToListAsync(ct);
    }

    /// <summary>Active partners of either kind, to whom a client could be given; the newest first.</summary>
    public async Task<IReadOnlyList<PartnerRow>> ActiveAsync(SearchQuery search, int limit, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return [];
        }

        await using var db = await portal.ReadAsync(ct);
        var accounts = AccountSearchQueries.Matching(db.Accounts, search).Where(a => a.State == AccountState.Active);
        var partners = db.Partners.Where(p => p.State == PartnerState.Active && accounts.Any(a => a.Id == p.AccountId));
        return await Rows(db, partners.OrderByDescending(p => p.AccountId).Take(limit)).ToListAsync(ct);
    }

    /// <returns>Null when the account is no partner.</returns>
    public async Task<PartnerDetail?> DetailAsync(long accountId, Actor actor, CancellationToken ct)
    {
        if (!MayRead(actor))
        {
            return null;
        }

        await using var db = await portal.ReadAsync(ct);
        if (await Rows(db, db.Partners.Where(p => p.AccountId == accountId)).FirstOrDefaultAsync(ct) is not { } row)
        {
            return null;
        }

        return await (
            from p in db.Partners
            join a in db.Accounts on p.AccountId equals a.Id
            where p.AccountId == accountId
            select new PartnerDetail(row, p.GroupId, a.Code, a.Phone, a.Website, p.About, p.Reason)).FirstAsync(ct);
    }

    public async Task<IReadOnlyList<GroupOption>> GroupsAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return [];
        }

        await using var db = await portal.ReadAsync(ct);
        return await db.PartnerGroups.OrderBy(g => g.Name).Select(g => new GroupOption(g.Id, g.Name, g.TakesReferrers)).ToListAsync(ct);
    }

    private static bool MayRead(Actor actor) => actor.IsStaff || actor.ProgramScope is ProgramScopes.PartnersRead;

    private static IQueryable<Partner> InTab(IQueryable<Partner> partners, PartnerTab tab) => tab switch
    {
        PartnerTab.Applied => partners.Where(p => p.State == PartnerState.Applied),
        PartnerTab.Active => partners.Where(p => p.State == PartnerState.Active && p.Kind == PartnerKind.Integrator),
        PartnerTab.Suspended => partners.Where(p => p.State == PartnerState.Suspended),
        PartnerTab.Rejected => partners.Where(p => p.State == PartnerState.Rejected),
        PartnerTab.Closed => partners.Where(p => p.State == PartnerState.Closed),
        PartnerTab.All => partners,
        PartnerTab.Referrers => partners.Where(p => p.State == PartnerState.Active && p.Kind == PartnerKind.Referrer),
    };

    private static IQueryable<PartnerRow> Rows(PortalDbContext db, IQueryable<Partner> partners) =>
        from p in partners
        join a in db.Accounts on p.AccountId equals a.Id
        join g in db.PartnerGroups on p.GroupId equals g.Id into groups
        from g in groups.DefaultIfEmpty()
        select new PartnerRow(a.Id, AccountNumber.Offset + a.Id, a.Name, a.Kind, p.Kind, p.State, a.Email, a.ExternalId, g.Name, p.CreatedAt, p.ActiveSince);
}
