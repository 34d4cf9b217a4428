using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Commissions;

namespace PartnerPortal.Features.Purchases;

/// <summary>What one purchase comes to by all recorded facts.</summary>
/// <param name="PartnerId">Level 1; null when the buyer was nobody's client.</param>
/// <param name="Taken">What each of its refunds, in order, takes of the base.</param>
/// <param name="Reversed">What is taken back of each share; minor units.</param>
internal sealed record PurchaseTarget(
    Purchase Purchase, long? PartnerId, PlanVersion? Version, IReadOnlyList<Share> Shares, IReadOnlyList<Refund> Refunds, long[] Taken, long[] Reversed)
{
    /// <summary>UTC; the end of the time in which the client's reassignment can be undone, when it was bought within.</summary>
    public DateTime? HoldsUntil { get; init; }

    /// <summary>Partners from whom the first level's line was moved.</summary>
    public IReadOnlyCollection<long> MovedFrom { get; init; } = [];

    /// <summary>Who has the moved line now, and until when (UTC) it can be moved back.</summary>
    public (long PartnerId, DateTime Until)? Moved { get; init; }

    /// <summary>UTC; when what a partner gets becomes available.</summary>
    public DateTime HeldUntilOf(long partnerId)
    {
        var until = Purchase.OccurredAt.AddDays(Version?.Rules.HoldDays ?? 0);
        until = HoldsUntil > until ? HoldsUntil.Value : until;
        return Moved is { } moved && moved.PartnerId == partnerId && moved.Until > until ? moved.Until : until;
    }

    public PurchaseOutcome Outcome =>
        PartnerId is null ? PurchaseOutcome.NoPartner : Version is null ? PurchaseOutcome.NoPlan : Shares.Any(s => s.Amount > 0) ? PurchaseOutcome.Earns : PurchaseOutcome.EarnsNothing;
}

/// <summary>
/// A client's purchases from a time on with every fact that what they earn depends on. Purchases of a client touch each other (the first one, months from it, the cap per
/// client); those of different clients do not.
/// </summary>
internal sealed class ClientBook
{
    private readonly List<Purchase> _purchases;
    private readonly ILookup<long?, Refund> _refunds;
    private readonly ILookup<long, CommissionMove> _moves;
    private readonly HashSet<long> _voided;
    private readonly List<Attribution> _attributions;
    private readonly PartnerFacts _partners;
    private readonly DateTime? _firstBefore;
    private readonly Dictionary<string, long> _givenBefore;

    private ClientBook(
        List<Purchase> purchases, ILookup<long?, Refund> refunds, ILookup<long, CommissionLine> lines, ILookup<long, CommissionMove> moves, HashSet<long> voided, List<Attribution> attributions, PartnerFacts partners, DateTime? firstBefore,
        Dictionary<string, long> givenBefore)
    {
        _purchases = purchases;
        _purchases.Sort(Purchase.InOrder);
        _refunds = refunds;
        Lines = lines;
        _moves = moves;
        _voided = voided;
        _attributions = attributions;
        _partners = partners;
        _firstBefore = firstBefore;
        _givenBefore = givenBefore;
    }

    /// <summary>As they stand, by purchase.</summary>
    public ILookup<long, CommissionLine> Lines { get; }

    /// <summary>There is no purchase from the time on.</summary>
    public bool IsEmpty => _purchases.Count == 0;

    /// <param name="db">Tracks what is loaded if its context does.</param>
    /// <param name="clientId">Whose purchases.</param>
    /// <param name="from">UTC; earlier purchases stay as they are.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="trial">Other terms that will be asked about, see <see cref="Targets"/>; null for none.</param>
    public static async Task<ClientBook> LoadAsync(PortalDbContext db, long clientId, DateTime from, CancellationToken ct, PlanRules? trial = null) =>
        (await LoadAsync(db, new Dictionary<long, DateTime> { [clientId] = from }, ct, trial))[clientId];

    /// <summary>Those of several clients, by as many queries as that of one.</summary>
    /// <param name="db">Tracks what is loaded if its context does.</param>
    /// <param name="from">By client, UTC: earlier purchases stay as they are.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="trial">Other terms that will be asked about, see <see cref="Targets"/>; null for none.</param>
    public static async Task<IReadOnlyDictionary<long, ClientBook>> LoadAsync(PortalDbContext db, IReadOnlyDictionary<long, DateTime> from, CancellationToken ct, PlanRules? trial = null)
    {
        var ask = new Questions(db);
        var asked = ClientBookRows.Ask(ask, from);
        await ask.SendAsync(ct);
        return await MakeAsync(db, asked, from, ct, trial);
    }

