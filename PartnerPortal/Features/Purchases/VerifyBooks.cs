using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Ledger;

namespace PartnerPortal.Features.Purchases;

/// <summary>A record that does not fit the others.</summary>
/// <param name="Record">What it is of: "transaction", "purchase", "payout", "line" of a wallet, "wallet" or "client" (the id is then the account's), "credit" or "budget".</param>
/// <param name="Id">Its id.</param>
/// <param name="Text">What is wrong, in a sentence for whoever runs the portal.</param>
public sealed record BookFinding(string Record, long Id, string Text);

/// <summary>What a look through all books gave.</summary>
/// <param name="Findings">By record; empty when everything agrees.</param>
public sealed record BookReport(long Purchases, long Transactions, IReadOnlyList<BookFinding> Findings);

/// <summary>
/// Reckons everything anew from the recorded facts and compares: transactions with zero, lines with the facts, wallets with the lines, what pages read with all of them. Reads some clients after the others, so that
/// memory stays flat; what looks wrong while the portal writes is looked at once more under the client's lock. Changes nothing.
/// </summary>
public sealed class VerifyBooks(PortalDb portal)
{
    /// <summary>Clients read together at most, as long as they did not buy more than this often together.</summary>
    private const int Batch = 200;
    private const int PurchasesOfBatch = 5_000;

    /// <summary>Batches at a time at most: what the portal beside it needs is left to it.</summary>
    private const int AtOnce = 4;

    /// <summary>As many findings as anybody reads; the first of each client counts.</summary>
    private const int Most = 100;

    private static readonly DateTime Ever = new(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public async Task<BookReport> ExecuteAsync(CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        var findings = await UnbalancedAsync(db, ct);
        findings.AddRange(await StraysAsync(db, ct));
        var found = new ConcurrentDictionary<int, List<BookFinding>>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Min(AtOnce, Environment.ProcessorCount), CancellationToken = ct };
        await Parallel.ForEachAsync(BatchesAsync(db, () => found.Values.Sum(f => f.Count) < Most, ct), options, async (batch, stop) =>
        {
            if (await LookAtAsync(batch.Clients, stop) is { Count: > 0 } its)
            {
                found[batch.Number] = its;
            }
        });
        findings.AddRange(found.OrderBy(f => f.Key).SelectMany(f => f.Value));
        findings.AddRange(await TalliesAsync(db, ct));
        findings.AddRange(await CreditsAsync(db, ct));
        findings.AddRange(await TallyChecks.FindAsync(db, Most, ct));
        return new BookReport(await db.Purchases.LongCountAsync(ct), await db.LedgerTransactions.LongCountAsync(ct), [.. findings.Take(Most)]);
    }

    /// <summary>All clients that ever bought, by their ids.</summary>
    private static async IAsyncEnumerable<(int Number, IReadOnlyList<long> Clients)> BatchesAsync(PortalDbContext db, Func<bool> goOn, [EnumeratorCancellation] CancellationToken ct)
    {
        var after = 0L;
        for (var number = 0; goOn(); number++)
        {
            var next = await db.Purchases.Where(p => p.ClientId > after).GroupBy(p => p.ClientId).Select(g => new { Id = g.Key, Count = g.Count() }).OrderBy(c => c.Id).Take(Batch).ToListAsync(ct);
            if (next.Count == 0)
            {
                yield break;
            }

            var (clients, sum) = (new List<long>(Batch), 0);
            foreach (var client in next.TakeWhile(c => clients.Count == 0 || sum + c.Count <= PurchasesOfBatch))
            {
                clients.Add(client.Id);
                sum += client.Count;
            }

            yield return (number, clients);
            after = clients[^1];
        }
    }

    private async Task<List<BookFinding>> LookAtAsync(IReadOnlyList<long> clients, CancellationToken ct)
    {
        List<long> suspects;
        await using (var db = await portal.ReadAsync(ct))
        {
            suspects = [.. (await CompareAsync(db, clients, ct)).Select(f => f.ClientId).Distinct()];
        }

        var findings = new List<BookFinding>();
        foreach (var client in suspects)
        {
            await using var still = await portal.BeginAsync(ct);
            await still.LockAsync(PortalLock.Client, client, ct);
            await still.LockAsync(PortalLock.ClientMoney, client, ct);
            findings.AddRange((await CompareAsync(still.Db, [client], ct)).Select(f => f.Finding));
        }

        return findings;
    }

    private static async Task<List<(long ClientId, BookFinding Finding)>> CompareAsync(PortalDbContext db, IReadOnlyList<long> clients, CancellationToken ct)
    {
        var books = await ClientBook.LoadAsync(db, clients.ToDictionary(c => c, _ => Ever), ct);
        var held = (await LedgerBook.HeldAsync(db, db.Purchases.Where(p => clients.Contains(p.ClientId)).Select(p => p.Id), ct)).ToLookup(h => h.Key.PurchaseId, h => (h.Key.OwnerId, h.Value));
        return [.. clients.SelectMany(c => Compare(books[c], held).Select(f => (c, f)))];
    }

