using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Purchases;

/// <summary>
/// Brings lines and books to what all recorded facts say. Only differences are posted, so that it can run as often as one likes: a fact that came late posts corrections.
/// The caller holds the client's money lock.
/// </summary>
internal static class Settlement
{
    /// <param name="work">Has saved the facts.</param>
    /// <param name="clientId">Whose purchases.</param>
    /// <param name="from">UTC; the earliest purchase that may be touched.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task SettleAsync(PortalTransaction work, long clientId, DateTime from, CancellationToken ct)
    {
        await SettleAsync(work, new Dictionary<long, DateTime> { [clientId] = from }, LedgerKind.Correction, ct);
    }

    /// <summary>
    /// After a client got or lost a partner. What it bought since then, as a rule nothing, is settled anew: clocks differ, and a purchase may be told as of up to
    /// <see cref="PurchaseRequest.ClockTolerance"/> ahead; and a partner may be given as of a day long ago.
    /// </summary>
    /// <param name="work">Has added the facts; holds the client's lock.</param>
    /// <param name="clientId">Whose partner changed.</param>
    /// <param name="from">UTC; since when it is so.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task AfterChangeAsync(PortalTransaction work, long clientId, DateTime from, CancellationToken ct)
    {
        if (await work.Db.Purchases.AnyAsync(p => p.ClientId == clientId && p.OccurredAt >= from, ct))
        {
            await work.LockAsync(PortalLock.ClientMoney, clientId, ct);
            await work.SaveAsync(ct);
            await SettleAsync(work, clientId, from, ct);
        }
    }

    /// <summary>The same of several clients.</summary>
    /// <param name="work">Has saved the facts.</param>
    /// <param name="from">By client, UTC: the earliest purchase that may be touched.</param>
    /// <param name="change">What a change of lines that were posted before is called in the books.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task SettleAsync(PortalTransaction work, IReadOnlyDictionary<long, DateTime> from, LedgerKind change, CancellationToken ct)
    {
        var books = await ClientBook.LoadAsync(work.Db, from, ct);
        foreach (var book in books.OrderBy(b => b.Key).Select(b => b.Value))
        {
            foreach (var target in book.Targets())
            {
                await SettleAsync(work, target, book.Lines[target.Purchase.Id].ToDictionary(l => l.PartnerId), change, ct);
            }
        }
    }

    /// <summary>
    /// Records new purchases and what they earn. Those that are a client's last, as most are when they come, touch nothing else: their rows go in as they will stay. Others may change
    /// what later ones earn, or refunds wait for them: then the client is settled from there on.
    /// </summary>
    /// <param name="work">Holds the locks of the clients and of the purchases' ids.</param>
    /// <param name="purchases">Not in the database yet, each with who told it.</param>
    /// <param name="facts">That were read of them under these locks.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The partners that have a line of them.</returns>
    public static async Task<IReadOnlyCollection<long>> RecordAsync(PortalTransaction work, IReadOnlyList<(Purchase Purchase, Actor Actor)> purchases, PurchaseGroupFacts facts, CancellationToken ct)
    {
        if (purchases.Count == 0)
        {
            return [];
        }

        var waiting = facts.Refunds.ToLookup(r => (r.Source, r.PurchaseExternalId));
        var byClient = purchases.GroupBy(p => p.Purchase.ClientId).ToDictionary(g => g.Key, g => g.ToList());
        var books = await ClientBook.MakeAsync(work.Db, facts.Books, byClient.ToDictionary(c => c.Key, c => c.Value.Min(p => p.Purchase.OccurredAt)), ct);
        var (last, others) = (new List<PurchaseTarget>(purchases.Count), new List<(Purchase, Actor)>());
        foreach (var (client, its) in byClient)
        {
            if (books[client].IsEmpty && its.All(p => !waiting.Contains((p.Purchase.Source, p.Purchase.ExternalId))))
            {
                books[client].Add(its.Select(p => p.Purchase));
                last.AddRange(books[client].Targets());
            }
            else
            {
                others.AddRange(its);
            }
        }

        var actors = purchases.ToDictionary(p => p.Purchase, p => p.Actor);
        if (last.Count > 0)
        {
            await InsertAsync(work, last, actors, ct);
        }

        foreach (var client in others.GroupBy(o => o.Item1.ClientId))
        {
            await SettleNewAsync(work, [.. client], waiting, ct);
        }

        return [.. last.SelectMany(t => t.Shares).Select(s => s.PartnerId).Concat(work.Db.CommissionLines.Local.Where(l => purchases.Any(p => p.Purchase.Id == l.PurchaseId)).Select(l => l.PartnerId)).Distinct()];
    }

    private static async Task InsertAsync(PortalTransaction work, List<PurchaseTarget> targets, Dictionary<Purchase, Actor> actors, CancellationToken ct)
    {
        foreach (var target in targets)
        {
            target.Purchase.Settle(target.Outcome, target.PartnerId, target.Version?.Id, work.Now);
        }

        targets.ForEach(t => Tell(work, t.PartnerId));
        await work.InsertSoonWithIdsAsync(targets.ConvertAll(t => t.Purchase), ct);
        await work.InsertSoonAsync(targets.ConvertAll(t => Entry(work, t.Purchase, actors[t.Purchase])), ct);
        var lines = targets.SelectMany(t => t.Shares.Select(share =>
        {
            var line = new CommissionLine(t.Purchase, share.PartnerId);
            line.Set(share, 0, t.Version, t.HeldUntilOf(share.PartnerId));
            return line;
        })).ToList();
        await work.InsertSoonAsync(lines, ct);
        var postings = lines.ToLookup(l => l.PurchaseId, l => new Move(l, l.Granted, 0));
        await LedgerBook.PostAsync(work, LedgerKind.Commission, targets.Select(t => (new LedgerSubject(t.Purchase.Id), (IReadOnlyCollection<Posting>)Postings([.. postings[t.Purchase.Id]], m => m.Granted))), ct);
    }