    /// <summary>The same of what was asked with other questions.</summary>
    /// <param name="db">Tracks what is loaded besides if its context does.</param>
    /// <param name="rows">Of these clients at least, from these times at the latest.</param>
    /// <param name="from">By client, UTC: earlier purchases stay as they are.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="trial">Other terms that will be asked about, see <see cref="Targets"/>; null for none.</param>
    public static async Task<IReadOnlyDictionary<long, ClientBook>> MakeAsync(PortalDbContext db, ClientBookRows rows, IReadOnlyDictionary<long, DateTime> from, CancellationToken ct, PlanRules? trial = null)
    {
        var (clients, first) = (from.Keys.ToList(), rows.From);
        var earliest = rows.Clients.ToDictionary(c => c.Id, c => c.Earliest);
        var purchases = !rows.Clients.Exists(c => c.HasLater && from.ContainsKey(c.Id)) ? [] : await db.Purchases.Where(p => clients.Contains(p.ClientId) && p.OccurredAt >= first).ToListAsync(ct);
        // Joined rather than listed: a statement with thousands of ids takes the database longer to read than the rows.
        var read = db.Purchases.Where(p => clients.Contains(p.ClientId) && p.OccurredAt >= first);
        var refunds = purchases.Count == 0 ? [] : await (from p in read join r in db.Refunds on (long?)p.Id equals r.PurchaseId select r).ToListAsync(ct);
        var lines = purchases.Count == 0 ? [] : await (from p in read join l in db.CommissionLines on p.Id equals l.PurchaseId select l).ToListAsync(ct);
        var moves = purchases.Count == 0 ? [] : await (from p in read join m in db.CommissionMoves on p.Id equals m.PurchaseId orderby m.Id select m).AsNoTracking().ToListAsync(ct);
        var voided = purchases.Count == 0 ? [] : await (from p in read join v in db.VoidedPurchases on p.Id equals v.PurchaseId select v.PurchaseId).ToHashSetAsync(ct);
        var partners = await rows.PartnersAsync(db, ct);
        var given = (await GivenAsync(db, clients, first, earliest.Values.Any(at => at is not null) && (partners.HaveClientCaps || trial is { MaxPerClient.Count: > 0 }), ct)).ToLookup(g => g.ClientId);

        var movesOf = moves.ToLookup(m => m.PurchaseId);
        var (purchasesOf, refundsOf, linesOf, attributionsOf) = (purchases.ToLookup(p => p.ClientId), refunds.ToLookup(r => r.PurchaseId), lines.ToLookup(l => l.PurchaseId), rows.Attributions.ToLookup(a => a.ClientId));
        return from.ToDictionary(c => c.Key, c =>
        {
            // What was read of this client because another's purchases begin earlier is before its own begin.
            var before = purchasesOf[c.Key].Where(p => p.OccurredAt < c.Value).ToList();
            var sums = given[c.Key].Select(g => (g.Currency, g.Sum)).Concat(before.SelectMany(p => linesOf[p.Id]).Select(l => (l.Currency, Sum: l.Granted)))
                .GroupBy(g => g.Currency).ToDictionary(g => g.Key, g => g.Sum(x => x.Sum));
            return new ClientBook(
                [.. purchasesOf[c.Key].Where(p => p.OccurredAt >= c.Value)], refundsOf, linesOf, movesOf, voided, [.. attributionsOf[c.Key]], partners,
                earliest.GetValueOrDefault(c.Key) ?? (before.Count > 0 ? before.Min(p => p.OccurredAt) : null), sums);
        });
    }

    /// <summary>Takes up purchases that are not recorded yet.</summary>
    public void Add(IEnumerable<Purchase> purchases)
    {
        _purchases.AddRange(purchases);
        _purchases.Sort(Purchase.InOrder);
    }

    /// <summary>Each purchase in its order.</summary>
    /// <param name="rulesOf">Other terms for a version than its own, to see what would have been; null for what is.</param>
    public IEnumerable<PurchaseTarget> Targets(Func<PlanVersion, PlanRules>? rulesOf = null)
    {
        var given = new Dictionary<string, long>(_givenBefore);
        var first = _firstBefore ?? _purchases.FirstOrDefault()?.OccurredAt;
        foreach (var purchase in _purchases)
        {
            var at = purchase.OccurredAt;
            var attribution = _attributions.Where(a => a.StartedAt <= at && !(a.EndedAt <= at)).MaxBy(a => (a.StartedAt, a.Id));
            var partner = attribution?.EarningPartnerId;
            var version = partner is { } id ? _partners.PlanAt(id, at) : null;
            var shares = CommissionCalculator.Calculate(
                new EarningFacts(
                    purchase.ClientId, purchase.Currency, purchase.Base, purchase.Product, at, first!.Value, _firstBefore is null && purchase == _purchases[0],
                    given.GetValueOrDefault(purchase.Currency), partner is { } level1 ? _partners.ChainAt(level1, at) : []),
                version is null || rulesOf is null ? version?.Rules : rulesOf(version));
            shares = _voided.Contains(purchase.Id) ? PurchaseReviews.Voided(shares) : shares;
            given[purchase.Currency] = given.GetValueOrDefault(purchase.Currency) + shares.Sum(s => s.Amount);
            var refunds = _refunds[purchase.Id].ToList();
            refunds.Sort(Refund.InOrder);
            var taken = RefundOrder.Take(purchase.Base, purchase.Currency, [.. refunds.Select(r => (r.Amount, r.Currency))]);
            var moved = MovedShares.Of(shares, _moves[purchase.Id]);
            yield return new PurchaseTarget(
                purchase, partner, version, moved.Shares, refunds, taken, RefundOrder.Reverse([.. shares.Select(s => s.Amount)], taken, purchase.Base))
            {
                HoldsUntil = attribution is { UndoneAt: null, HoldsUntil: { } until } && at < until ? until : null,
                MovedFrom = moved.From,
                Moved = moved.Held,
            };
        }
    }

    /// <summary>What purchases before the time earned over all levels; read only where a plan's cap asks for it, since it grows with all that a client ever bought.</summary>
    private static async Task<List<Given>> GivenAsync(PortalDbContext db, List<long> clients, DateTime before, bool isNeeded, CancellationToken ct) => !isNeeded ? [] : await (
        from l in db.CommissionLines
        join p in db.Purchases on l.PurchaseId equals p.Id
        where clients.Contains(p.ClientId) && p.OccurredAt < before
        group l by new { p.ClientId, l.Currency } into g
        select new Given(g.Key.ClientId, g.Key.Currency, g.Sum(l => l.Granted))).ToListAsync(ct);

    private sealed record Given(long ClientId, string Currency, long Sum);
}
