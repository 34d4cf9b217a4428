using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>A purchase to be recorded, looked at already for what is wrong with it by itself.</summary>
internal sealed record ToRecord(PurchaseRequest Request, Actor Actor)
{
    public string Hash { get; } = Request.Hash();

    public (string Source, string ExternalId) Id => (Request.Source, Request.ExternalId);
}

/// <summary>The <c>Idempotency-Key</c> of a whole batch.</summary>
internal sealed record BatchKey(string Source, string Key, string Hash);

/// <summary>What a group came to.</summary>
/// <param name="Results">In the order of what was to be recorded.</param>
/// <param name="IsReplay">The batch's key had come before, with the same content.</param>
/// <param name="KeyUsed">It had come with another; then there are no results.</param>
internal sealed record GroupRecorded(IReadOnlyList<Result<Recorded>> Results, bool IsReplay = false, PurchaseKeyUsed? KeyUsed = null);

/// <summary>
/// Records purchases in one transaction, each as if it came alone after those before it. One is a group, too: there is no second way. What is looked up is looked up for all together.
/// </summary>
internal sealed class PurchaseGroup
{
    private readonly PortalTransaction _work;
    private readonly Result<Recorded>?[] _results;
    private readonly Dictionary<(string Source, string ExternalId), Purchase> _known;
    private readonly Dictionary<(string Source, string Key), (string Hash, Purchase? Of, long Id)> _keys;
    private readonly Dictionary<string, string> _periods;
    private readonly List<(int Index, Purchase Purchase, bool IsNew)> _met = [];
    private readonly List<(ToRecord From, Purchase Purchase)> _new = [];
    private readonly List<(ToRecord From, Purchase Purchase)> _toKeep = [];

    private PurchaseGroup(PortalTransaction work, int count, PurchaseGroupFacts facts) =>
        (_work, _results, _known, _periods, _keys) = (work, new Result<Recorded>?[count], facts.Purchases, facts.Periods, facts.Keys.ToDictionary(k => k.Key, k => (k.Value.BodyHash, (Purchase?)null, k.Value.ResultId)));

    /// <param name="portal">Begins the transaction.</param>
    /// <param name="all">The purchases; one of staff only by itself.</param>
    /// <param name="batch">The key of all of them; null when there is none.</param>
    /// <param name="ct">Cancels.</param>
    public static Task<GroupRecorded> RecordAsync(PortalDb portal, IReadOnlyList<ToRecord> all, BatchKey? batch, CancellationToken ct) => Once.MoreAsync(async () =>
    {
        await using var work = await portal.BeginAsync(ct);
        var before = batch is null ? null : await work.Db.IdempotentRequests.FirstOrDefaultAsync(r => r.Source == batch.Source && r.Key == batch.Key, ct);
        if (before is not null && before.BodyHash != batch!.Hash)
        {
            return new GroupRecorded([], KeyUsed: new PurchaseKeyUsed(nameof(PurchaseRequest.Key)));
        }

        var clients = await ClientLookup.MeantAsync(work.Db, [.. all.Select(r => r.Request.Client).Distinct()], ct);
        var ask = new Questions(work.Db);
        ask.PlanOnce();
        PortalTransaction.Lock(ask, Locks(all, clients));
        // What a batch recorded itself has higher ids than all that were there before it: told again, it is told as new again.
        List<long?> last = batch is null || before is not null ? [] : ask.Rows($"""SELECT max("Id") FROM "Purchases" """, r => r.IsDBNull(0) ? (long?)null : r.GetInt64(0));
        var facts = await PurchaseGroupFacts.LoadAsync(work, all, clients, ask, ct);
        var floor = before?.ResultId ?? last.SingleOrDefault() ?? 0;
        clients = ClientLookup.Known(clients, facts.Books.Clients.ConvertAll(c => c.Id));
        var group = new PurchaseGroup(work, all.Count, facts);
        for (var i = 0; i < all.Count; i++)
        {
            group._results[i] = await group.TakeAsync(i, all[i], clients[all[i].Request.Client], ct);
        }

        var earning = await Settlement.RecordAsync(work, [.. group._new.Select(n => (n.Purchase, n.From.Actor))], facts, ct);
        if (all is [{ Actor.IsStaff: true } one] && group._new.Count > 0 && await OwnAccounts.InvolveAsync(work.Db, one.Actor, earning, ct))
        {
            // Nobody enters what an account of its own earns by, either.
            return new GroupRecorded([new OwnAccountInvolved()]);
        }

        await work.InsertSoonAsync([.. group._toKeep.Select(k => new IdempotentRequest(k.From.Request.Source, k.From.Request.Key!, k.From.Hash, k.Purchase.Id, work.Now))], ct);
        if (batch is not null && before is null)
        {
            await work.InsertSoonAsync([new IdempotentRequest(batch.Source, batch.Key, batch.Hash, floor, work.Now)], ct);
        }

        if (group._new.Count > 0 || group._toKeep.Count > 0 || (batch is not null && before is null))
        {
            await work.CommitAsync(ct);
        }

        var toldAsNew = new HashSet<long>();
        foreach (var (index, purchase, isNew) in group._met)
        {
            group._results[index] = new Recorded(purchase.Id, isNew || (before is not null && purchase.Id > floor && toldAsNew.Add(purchase.Id))) { Made = isNew ? purchase : null };
        }

        return new GroupRecorded([.. group._results.Select(r => r!.Value)], IsReplay: before is not null);
    });

