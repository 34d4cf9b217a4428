using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Purchases;

namespace PartnerPortal.Features.Events;

/// <summary>A line in a partner's list.</summary>
internal sealed record ListedClient(long Id, long PartnerId, long? ClientId, long? InvitationId);

/// <summary>A refund and what it took back of.</summary>
internal sealed record RefundFact(Refund Refund, Purchase Purchase);

/// <summary>Of whom an invitation is, and who answered it.</summary>
internal sealed record AskedClient(long PartnerId, long? ClientId, DateTime? AnsweredAt);

/// <summary>What the entries of a batch refer to, looked up for all together.</summary>
internal sealed class EventFacts
{
    private readonly Dictionary<(string Source, string ExternalId), Purchase> _purchases = [];
    private readonly Dictionary<(string Source, string ExternalId), RefundFact> _refunds = [];
    private HashSet<long> _firsts = [];
    private ILookup<long, long> _earners = Array.Empty<(long, long)>().ToLookup(x => x.Item1, x => x.Item2);
    private ILookup<long, (long PartnerId, DateTime At)> _released = Array.Empty<(long, (long, DateTime))>().ToLookup(x => x.Item1, x => x.Item2);
    private ILookup<long, (long PartnerId, DateTime From, DateTime? Until)> _attributions = Array.Empty<(long, (long, DateTime, DateTime?))>().ToLookup(x => x.Item1, x => x.Item2);
    private ILookup<long, DateTime> _reassigned = Array.Empty<(long, DateTime)>().ToLookup(x => x.Item1, x => x.Item2);
    private Dictionary<long, AskedClient> _invitations = [];
    private List<ListedClient> _records = [];

    public Dictionary<long, long> OwnAccounts { get; private set; } = [];

    public Dictionary<long, (long AccountId, long Amount, string Currency)> Payouts { get; private set; } = [];

    public static async Task<EventFacts> LoadAsync(PortalDbContext db, IReadOnlyList<EventSource> entries, CancellationToken ct)
    {
        var facts = new EventFacts();
        await facts.LoadMoneyAsync(db, entries, ct);
        await facts.LoadPeopleAsync(db, entries, ct);
        return facts;
    }

    public Purchase? Purchase(EventSource entry) => _purchases.GetValueOrDefault((entry.Word("source") ?? "", entry.Word("externalId") ?? ""));

    public RefundFact? Refund(EventSource entry) => _refunds.GetValueOrDefault((entry.Word("source") ?? "", entry.Word("externalId") ?? ""));

    /// <summary>The purchase is the first that was recorded of its client, and stays so whatever comes later.</summary>
    public bool IsFirst(Purchase purchase) => _firsts.Contains(purchase.Id);

    /// <summary>The partners that see the purchase in their wallets or lists.</summary>
    public IReadOnlyList<long> SeeingPartners(Purchase purchase) => [.. (purchase.PartnerId is { } first ? _earners[purchase.Id].Prepend(first) : _earners[purchase.Id]).Distinct()];

    /// <summary>The partners to whom something of a client's became available at a moment.</summary>
    public IReadOnlyList<long> ReleasedTo(long clientId, DateTime at) => [.. _released[clientId].Where(r => r.At == at).Select(r => r.PartnerId).Distinct()];

    /// <summary>Whose client somebody was at a moment; one whose attribution begins or ends in it counts as both.</summary>
    public long? PartnerAt(long clientId, DateTime at) =>
        _attributions[clientId].Where(a => a.From <= at && (a.Until is null || a.Until >= at)).OrderByDescending(a => a.From).Select(a => (long?)a.PartnerId).FirstOrDefault();

    /// <summary>Staff moved the client at that moment: what opens and ends there is that one move.</summary>
    public bool IsReassignment(long clientId, DateTime at) => _reassigned[clientId].Contains(at);

    public AskedClient? Invitation(long? id) => id is { } known ? _invitations.GetValueOrDefault(known) : null;

    public ListedClient? Record(long? id) => _records.Find(r => r.Id == id);

    public long? RecordOf(long? partnerId, long? clientId) => clientId is null ? null : _records.Find(r => r.PartnerId == partnerId && r.ClientId == clientId)?.Id;

    public long? RecordOfInvitation(long? id) => id is null ? null : _records.Find(r => r.InvitationId == id)?.Id;

    /// <summary>The invitation of a partner that a client declined at a moment; null when it said No without one.</summary>
    public long? DeclinedInvitation(long? partnerId, long clientId, DateTime at) =>
        _invitations.Where(i => i.Value.PartnerId == partnerId && i.Value.ClientId == clientId && i.Value.AnsweredAt == at).Select(i => (long?)i.Key).FirstOrDefault();

