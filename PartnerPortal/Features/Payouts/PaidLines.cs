using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Purchases;

namespace PartnerPortal.Features.Payouts;

/// <summary>
/// Which lines of a wallet a payout pays. It claims every entry of the available money that none before it claimed, and with what came back from those that failed also what they had
/// claimed: once it is paid, all that was ever claimed in its wallet and currency is. Entries claimed later wait for the next one.
/// </summary>
internal static class PaidLines
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Runs what marks lines, again after a moment where one of them is just being settled: settling writes the lines of a client, marking those of a partner, and if either held some of them
    /// while it waited for others, both could wait for each other. What marks holds nothing while it waits, and so is never waited for by whom it waits for.
    /// </summary>
    public static async Task<T> WhenFreeAsync<T>(Func<Task<T>> attempt, CancellationToken ct)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await attempt();
            }
            catch (Exception error) when (error.IsRowBusy() && Stopwatch.GetElapsedTime(start) < Patience)
            {
                await Task.Delay(Pause, ct);
            }
        }
    }

    /// <summary>Says in the lines that their entries were paid. The caller holds the account's payout lock, calls it once for a payout, and begins anew where a line is not free; see <see cref="WhenFreeAsync"/>.</summary>
    /// <param name="work">Marks the payout paid.</param>
    /// <param name="payout">Saved before.</param>
    /// <param name="at">UTC; when it was paid.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task MarkAsync(PortalTransaction work, Payout payout, DateTime at, CancellationToken ct)
    {
        var (id, account, currency) = (payout.Id, payout.AccountId, payout.Currency);
        var last = await work.Db.Payouts.Where(p => p.AccountId == account && p.Currency == currency && p.State == PayoutState.Paid && p.Id < id).MaxAsync(p => (long?)p.Id, ct) ?? 0;
        if (work.Db.Database.IsNpgsql())
        {
            await work.Db.Database.ExecuteSqlAsync(
                $"""
                SELECT l."Id" FROM "CommissionLines" l WHERE l."PartnerId" = {account} AND l."PurchaseId" IN (
                  SELECT t."PurchaseId" FROM "Payouts" p
                  JOIN "LedgerClaims" c ON c."PayoutId" = p."Id" JOIN "LedgerEntries" e ON e."Id" = c."Id" JOIN "LedgerTransactions" t ON t."Id" = e."TransactionId"
                  WHERE p."AccountId" = {account} AND p."Currency" = {currency} AND p."Id" > {last} AND p."Id" <= {id})
                FOR NO KEY UPDATE OF l NOWAIT
                """, ct);
        }

        await work.Db.Database.ExecuteSqlAsync(
            $"""
            UPDATE "CommissionLines" SET "Paid" = "Paid" + x."Sum", "PaidAt" = {at} FROM (
              SELECT t."PurchaseId", CAST(sum(e."Amount") AS bigint) AS "Sum" FROM "Payouts" p
              JOIN "LedgerClaims" c ON c."PayoutId" = p."Id" JOIN "LedgerEntries" e ON e."Id" = c."Id" JOIN "LedgerTransactions" t ON t."Id" = e."TransactionId"
              WHERE p."AccountId" = {account} AND p."Currency" = {currency} AND p."Id" > {last} AND p."Id" <= {id} AND t."PurchaseId" IS NOT NULL GROUP BY t."PurchaseId") x
            WHERE "CommissionLines"."PurchaseId" = x."PurchaseId" AND "CommissionLines"."PartnerId" = {account}
            """, ct);
    }

    /// <summary>Lines that say another amount was paid of them than the entries which paid payouts claimed, the first ones.</summary>
    public static async Task<IReadOnlyList<BookFinding>> WrongAsync(PortalDbContext db, int most, CancellationToken ct)
    {
        var wrong = await db.Database.SqlQuery<WrongPaidLine>($"""
            SELECT l."Id", l."Paid", coalesce(x."Sum", 0) AS "Claimed" FROM "CommissionLines" l LEFT JOIN (
              SELECT t."PurchaseId", e."OwnerId", CAST(sum(e."Amount") AS bigint) AS "Sum" FROM "LedgerClaims" c
              JOIN "LedgerEntries" e ON e."Id" = c."Id" JOIN "LedgerTransactions" t ON t."Id" = e."TransactionId"
              JOIN (SELECT "AccountId", "Currency", max("Id") AS "Last" FROM "Payouts" WHERE "State" = 'Paid' GROUP BY "AccountId", "Currency") p ON p."AccountId" = e."OwnerId" AND p."Currency" = e."Currency"
              WHERE c."PayoutId" <= p."Last" AND t."PurchaseId" IS NOT NULL GROUP BY t."PurchaseId", e."OwnerId") x ON x."PurchaseId" = l."PurchaseId" AND x."OwnerId" = l."PartnerId"
            WHERE l."Paid" <> coalesce(x."Sum", 0) ORDER BY l."Id" LIMIT {most}
            """).ToListAsync(ct);
        return [.. wrong.Select(w => new BookFinding("line", w.Id, FormattableString.Invariant($"it says that {w.Paid} of it was paid; by the payouts it is {w.Claimed}")))];
    }
}

/// <summary>See <see cref="PaidLines.WrongAsync"/>; minor units.</summary>
internal sealed record WrongPaidLine(long Id, long Paid, long Claimed);