    private static async Task SettleNewAsync(PortalTransaction work, List<(Purchase Purchase, Actor Actor)> purchases, ILookup<(string, string), Refund> waiting, CancellationToken ct)
    {
        foreach (var (purchase, actor) in purchases)
        {
            work.Db.Purchases.Add(purchase);
            work.Db.AuditEntries.Add(Entry(work, purchase, actor));
        }

        await work.SaveAsync(ct);
        foreach (var (purchase, actor) in purchases)
        {
            foreach (var refund in waiting[(purchase.Source, purchase.ExternalId)])
            {
                refund.Find(purchase.Id);
                // When it came, nobody knew whose it was.
                work.Audit(actor, AuditActions.PurchaseRefunded, ("purchase", purchase.Id), purchase.ClientId, new { source = refund.Source, externalId = refund.ExternalId });
            }
        }

        await work.SaveAsync(ct);
        await SettleAsync(work, purchases[0].Purchase.ClientId, purchases.Min(p => p.Purchase.OccurredAt), ct);
    }

    private static AuditEntry Entry(PortalTransaction work, Purchase purchase, Actor actor) =>
        work.AuditEntry(actor, AuditActions.PurchaseRecorded, ("purchase", null), purchase.ClientId, new { source = purchase.Source, externalId = purchase.ExternalId });

    private static async Task SettleAsync(PortalTransaction work, PurchaseTarget target, Dictionary<long, CommissionLine> lines, LedgerKind change, CancellationToken ct)
    {
        var purchase = target.Purchase;
        var (isNew, before) = (purchase.SettledAt is null, (purchase.PartnerId, purchase.Refunded));
        var moves = new List<Move>();
        for (var i = 0; i < target.Shares.Count; i++)
        {
            var share = target.Shares[i];
            if (!lines.Remove(share.PartnerId, out var line))
            {
                line = new CommissionLine(purchase, share.PartnerId);
                work.Db.CommissionLines.Add(line);
            }

            var until = target.HeldUntilOf(share.PartnerId);
            if (line.Granted == 0 && share.Amount > 0 && until > work.Now)
            {
                // It had been given and taken away before: nothing of it lies in the wallet, and what comes is held anew.
                line.HoldAgain();
            }

            moves.Add(new Move(line, share.Amount - line.Granted, target.Reversed[i] - line.Reversed));
            line.Set(share, target.Reversed[i], target.Version, until);
        }

        foreach (var gone in lines.Values)
        {
            moves.Add(new Move(gone, -gone.Granted, -gone.Reversed));
            gone.Set(new Share(gone.Level, gone.PartnerId, target.MovedFrom.Contains(gone.PartnerId) ? ShareReason.MovedAway : ShareReason.Superseded, gone.BasisPoints, gone.Fixed, 0, 0, null), 0, target.Version, gone.HeldUntil);
        }

        for (var i = 0; i < target.Refunds.Count; i++)
        {
            target.Refunds[i].Apply(target.Taken[i]);
        }

        purchase.TakeRefunds(target.Taken.Sum());
        purchase.Settle(target.Outcome, target.PartnerId, target.Version?.Id, work.Now);
        if (isNew || before != (purchase.PartnerId, purchase.Refunded) || moves.Exists(m => m.Granted != m.Reversed))
        {
            Tell(work, before.PartnerId);
            Tell(work, purchase.PartnerId);
        }

        await PostAsync(work, target, moves, isNew ? null : change, ct);
    }

    private static async Task PostAsync(PortalTransaction work, PurchaseTarget target, List<Move> moves, LedgerKind? change, CancellationToken ct)
    {
        var id = target.Purchase.Id;
        if (change is not { } kind)
        {
            LedgerBook.Post(work, LedgerKind.Commission, new LedgerSubject(id), Postings(moves, m => m.Granted));
        }
        else if (moves.Any(m => m.Granted != 0))
        {
            LedgerBook.Post(work, kind, new LedgerSubject(id), Postings(moves, m => m.Granted - m.Reversed));
            return;
        }

        if (moves.Any(m => m.Reversed != 0))
        {
            await work.SaveAsync(ct);
            var first = await LedgerBook.FirstCommissionAsync(work.Db, id, ct);
            LedgerBook.Post(work, LedgerKind.Reversal, new LedgerSubject(id, target.Refunds.MaxBy(r => r.Id)?.Id, first), Postings(moves, m => -m.Reversed));
        }
    }

    /// <summary>What the partner's list says of a client's money changes.</summary>
    private static void Tell(PortalTransaction work, long? partnerId)
    {
        if (partnerId is { } id)
        {
            work.Signal(ClientList.MoneyChannelOf(id));
        }
    }

    private static List<Posting> Postings(List<Move> moves, Func<Move, long> amount) =>
    [
        .. moves.Where(m => amount(m) != 0).Select(m =>
        {
            var wallet = m.Line.ReleasedAt is null ? LedgerPlace.Pending(m.Line.PartnerId) : LedgerPlace.Available(m.Line.PartnerId);
            var (from, to) = amount(m) > 0 ? (LedgerPlace.Program, wallet) : (wallet, LedgerPlace.Program);
            return new Posting(from, to, m.Line.Currency, Math.Abs(amount(m)));
        }),
    ];

    /// <summary>By how much a line changes; minor units.</summary>
    private sealed record Move(CommissionLine Line, long Granted, long Reversed);
}
