using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>The lines of the actor's own wallet, also those that gave nothing. A page costs the same in a wallet of any size.</summary>
public sealed class WalletLineQueries(PortalDb portal)
{
    public const int PageSize = 25;

    /// <summary>Lines fetched at a time for a file.</summary>
    private const int Chunk = 500;

    /// <param name="view">Which lines; without a currency those of all.</param>
    /// <param name="actor">Sees its own account's; nobody else's.</param>
    /// <param name="ct">Cancels.</param>
    public Task<Page<WalletLine>> PageAsync(WalletView view, Actor actor, CancellationToken ct) => PageAsync(view, PageSize, actor, ct);

    /// <returns>Null when the line is not in the actor's wallet.</returns>
    public async Task<WalletLine?> FindAsync(long id, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } own, MaySeeMoney: true })
        {
            return null;
        }

        await using var db = await portal.ReadAsync(ct);
        return await Read(db, db.CommissionLines.Where(l => l.Id == id && l.PartnerId == own)).FirstOrDefaultAsync(ct) is { } row ? Write(row) : null;
    }

    /// <summary>All lines that a filter finds, the newest first, fetched page by page, so that neither they nor a transaction are held.</summary>
    public async IAsyncEnumerable<WalletLine> AllAsync(WalletView view, Actor actor, [EnumeratorCancellation] CancellationToken ct)
    {
        var at = view with { At = null };
        while (true)
        {
            var page = await PageAsync(at, Chunk, actor, ct);
            foreach (var line in page.Items)
            {
                yield return line;
            }

            if (page.Next is null)
            {
                yield break;
            }

            at = at with { At = page.Next };
        }
    }

    /// <summary>What there is by currency, month and state; from tallies, however many lines there are.</summary>
    /// <param name="since">The first month; null for all.</param>
    /// <param name="actor">Sees its own account's; nobody else's.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<MonthEarnings>> MonthsAsync(CalendarMonth? since, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } own, MaySeeMoney: true })
        {
            return [];
        }

        var from = since?.Number ?? 0;
        await using var db = await portal.ReadAsync(ct);
        var sums = await db.EarningTallies.Where(t => t.PartnerId == own && t.Month >= from).GroupBy(t => new { t.Currency, t.Month, t.State })
            .Select(g => new { g.Key.Currency, g.Key.Month, g.Key.State, Count = g.Sum(t => t.Count), Net = g.Sum(t => t.Net) }).Where(g => g.Count > 0).ToListAsync(ct);
        return [.. sums.Select(s => new MonthEarnings(s.Currency, CalendarMonth.FromNumber(s.Month), s.State, s.Count, s.Net))];
    }

    /// <summary>The highest level at which there is a line; 0 when there is none.</summary>
    public async Task<int> HighestLevelAsync(string currency, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } own, MaySeeMoney: true })
        {
            return 0;
        }

        await using var db = await portal.ReadAsync(ct);
        return await db.CommissionLines.Where(l => l.PartnerId == own && l.Currency == currency).MaxAsync(l => (int?)l.Level, ct) ?? 0;
    }

    /// <summary>UTC; when the next of what is held becomes available. Null when nothing is held, or all of it is under review.</summary>
    public async Task<DateTime?> NextReleaseAsync(string currency, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } own, MaySeeMoney: true })
        {
            return null;
        }

        await using var db = await portal.ReadAsync(ct);
        return await db.CommissionLines.Where(l => l.PartnerId == own && l.Currency == currency && l.Granted > l.Reversed && l.ReleasedAt == null
            && !PurchaseReviews.In(db).Any(c => c.ClientId == l.ClientId)).MinAsync(l => (DateTime?)l.HeldUntil, ct);
    }

    /// <summary>The initials of a line's client; null when the line is not in the actor's wallet.</summary>
    public async Task<string?> ClientOfAsync(long lineId, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } own, MaySeeMoney: true })
        {
            return null;
        }

        await using var db = await portal.ReadAsync(ct);
        var names = from l in db.CommissionLines join a in db.Accounts on l.ClientId equals a.Id where l.Id == lineId && l.PartnerId == own select a.Name;
        return await names.FirstOrDefaultAsync(ct) is { } name ? Initials.Of(name) : null;
    }

    /// <summary>Of the clients in the actor's own list, those whose purchases in a month brought it most, by currency.</summary>
    public async Task<IReadOnlyList<TopClient>> TopClientsAsync(string currency, CalendarMonth month, int atMost, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } own, MaySeeMoney: true })
        {
            return [];
        }

        await using var db = await portal.ReadAsync(ct);
        var sums = db.CommissionLines.Where(l => l.PartnerId == own && l.Currency == currency && l.Month == month.Number && l.Granted > l.Reversed)
            .GroupBy(l => l.ClientId).Select(g => new { ClientId = (long?)g.Key, Net = g.Sum(l => l.Granted - l.Reversed) });
        var tops = from s in sums join r in db.ClientRecords on s.ClientId equals r.ClientId where r.PartnerId == own orderby s.Net descending, r.Id select new { r.Id, r.Name, s.Net };
        return [.. (await tops.Take(atMost).ToListAsync(ct)).Select(t => new TopClient(t.Id, t.Name, currency, t.Net))];
    }

    /// <summary>A page of so many lines; else as <see cref="PageAsync(WalletView, Actor, CancellationToken)"/>.</summary>
    public async Task<Page<WalletLine>> PageAsync(WalletView view, int size, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } own, MaySeeMoney: true })
        {
            return new Page<WalletLine>([], null, null);
        }

        await using var db = await portal.ReadAsync(ct);
        var lines = db.CommissionLines.Where(l => l.PartnerId == own);
        if (view.ClientOf is { } line)
        {
            if (await lines.Where(l => l.Id == line).Select(l => (long?)l.ClientId).FirstOrDefaultAsync(ct) is not { } client)
            {
                return new Page<WalletLine>([], null, null);
            }

            lines = lines.Where(l => l.ClientId == client);
        }

        lines = view.Currency is { } currency ? lines.Where(l => l.Currency == currency) : lines;
        lines = view.Level is { } level ? lines.Where(l => l.Level == level) : lines;
        lines = view.Month is { } month ? lines.Where(l => l.Month == month.Number) : lines;
        lines = view.State is { } state ? In(lines, state) : lines;
        var page = await IdKeyset.NewestFirstAsync(lines, l => l.Id, rows => Read(db, rows), r => r.Line.Id, view.At, size, ct);
        return new Page<WalletLine>([.. page.Items.Select(Write)], page.Previous, page.Next);
    }

    /// <summary>In the words of the index that holds the lines of the state, or the database does not find it.</summary>
    internal static IQueryable<CommissionLine> In(IQueryable<CommissionLine> lines, WalletLineState state) => state switch
    {
        WalletLineState.Nothing => lines.Where(l => l.Granted == 0),
        WalletLineState.TakenBack => lines.Where(l => l.Granted > 0 && l.Granted == l.Reversed),
        WalletLineState.Held => lines.Where(l => l.Granted > l.Reversed && l.ReleasedAt == null),
        WalletLineState.Available => lines.Where(l => l.Granted > l.Reversed && l.ReleasedAt != null && l.Paid < l.Granted - l.Reversed),
        WalletLineState.Paid => lines.Where(l => l.Granted > l.Reversed && l.ReleasedAt != null && l.Paid >= l.Granted - l.Reversed),
    };

    internal static IQueryable<Row> Read(PortalDbContext db, IQueryable<CommissionLine> lines) =>
        from l in lines
        join p in db.Purchases on l.PurchaseId equals p.Id
        join a in db.Accounts on p.ClientId equals a.Id
        join v in db.PlanVersions on l.PlanVersionId equals (long?)v.Id into versions
        from v in versions.DefaultIfEmpty()
        join c in db.CommissionPlans on v.PlanId equals c.Id into plans
        from c in plans.DefaultIfEmpty()
        select new Row
        {
            Line = l,
            Purchase = p,
            Client = a.Name,
            Version = v,
            Plan = c.Name,
            IsUnderReview = PurchaseReviews.In(db).Any(f => f.ClientId == p.ClientId && f.PartnerId == p.PartnerId),
        };

    internal static WalletLine Write(Row row)
    {
        var (l, p) = (row.Line, row.Purchase);
        return new WalletLine(
            l.Id, p.OccurredAt, Initials.Of(row.Client), p.Product, l.Currency, l.Level, l.Reason, l.Cap, l.BasisPoints, l.Fixed, p.Amount, p.Discount, l.Base, p.Refunded, l.BeforeCaps,
            l.Granted, l.Reversed, l.HeldUntil, l.ReleasedAt, l.Paid, l.PaidAt, row.Plan, row.Version?.Number, row.Version?.Rules, row.IsUnderReview);
    }

    internal sealed class Row
    {
        public required CommissionLine Line { get; init; }

        public required Purchase Purchase { get; init; }

        public required string Client { get; init; }

        public PlanVersion? Version { get; init; }

        public string? Plan { get; init; }

        public required bool IsUnderReview { get; init; }
    }
}