    /// <returns>What it came to; null while it is not decided, see <see cref="_met"/>.</returns>
    private async Task<Result<Recorded>?> TakeAsync(int index, ToRecord one, (long Id, PurchaseRefused? Unknown) client, CancellationToken ct)
    {
        var request = one.Request;
        if (request.Key is { } key && _keys.TryGetValue((request.Source, key), out var told))
        {
            if (told.Hash != one.Hash)
            {
                return new PurchaseKeyUsed(nameof(request.Key));
            }

            if (told.Of is null)
            {
                return new Recorded(told.Id, IsNew: false);
            }

            _met.Add((index, told.Of, false));
            return null;
        }

        if (_known.TryGetValue(one.Id, out var before))
        {
            // The client may be found no longer by the name it had then.
            if (before.BodyHash != one.Hash && !before.Tells(request, client.Id))
            {
                return new PurchaseKeyUsed(nameof(request.ExternalId));
            }

            Meet(index, one, before, isNew: false);
            return null;
        }

        if (client.Unknown is { } unknown)
        {
            return unknown;
        }

        if (one.Actor.IsStaff && await OwnAccounts.InvolveAsync(_work.Db, one.Actor, [client.Id], ct))
        {
            return new OwnAccountInvolved();
        }

        var purchase = new Purchase(request, client.Id, request.PaidUntil ?? PaidTerm.After(_periods.GetValueOrDefault(request.Product), request.OccurredAt), one.Hash, _work.Now);
        _known.Add(one.Id, purchase);
        _new.Add((one, purchase));
        Meet(index, one, purchase, isNew: true);
        return null;
    }

    private void Meet(int index, ToRecord one, Purchase purchase, bool isNew)
    {
        _met.Add((index, purchase, isNew));
        if (one.Request.Key is { } key)
        {
            _keys.Add((one.Request.Source, key), (one.Hash, purchase, 0));
            _toKeep.Add((one, purchase));
        }
    }

    private static IEnumerable<(PortalLock, long)> Locks(IReadOnlyList<ToRecord> all, IReadOnlyDictionary<ClientReference, (long Id, PurchaseRefused? Unknown)> clients)
    {
        var locks = all.SelectMany(one => new[]
        {
            (PortalLock.Client, clients[one.Request.Client].Id), (PortalLock.PurchaseKey, RequestHash.Number(one.Request.Source, one.Request.ExternalId)),
            (PortalLock.ClientMoney, clients[one.Request.Client].Id),
        });
        return all.Count > GroupedPurchases.Most ? locks.Prepend((PortalLock.PurchaseBatch, 0)) : locks;
    }
}
