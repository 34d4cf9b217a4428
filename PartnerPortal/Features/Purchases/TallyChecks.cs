using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Features.Purchases;

/// <summary>
/// Compares what the database keeps beside purchases and lines with what these come to: each wallet's lines by state, and what partners' lists say of each client. Each is one statement, and so one
/// moment, also while the portal writes. That wallets fit their entries is <see cref="Ledger.LedgerBook.WrongTalliesAsync"/>.
/// </summary>
internal static class TallyChecks
{
    public static async Task<IReadOnlyList<BookFinding>> FindAsync(PortalDbContext db, int most, CancellationToken ct) =>
        [.. await EarningsAsync(db, most, ct), .. await ClientsAsync(db, most, ct), .. await PaidUntilAsync(db, most, ct)];

    private static async Task<IEnumerable<BookFinding>> EarningsAsync(PortalDbContext db, int most, CancellationToken ct)
    {
        var wrong = await db.Database.SqlQuery<WrongEarnings>($"""
            SELECT x."PartnerId", x."Currency", x."State", CAST(sum(x."Count") AS bigint) AS "Lines", CAST(sum(x."Net") AS bigint) AS "Net" FROM (
              SELECT l."PartnerId", l."Currency", l."Month", CASE WHEN l."Granted" = 0 THEN 'Nothing' WHEN l."Granted" = l."Reversed" THEN 'TakenBack' WHEN l."ReleasedAt" IS NULL THEN 'Held'
                WHEN l."Paid" < l."Granted" - l."Reversed" THEN 'Available' ELSE 'Paid' END AS "State", 1 AS "Count", l."Granted" - l."Reversed" AS "Net" FROM "CommissionLines" l
              UNION ALL
              SELECT t."PartnerId", t."Currency", t."Month", t."State", -t."Count", -t."Net" FROM "EarningTallies" t) x
            GROUP BY x."PartnerId", x."Currency", x."Month", x."State" HAVING sum(x."Count") <> 0 OR sum(x."Net") <> 0 ORDER BY x."PartnerId" LIMIT {most}
            """).ToListAsync(ct);
        return wrong.Select(w => new BookFinding("wallet", w.PartnerId, FormattableString.Invariant($"its lines in {w.Currency}, {w.State}, are {w.Lines} more, by {w.Net}, than its tally says")));
    }

    private static async Task<IEnumerable<BookFinding>> ClientsAsync(PortalDbContext db, int most, CancellationToken ct)
    {
        var wrong = await db.Database.SqlQuery<WrongClientMoney>($"""
            SELECT x."PartnerId", x."ClientId", x."Currency", CAST(sum(x."Purchases") AS bigint) AS "Purchases", CAST(sum(x."Earned") AS bigint) AS "Earned" FROM (
              SELECT p."PartnerId", p."ClientId", p."Currency", 1 AS "Purchases", coalesce(l."Granted" - l."Reversed", 0) AS "Earned" FROM "Purchases" p
                LEFT JOIN "CommissionLines" l ON l."PurchaseId" = p."Id" AND l."PartnerId" = p."PartnerId" WHERE p."PartnerId" IS NOT NULL
              UNION ALL
              SELECT t."PartnerId", t."ClientId", t."Currency", -t."Purchases", -t."Earned" FROM "ClientMoneyTallies" t) x
            GROUP BY x."PartnerId", x."ClientId", x."Currency" HAVING sum(x."Purchases") <> 0 OR sum(x."Earned") <> 0 ORDER BY x."PartnerId", x."ClientId" LIMIT {most}
            """).ToListAsync(ct);
        return wrong.Select(w => new BookFinding("client", w.ClientId, FormattableString.Invariant(
            $"its purchases in {w.Currency} by account {w.PartnerId} are {w.Purchases} more, and earned {w.Earned} more, than the list of that account says")));
    }

    private static async Task<IEnumerable<BookFinding>> PaidUntilAsync(PortalDbContext db, int most, CancellationToken ct)
    {
        var wrong = await db.Database.SqlQuery<WrongPaidUntil>($"""
            SELECT r."ClientId", r."PartnerId" FROM "ClientRecords" r LEFT JOIN (
              SELECT p."PartnerId", p."ClientId", max(p."PaidUntil") AS "PaidUntil" FROM "Purchases" p
              WHERE p."PartnerId" IS NOT NULL AND (p."Refunded" = 0 OR p."Refunded" < p."Amount" - p."Discount") GROUP BY p."PartnerId", p."ClientId") x ON x."PartnerId" = r."PartnerId" AND x."ClientId" = r."ClientId"
            WHERE r."ClientId" IS NOT NULL AND (r."PaidUntil" <> x."PaidUntil" OR (r."PaidUntil" IS NULL) <> (x."PaidUntil" IS NULL)) ORDER BY r."Id" LIMIT {most}
            """).ToListAsync(ct);
        return wrong.Select(w => new BookFinding("client", w.ClientId, FormattableString.Invariant($"the list of account {w.PartnerId} says that it is paid until another day than its purchases do")));
    }
}

/// <summary>By how much lines are above their tally.</summary>
internal sealed record WrongEarnings(long PartnerId, string Currency, string State, long Lines, long Net);

/// <summary>By how much purchases are above their tally.</summary>
internal sealed record WrongClientMoney(long PartnerId, long ClientId, string Currency, long Purchases, long Earned);

/// <summary>A line of a partner's list.</summary>
internal sealed record WrongPaidUntil(long ClientId, long PartnerId);