    private async Task LoadMoneyAsync(PortalDbContext db, IReadOnlyList<EventSource> entries, CancellationToken ct)
    {
        foreach (var told in Of(AuditActions.PurchaseRecorded).GroupBy(e => e.Word("source")))
        {
            var (source, ids) = (told.Key, told.Select(e => e.Word("externalId")).ToList());
            foreach (var purchase in await db.Purchases.Where(p => p.Source == source && ids.Contains(p.ExternalId)).ToListAsync(ct))
            {
                _purchases[(purchase.Source, purchase.ExternalId)] = purchase;
            }
        }

        foreach (var told in Of(AuditActions.PurchaseRefunded).GroupBy(e => e.Word("source")))
        {
            var (source, ids) = (told.Key, told.Select(e => e.Word("externalId")).ToList());
            var refunds = from r in db.Refunds join p in db.Purchases on r.PurchaseId equals p.Id where r.Source == source && ids.Contains(r.ExternalId) select new { Refund = r, Purchase = p };
            foreach (var found in await refunds.ToListAsync(ct))
            {
                _refunds[(found.Refund.Source, found.Refund.ExternalId)] = new RefundFact(found.Refund, found.Purchase);
            }
        }

        var all = _purchases.Values.Concat(_refunds.Values.Select(r => r.Purchase)).Select(p => p.Id).Distinct().ToList();
        if (all.Count > 0)
        {
            _firsts = [.. await db.Purchases.Where(p => all.Contains(p.Id) && !db.Purchases.Any(o => o.ClientId == p.ClientId && o.Id < p.Id)).Select(p => p.Id).ToListAsync(ct)];
            _earners = (await db.CommissionLines.Where(l => all.Contains(l.PurchaseId)).Select(l => new { l.PurchaseId, l.PartnerId }).ToListAsync(ct)).ToLookup(l => l.PurchaseId, l => l.PartnerId);
        }

        var releases = Of(AuditActions.CommissionsReleased).Select(e => (Client: e.AccountId ?? 0, e.At)).ToList();
        if (releases.Count > 0)
        {
            var (clients, times) = (releases.ConvertAll(r => r.Client), releases.ConvertAll(r => (DateTime?)r.At));
            var lines = await db.CommissionLines.Where(l => clients.Contains(l.ClientId) && times.Contains(l.ReleasedAt)).Select(l => new { l.ClientId, l.PartnerId, l.ReleasedAt }).Distinct().ToListAsync(ct);
            _released = lines.ToLookup(l => l.ClientId, l => (l.PartnerId, l.ReleasedAt!.Value));
        }

        var payouts = entries.Where(e => e.SubjectKind == "payout").Select(e => e.SubjectId).OfType<long>().ToList();
        if (payouts.Count > 0)
        {
            Payouts = await db.Payouts.Where(p => payouts.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => (p.AccountId, p.Amount, p.Currency), ct);
        }

        IEnumerable<EventSource> Of(string action) => entries.Where(e => e.Action == action);
    }

    private async Task LoadPeopleAsync(PortalDbContext db, IReadOnlyList<EventSource> entries, CancellationToken ct)
    {
        var users = entries.Where(e => e is { SubjectKind: "user", SubjectId: not null, AccountId: null }).Select(e => e.SubjectId!.Value).Distinct().ToList();
        if (users.Count > 0)
        {
            // The account that registering made is the first of a person's.
            OwnAccounts = (await db.Members.Where(m => users.Contains(m.UserId)).GroupBy(m => m.UserId).Select(g => new { g.Key, Account = g.Min(m => m.AccountId) }).ToListAsync(ct)).ToDictionary(m => m.Key, m => m.Account);
        }

        var clients = entries.Select(e => e.AccountId).OfType<long>().Concat(OwnAccounts.Values).Distinct().ToList();
        var asked = entries.Where(e => e.SubjectKind == "invitation").Select(e => e.SubjectId).OfType<long>().Distinct().ToList();
        var listed = entries.Where(e => e.SubjectKind == "client").Select(e => e.SubjectId).OfType<long>().Distinct().ToList();
        var refused = entries.Where(e => e.Action == AuditActions.JoinRefused).Select(e => e.AccountId).ToList();
        _attributions = (await db.Attributions.Where(a => clients.Contains(a.ClientId)).Select(a => new { a.ClientId, a.PartnerId, a.StartedAt, a.EndedAt }).ToListAsync(ct))
            .ToLookup(a => a.ClientId, a => (a.PartnerId, a.StartedAt, a.EndedAt));
        var moves = entries.Where(e => e.Action is AuditActions.AttributionOpened or AuditActions.AttributionEnded).Select(e => e.AccountId).Distinct().ToList();
        if (moves.Count > 0)
        {
            _reassigned = (await db.AuditEntries.Where(e => e.Action == AuditActions.AttributionReassigned && moves.Contains(e.AccountId)).Select(e => new { e.AccountId, e.At }).ToListAsync(ct)).ToLookup(e => e.AccountId!.Value, e => e.At);
        }

        if (asked.Count + refused.Count > 0)
        {
            _invitations = await db.Invitations.Where(i => asked.Contains(i.Id) || (i.State == Referrals.InvitationState.Declined && refused.Contains(i.ClientId)))
                .ToDictionaryAsync(i => i.Id, i => new AskedClient(i.PartnerId, i.ClientId, i.AnsweredAt), ct);
        }

        var invitations = _invitations.Keys.ToList();
        _records = await db.ClientRecords.Where(r => listed.Contains(r.Id) || (r.ClientId != null && clients.Contains(r.ClientId.Value)) || (r.InvitationId != null && invitations.Contains(r.InvitationId.Value)))
            .Select(r => new ListedClient(r.Id, r.PartnerId, r.ClientId, r.InvitationId)).ToListAsync(ct);
    }
}
