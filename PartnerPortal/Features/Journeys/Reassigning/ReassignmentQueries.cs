using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Reassigning;

/// <summary>A reassignment as support's pages show it; times are UTC.</summary>
/// <param name="PartnerName">Empty while nobody is chosen.</param>
/// <param name="ClosesId">The account of the partner that is closed by it; null when none is.</param>
/// <param name="ClosesName">Its name; empty likewise.</param>
/// <param name="ToNobody">Its clients are released.</param>
public sealed record ReassignmentRow(
    long Id, ReassignmentState State, int Clients, long? PartnerId, string PartnerName, UnpaidLines Lines, string Reason, DateTime? StartsAt, DateTime CreatedAt, string CreatedBy,
    string DecidedBy, DateTime? StartedAt, DateTime? DoneAt, DateTime? UndoUntil, string UndoneBy, string UndoReason, DateTime? UndoneAt,
    long? ClosesId, string ClosesName, bool ToNobody);

/// <summary>Lines of one currency that fare alike.</summary>
/// <param name="Fate">Of lines that are not moved yet; "moves" of those that were.</param>
/// <param name="Amount">Minor units.</param>
public sealed record FateSum(string Currency, LineFate Fate, int Lines, long Amount);

/// <summary>What would be done, or was.</summary>
/// <param name="Waiting">Clients that can be moved and wait.</param>
/// <param name="WithoutPartner">Of them, those that have none now.</param>
/// <param name="Refused">By reason, those refused or about to be.</param>
/// <param name="Done">The others, by what became of them.</param>
/// <param name="Sums">Of the money, by currency.</param>
public sealed record ReassignmentSums(
    int Waiting, int WithoutPartner, IReadOnlyDictionary<ReassignRefusal, int> Refused, IReadOnlyDictionary<ReassignedState, int> Done, IReadOnlyList<FateSum> Sums)
{
    /// <summary>How many clients are through with.</summary>
    public int Through(ReassignmentState state) => state is ReassignmentState.Undoing
        ? Done.Where(d => d.Key is not ReassignedState.Moved).Sum(d => d.Value) + Refused.Values.Sum()
        : Done.Values.Sum() + Refused.Values.Sum();
}

/// <summary>One client of it.</summary>
/// <param name="Name">Empty when its account is closed.</param>
/// <param name="From">Its partner before, or now; null for none.</param>
/// <param name="Refusal">Why it is not moved; null when it is.</param>
public sealed record ReassignedRow(long Id, long ClientId, string Name, ReassignedState State, string? From, ReassignRefusal? Refusal, IReadOnlyList<FateSum> Sums);

/// <summary>Reassignments and their previews, for staff. A preview is three statements, however many clients and purchases it is of.</summary>
public sealed class ReassignmentQueries(PortalDb portal)
{
    public const int PageSize = 25;

    /// <summary>The newest first.</summary>
    public async Task<Page<ReassignmentRow>> PageAsync(string? cursor, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new Page<ReassignmentRow>([], null, null);
        }