    private static List<BookFinding> Compare(ClientBook book, ILookup<long, (long OwnerId, (long, long) Held)> held)
    {
        var findings = new List<BookFinding>();
        foreach (var target in book.Targets())
        {
            var lines = book.Lines[target.Purchase.Id].ToDictionary(l => l.PartnerId);
            var wallets = held[target.Purchase.Id].ToDictionary(h => h.OwnerId, h => h.Held);
            if (Difference(target, lines) is { } difference)
            {
                findings.Add(new BookFinding("purchase", target.Purchase.Id, difference));
            }

            foreach (var partner in lines.Keys.Union(wallets.Keys))
            {
                var (pending, available) = wallets.GetValueOrDefault(partner);
                var line = lines.GetValueOrDefault(partner);
                var expected = line is null ? (0L, 0L) : line.ReleasedAt is null ? (line.Net, 0L) : (0L, line.Net);
                if (expected != (pending, available))
                {
                    findings.Add(new BookFinding("purchase", target.Purchase.Id, FormattableString.Invariant(
                        $"the wallet of account {partner} holds {pending} pending and {available} available of it; by its line it is {expected.Item1} and {expected.Item2}")));
                }
            }
        }

        return findings;
    }

    private static string? Difference(PurchaseTarget target, Dictionary<long, CommissionLine> lines)
    {
        var purchase = target.Purchase;
        if (purchase.Refunded != target.Taken.Sum())
        {
            return FormattableString.Invariant($"it says that {purchase.Refunded} was refunded; its refunds come to {target.Taken.Sum()}");
        }

        for (var i = 0; i < target.Shares.Count; i++)
        {
            var share = target.Shares[i];
            var line = lines.GetValueOrDefault(share.PartnerId);
            if (line is null || (line.Granted, line.Reversed, line.Level) != (share.Amount, target.Reversed[i], share.Level))
            {
                return FormattableString.Invariant(
                    $"account {share.PartnerId} was given {line?.Granted ?? 0} less {line?.Reversed ?? 0}; by the facts it is {share.Amount} less {target.Reversed[i]} (level {share.Level})");
            }
        }

        var stray = lines.Values.FirstOrDefault(l => l.Net != 0 && target.Shares.All(s => s.PartnerId != l.PartnerId));
        return stray is not null ? FormattableString.Invariant($"account {stray.PartnerId} was given {stray.Net}; by the facts nothing")
            : purchase.PartnerId != target.PartnerId ? FormattableString.Invariant($"its partner is account {purchase.PartnerId}; by the facts it is {target.PartnerId}")
            : null;
    }

    private static async Task<List<BookFinding>> UnbalancedAsync(PortalDbContext db, CancellationToken ct) =>
    [
        .. (await LedgerBook.UnbalancedAsync(db, Most, ct))
            .Select(u => new BookFinding("transaction", u.Id, FormattableString.Invariant($"its entries in {u.Currency} sum to {u.Sum} and not to zero"))),
    ];

    /// <summary>Wallets whose pages show another sum than that of their entries.</summary>
    private static async Task<List<BookFinding>> TalliesAsync(PortalDbContext db, CancellationToken ct) =>
    [
        .. (await LedgerBook.WrongTalliesAsync(db, Most, ct))
            .Select(t => new BookFinding("wallet", t.OwnerId, FormattableString.Invariant($"its entries in {t.Currency}, {t.Account}, sum to {t.Off} more than its tally says"))),
    ];

    /// <summary>Bonuses and opening balances, and what the books hold of them.</summary>
    private static async Task<List<BookFinding>> CreditsAsync(PortalDbContext db, CancellationToken ct) =>
    [
        .. (await CreditBook.WrongAsync(db, Most, ct)).Select(w => new BookFinding(w.Record, w.Id, w.Record switch
        {
            "credit" => FormattableString.Invariant($"it gives {w.Expected}; by the books its wallet holds {w.Held} of it"),
            "budget" => FormattableString.Invariant($"the budget it was taken from says that {w.Held} was spent; by the bonuses it is {w.Expected}"),
            _ => "it posts a bonus or an opening balance and is of none, or of one that is not there",
        })),
    ];

    /// <summary>Transactions of purchases that are not there.</summary>
    private static async Task<List<BookFinding>> StraysAsync(PortalDbContext db, CancellationToken ct) =>
    [
        .. (await db.LedgerTransactions.Where(t => t.PurchaseId != null && !db.Purchases.Any(p => p.Id == t.PurchaseId)).OrderBy(t => t.Id).Take(Most).Select(t => new { t.Id, t.PurchaseId }).ToListAsync(ct))
            .Select(t => new BookFinding("transaction", t.Id, FormattableString.Invariant($"it is of purchase {t.PurchaseId}, which is not there"))),
    ];
}
