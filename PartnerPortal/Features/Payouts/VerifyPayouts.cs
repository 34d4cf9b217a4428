using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Purchases;

namespace PartnerPortal.Features.Payouts;

/// <summary>What a look through all payouts gave.</summary>
public sealed record PayoutReport(long Payouts, IReadOnlyList<BookFinding> Findings);

/// <summary>
/// Compares every payout with the books: what it holds in each account by its state, and that it pays exactly the entries it claimed; and what wallets say was paid of each line with those entries. Reads one batch after the other, so that memory stays
/// flat; what looks wrong while the portal writes is looked at once more under the account's lock. Changes nothing.
/// </summary>
public sealed class VerifyPayouts(PortalDb portal)
{
    private const int Batch = 500;

    /// <summary>As many findings as anybody reads.</summary>
    private const int Most = 100;

    public async Task<PayoutReport> ExecuteAsync(CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        List<BookFinding> findings =
        [
            .. (await PayoutBook.StraysAsync(db, db.Payouts.Select(p => p.Id), Most, ct))
                .Select(id => new BookFinding("transaction", id, "it moves money of a payout and is of none, or of one that is not there")),
        ];
        var after = 0L;
        while (findings.Count < Most)
        {
            var payouts = await db.Payouts.Where(p => p.Id > after).OrderBy(p => p.Id).Take(Batch).ToListAsync(ct);
            if (payouts.Count == 0)
            {
                break;
            }

            var sums = await PayoutBook.SumsAsync(db, payouts.ConvertAll(p => p.Id), ct);
            foreach (var payout in payouts.Where(p => Difference(p, sums.GetValueOrDefault(p.Id)) is not null))
            {
                findings.AddRange(await LookAgainAsync(payout, ct));
            }

            after = payouts[^1].Id;
        }

        findings.AddRange(await PaidLines.WrongAsync(db, Most, ct));

        return new PayoutReport(await db.Payouts.LongCountAsync(ct), [.. findings.Take(Most)]);
    }

    /// <summary>It may have moved between the two reads.</summary>
    private async Task<List<BookFinding>> LookAgainAsync(Payout seen, CancellationToken ct)
    {
        await using var still = await portal.BeginAsync(ct);
        await still.LockAsync(PortalLock.Payouts, seen.AccountId, ct);
        var payout = await still.Db.Payouts.AsNoTracking().SingleAsync(p => p.Id == seen.Id, ct);
        var sums = await PayoutBook.SumsAsync(still.Db, [payout.Id], ct);
        return Difference(payout, sums.GetValueOrDefault(payout.Id)) is { } difference ? [new BookFinding("payout", payout.Id, difference)] : [];
    }

    private static string? Difference(Payout payout, PayoutSums? books)
    {
        if (books is null)
        {
            return "the books know nothing of it";
        }

        if (books.OwnerId != payout.AccountId || books.Currency != payout.Currency)
        {
            return FormattableString.Invariant($"it is of account {payout.AccountId} in {payout.Currency}; the books move other money by it");
        }

        if (books.Claimed != payout.Amount)
        {
            return FormattableString.Invariant($"it pays {payout.Amount}; the entries that it claimed come to {books.Claimed}");
        }

        var expected = payout.State switch
        {
            PayoutState.Requested or PayoutState.Approved or PayoutState.Exported => (-payout.Amount, payout.Amount, 0L),
            PayoutState.Paid => (-payout.Amount, 0L, payout.Amount),
            PayoutState.Failed or PayoutState.Withdrawn => (0L, 0L, 0L),
        };
        if (expected != (books.Available, books.InPayout, books.Paid))
        {
            return FormattableString.Invariant(
                $"it is {payout.State}, so that {expected.Item2} is in payout and {expected.Item3} paid; by the books it is {books.InPayout} and {books.Paid}, and {books.Available} of what was available");
        }

        return payout.State is PayoutState.Exported or PayoutState.Paid && payout.BatchId is null ? FormattableString.Invariant($"it is {payout.State} and in no bank file") : null;
    }
}
