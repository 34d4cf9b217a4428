using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Ledger;

/// <summary>What a wallet was given that no purchase earned.</summary>
/// <param name="At">UTC; when it was posted, and could be paid out.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="OccurredAt">UTC; of which day it is.</param>
/// <param name="PaidAt">UTC; when a payout with it was paid; null while none was.</param>
public sealed record CreditLine(long Id, DateTime At, CreditKind Kind, string Currency, long Amount, string Reason, DateTime OccurredAt, DateTime? PaidAt);

/// <summary>The bonuses and opening balances of the actor's own wallet.</summary>
public sealed class CreditQueries(PortalDb portal)
{
    public const int PageSize = 10;

    /// <summary>Lines fetched at a time for a file.</summary>
    private const int Chunk = 500;

    /// <param name="currency">ISO 4217; null for all.</param>
    /// <param name="at">The cursor of the page; null for the newest.</param>
    /// <param name="size">Lines a page.</param>
    /// <param name="actor">Sees its own account's; nobody else's.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Page<CreditLine>> PageAsync(string? currency, string? at, int size, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } own, MaySeeMoney: true })
        {
            return new Page<CreditLine>([], null, null);
        }

        await using var db = await portal.ReadAsync(ct);
        var credits = db.Credits.Where(c => c.AccountId == own && (currency == null || c.Currency == currency));
        var page = await IdKeyset.NewestFirstAsync(credits, c => c.Id, rows => rows, c => c.Id, at, size, ct);
        var paid = await PaidAsync(db, own, [.. page.Items.Select(c => c.Id)], ct);
        return new Page<CreditLine>(
            [.. page.Items.Select(c => new CreditLine(c.Id, c.At, c.Kind, c.Currency, c.Amount, c.Reason, c.OccurredAt, paid.TryGetValue(c.Id, out var when) ? when : null))], page.Previous, page.Next);
    }

    /// <summary>All of them, the newest first, fetched page by page.</summary>
    public async IAsyncEnumerable<CreditLine> AllAsync(string? currency, Actor actor, [EnumeratorCancellation] CancellationToken ct)
    {
        string? at = null;
        do
        {
            var page = await PageAsync(currency, at, Chunk, actor, ct);
            foreach (var line in page.Items)
            {
                yield return line;
            }

            at = page.Next;
        }
        while (at is not null);
    }

    /// <summary>When what some credits gave was paid out; those of which nothing was are left out. A paid payout pays all that was claimed in its wallet and currency by then.</summary>
    private static async Task<IReadOnlyDictionary<long, DateTime>> PaidAsync(PortalDbContext db, long own, IReadOnlyCollection<long> credits, CancellationToken ct)
    {
        var claimed = await (
            from t in db.LedgerTransactions
            join e in db.LedgerEntries on t.Id equals e.TransactionId
            join c in db.LedgerClaims on e.Id equals c.Id
            where t.CreditId != null && credits.Contains(t.CreditId.Value) && e.OwnerId == own
            select new { CreditId = t.CreditId!.Value, e.Currency, c.PayoutId }).ToListAsync(ct);
        if (claimed.Count == 0)
        {
            return new Dictionary<long, DateTime>();
        }

        var paid = await (
            from e in db.LedgerEntries
            join t in db.LedgerTransactions on e.TransactionId equals t.Id
            where e.OwnerId == own && e.Account == LedgerAccount.Paid && t.PayoutId != null
            select new { PayoutId = t.PayoutId!.Value, e.Currency, t.At }).ToListAsync(ct);
        return claimed
            .Select(c => (c.CreditId, At: paid.Where(p => p.Currency == c.Currency && p.PayoutId >= c.PayoutId).OrderBy(p => p.PayoutId).Select(p => (DateTime?)p.At).FirstOrDefault()))
            .Where(c => c.At is not null).ToDictionary(c => c.CreditId, c => c.At!.Value);
    }
}
