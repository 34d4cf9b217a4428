using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>One purchase in support's list. Amounts are minor units, times UTC.</summary>
/// <param name="Number">As the API writes it.</param>
/// <param name="Client">Empty when its account is closed.</param>
/// <param name="Base">After discount, without tax.</param>
/// <param name="Partner">Level 1; null when the buyer was nobody's client.</param>
public sealed record PurchaseRow(
    long Id, string Number, long ClientId, string Client, string Source, string ExternalId, string Product, long Amount, long Discount, long Tax, long Refunded, string Currency, DateTime OccurredAt,
    DateTime? PaidUntil, DateTime ReceivedAt, PurchaseOutcome Outcome, long? PartnerId, string? Partner)
{
    public long Base => Amount - Discount;

    /// <summary>What can still be refunded.</summary>
    public long Left => Base - Refunded;
}

/// <summary>What a partner got by a purchase.</summary>
public sealed record PartnerLine(long PartnerId, string Partner, WalletLine Line);

/// <param name="Amount">Null for all that was left.</param>
/// <param name="Applied">What it took back.</param>
public sealed record RefundRow(long Id, string ExternalId, long? Amount, long Applied, DateTime OccurredAt);

/// <summary>All that is known of a purchase.</summary>
/// <param name="IsOwn">The reader is a member of the client or of somebody who earns by it, and so decides nothing about it.</param>
public sealed record PurchaseFile(PurchaseRow Purchase, IReadOnlyList<PartnerLine> Lines, IReadOnlyList<RefundRow> Refunds, bool IsOwn);

/// <summary>All purchases, for staff.</summary>
public sealed class PurchaseDeskQueries(PortalDb portal)
{
    public const int PageSize = 25;

    /// <param name="query">An id, ours or the source's, whole; or what an account is found by.</param>
    /// <param name="outcome">Null for all.</param>
    /// <param name="cursor">Of a neighbouring page; null for the newest.</param>
    /// <param name="actor">Anybody but staff gets nothing.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Page<PurchaseRow>> PageAsync(string query, PurchaseOutcome? outcome, string? cursor, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new Page<PurchaseRow>([], null, null);
        }

        await using var db = await portal.ReadAsync(ct);
        var found = db.Purchases.AsQueryable();
        found = outcome is { } wanted ? found.Where(p => p.Outcome == wanted) : found;
        if (query.Trim() is { Length: > 0 } typed)
        {
            var accounts = AccountSearchQueries.Matching(db.Accounts, SearchQuery.Parse(typed)).Select(a => a.Id);
            found = PurchaseNumber.TryRead(typed, out var id) ? found.Where(p => p.Id == id) : found.Where(p => p.ExternalId == typed || accounts.Contains(p.ClientId));
        }

        return await IdKeyset.NewestFirstAsync(found, p => p.Id, rows => Rows(db, rows), r => r.Id, cursor, PageSize, ct);
    }

    /// <returns>Null when there is none, or the actor is no staff.</returns>
    public async Task<PurchaseFile?> FindAsync(long id, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return null;
        }

        await using var db = await portal.ReadAsync(ct);
        if (await Rows(db, db.Purchases.Where(p => p.Id == id)).SingleOrDefaultAsync(ct) is not { } purchase)
        {
            return null;
        }

        var lines = await WalletLineQueries.Read(db, db.CommissionLines.Where(l => l.PurchaseId == id)).ToListAsync(ct);
        var partners = lines.ConvertAll(l => l.Line.PartnerId);
        var names = await db.Accounts.Where(a => partners.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Name, ct);
        var refunds = await db.Refunds.Where(r => r.PurchaseId == id).OrderBy(r => r.OccurredAt).ThenBy(r => r.Id)
            .Select(r => new RefundRow(r.Id, r.ExternalId, r.Amount, r.Applied, r.OccurredAt)).ToListAsync(ct);
        return new PurchaseFile(
            purchase, [.. lines.OrderBy(l => l.Line.Level).ThenBy(l => l.Line.Id).Select(l => new PartnerLine(l.Line.PartnerId, names[l.Line.PartnerId], WalletLineQueries.Write(l)))], refunds,
            await OwnAccounts.InvolveAsync(db, actor, [purchase.ClientId, .. partners], ct));
    }

    private static IQueryable<PurchaseRow> Rows(PortalDbContext db, IQueryable<Purchase> purchases) =>
        from p in purchases
        join c in db.Accounts on p.ClientId equals c.Id
        join a in db.Accounts on p.PartnerId equals (long?)a.Id into partners
        from a in partners.DefaultIfEmpty()
        select new PurchaseRow(
            p.Id, PurchaseNumber.Write(p.Id), p.ClientId, c.Name, p.Source, p.ExternalId, p.Product, p.Amount, p.Discount, p.Tax, p.Refunded, p.Currency, p.OccurredAt, p.PaidUntil, p.ReceivedAt, p.Outcome,
            p.PartnerId, a.Name);
}