        await using var db = await portal.ReadAsync(ct);
        return await IdKeyset.NewestFirstAsync(db.Reassignments, r => r.Id, rows => Rows(db, rows), r => r.Id, cursor, PageSize, ct);
    }

    /// <returns>Null when there is none, or the actor is no staff.</returns>
    public async Task<ReassignmentRow?> FindAsync(long id, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return null;
        }

        await using var db = await portal.ReadAsync(ct);
        return await Rows(db, db.Reassignments.Where(r => r.Id == id)).SingleOrDefaultAsync(ct);
    }

    /// <summary>Counts and sums over all of its clients.</summary>
    public async Task<ReassignmentSums?> SumsAsync(long id, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        if (!actor.IsStaff || await db.Reassignments.SingleOrDefaultAsync(r => r.Id == id, ct) is not { } of)
        {
            return null;
        }

        var decider = of.DecidedByUserId ?? actor.UserId;
        var states = await db.ReassignedClients.Where(c => c.ReassignmentId == id && c.State != ReassignedState.Waiting)
            .GroupBy(c => new { c.State, c.Refusal }).Select(g => new { g.Key.State, g.Key.Refusal, Count = g.Count() }).ToListAsync(ct);
        var judged = await ReassignJudgement.Of(db, of, decider).GroupBy(j => new { j.Verdict, HasPartner = j.PartnerId != null }).Select(g => new { g.Key.Verdict, g.Key.HasPartner, Count = g.Count() }).ToListAsync(ct);
        var refused = states.Where(s => s.Refusal is not null).Select(s => (Why: s.Refusal!.Value, s.Count))
            .Concat(judged.Where(j => j.Verdict is not null).Select(j => (Why: Enum.Parse<ReassignRefusal>(j.Verdict!), j.Count)))
            .GroupBy(r => r.Why).ToDictionary(g => g.Key, g => g.Sum(r => r.Count));
        var moves = judged.Where(j => j.Verdict is null).ToList();
        var sums = moves.Count == 0 ? [] : await ReassignJudgement.LinesOf(db, of, decider).GroupBy(l => new { l.Currency, l.Fate })
            .Select(g => new { g.Key.Currency, g.Key.Fate, Count = g.Count(), Sum = g.Sum(l => l.Amount) }).ToListAsync(ct);
        var moved = await Moved(db, of).GroupBy(m => m.Currency).Select(g => new { g.Key, Count = g.Count(), Sum = g.Sum(m => m.Amount) }).ToListAsync(ct);
        return new ReassignmentSums(
            moves.Sum(m => m.Count), moves.Where(m => !m.HasPartner).Sum(m => m.Count), refused,
            states.Where(s => s.Refusal is null).ToDictionary(s => s.State, s => s.Count),
            Drawn(sums.Select(s => new FateSum(s.Currency, Enum.Parse<LineFate>(s.Fate), s.Count, s.Sum)).Concat(moved.Select(m => new FateSum(m.Key, LineFate.Moves, m.Count, m.Sum)))));
    }

    /// <param name="id">The reassignment.</param>
    /// <param name="onlyRefused">Those that are not moved, alone.</param>
    /// <param name="cursor">Of a neighbouring page; null for the first.</param>
    /// <param name="actor">Anybody but staff gets nothing.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Page<ReassignedRow>> ClientsAsync(long id, bool onlyRefused, string? cursor, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        if (!actor.IsStaff || await db.Reassignments.SingleOrDefaultAsync(r => r.Id == id, ct) is not { } of)
        {
            return new Page<ReassignedRow>([], null, null);
        }

        var decider = of.DecidedByUserId ?? actor.UserId;
        var items = db.ReassignedClients.Where(c => c.ReassignmentId == id);
        if (onlyRefused)
        {
            var refused = ReassignJudgement.Of(db, of, decider).Where(j => j.Verdict != null).Select(j => j.ItemId);
            items = items.Where(c => c.State == ReassignedState.Refused || refused.Contains(c.Id));
        }

        var page = await IdKeyset.NewestFirstAsync(items, c => c.Id, rows =>
            from c in rows
            join a in db.Accounts on c.ClientId equals a.Id
            join p in db.Accounts on c.FromPartnerId equals (long?)p.Id into partners
            from p in partners.DefaultIfEmpty()
            select new Listed(c.Id, c.ClientId, a.Name, c.State, p.Name, c.Refusal), r => r.Id, cursor, PageSize, ct);
        return page.Items.Count == 0 ? new Page<ReassignedRow>([], null, null) : new Page<ReassignedRow>(await FillAsync(db, of, decider, page.Items, ct), page.Previous, page.Next);
    }

    private static async Task<IReadOnlyList<ReassignedRow>> FillAsync(PortalDbContext db, Reassignment of, long? decider, IReadOnlyList<Listed> listed, CancellationToken ct)
    {
        var (first, last, clients) = (listed.Min(l => l.Id), listed.Max(l => l.Id), listed.Select(l => l.ClientId).ToList());
        var judged = await ReassignJudgement.Of(db, of, decider, first, last).ToDictionaryAsync(j => j.ItemId, ct);
        var partners = judged.Values.Select(j => j.PartnerId).OfType<long>().Distinct().ToList();
        var names = await db.Accounts.Where(a => partners.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Name, ct);
        var lines = (await ReassignJudgement.LinesOf(db, of, decider, first, last).ToListAsync(ct)).Select(l => (l.ClientId, Sum: new FateSum(l.Currency, Enum.Parse<LineFate>(l.Fate), 1, l.Amount)));
        var moved = (await Moved(db, of).Where(m => clients.Contains(m.ClientId)).ToListAsync(ct)).Select(m => (m.ClientId, Sum: new FateSum(m.Currency, LineFate.Moves, 1, m.Amount)));
        var sums = lines.Concat(moved).ToLookup(l => l.ClientId, l => l.Sum);
        return
        [
            .. listed.Select(l => judged.GetValueOrDefault(l.Id) is { } now
                ? new ReassignedRow(l.Id, l.ClientId, l.Name, l.State, now.PartnerId is { } p ? names[p] : null, now.Verdict is { } verdict ? Enum.Parse<ReassignRefusal>(verdict) : null, Drawn(sums[l.ClientId]))
                : new ReassignedRow(l.Id, l.ClientId, l.Name, l.State, l.From, l.Refusal, Drawn(sums[l.ClientId]))),
        ];
    }

    private static IReadOnlyList<FateSum> Drawn(IEnumerable<FateSum> sums) =>
    [
        .. sums.GroupBy(s => (s.Currency, s.Fate)).OrderBy(g => g.Key.Currency, StringComparer.Ordinal).ThenBy(g => g.Key.Fate)
            .Select(g => new FateSum(g.Key.Currency, g.Key.Fate, g.Sum(s => s.Lines), g.Sum(s => s.Amount))),
    ];

    /// <summary>What went with it, as it stands where it is.</summary>
    private static IQueryable<MovedLine> Moved(PortalDbContext db, Reassignment of)
    {
        var (id, isBack) = (of.Id, of.State is ReassignmentState.Undone);
        return
            from m in db.CommissionMoves
            join l in db.CommissionLines on m.PurchaseId equals l.PurchaseId
            where m.ReassignmentId == id && m.HeldUntil != null && l.PartnerId == (isBack ? m.FromPartnerId : m.ToPartnerId)
            select new MovedLine { ClientId = m.ClientId, Currency = l.Currency, Amount = l.Granted - l.Reversed };
    }

    private static IQueryable<ReassignmentRow> Rows(PortalDbContext db, IQueryable<Reassignment> reassignments) =>
        from r in reassignments
        join p in db.Accounts on r.PartnerId equals (long?)p.Id into partners
        from p in partners.DefaultIfEmpty()
        join c in db.Accounts on r.ClosesPartnerId equals (long?)c.Id into closed
        from c in closed.DefaultIfEmpty()
        select new ReassignmentRow(
            r.Id, r.State, r.Clients, r.PartnerId, p.Name ?? "", r.Lines, r.Reason, r.StartsAt, r.CreatedAt, r.CreatedByName, r.DecidedByName, r.StartedAt, r.DoneAt, r.UndoUntil, r.UndoneByName,
            r.UndoReason, r.UndoneAt, r.ClosesPartnerId, c.Name ?? "", r.ToNobody);

    private sealed record Listed(long Id, long ClientId, string Name, ReassignedState State, string? From, ReassignRefusal? Refusal);

    private sealed class MovedLine
    {
        public required long ClientId { get; init; }

        public required string Currency { get; init; }

        public required long Amount { get; init; }
    }
}
