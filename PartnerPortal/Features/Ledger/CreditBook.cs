using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Ledger;

/// <summary>Records what wallets are given that no purchase earned, and looks whether the books hold the same.</summary>
public static class CreditBook
{
    /// <summary>Records and posts it, unless its key did already.</summary>
    /// <param name="work">The caller's.</param>
    /// <param name="credit">New.</param>
    /// <param name="limit">Of the budget that it names; null when it names none.</param>
    /// <param name="action">A name of <see cref="AuditActions"/>.</param>
    /// <param name="actor">Who gives it.</param>
    /// <param name="ct">Cancels.</param>
    internal static async Task<Result<GrantedBonus>> RecordAsync(PortalTransaction work, Credit credit, long? limit, string action, Actor actor, CancellationToken ct)
    {
        if (await FaultAsync(work.Db, credit, ct) is { } fault)
        {
            return fault;
        }

        if (await FindAsync(work.Db, credit.Key, ct) is { } before)
        {
            return Again(before, credit);
        }

        if (credit.BudgetKey is { } budget && !await TakeAsync(work.Db, budget, credit.Currency, credit.Amount, limit ?? 0, ct))
        {
            // Whoever held the budget until now may have given the very same.
            return await FindAsync(work.Db, credit.Key, ct) is { } meanwhile
                ? Again(meanwhile, credit)
                : new BonusBudgetSpent(await BonusBook.LeftAsync(work.Db, new BonusBudget(budget, limit ?? 0), credit.Currency, ct));
        }

        if (!await InsertAsync(work, credit, ct))
        {
            if (credit.BudgetKey is { } taken)
            {
                await work.Db.Database.ExecuteSqlAsync($"""UPDATE "CreditBudgets" SET "Spent" = "Spent" - {credit.Amount} WHERE "Key" = {taken} AND "Currency" = {credit.Currency}""", ct);
            }

            return Again((await FindAsync(work.Db, credit.Key, ct))!, credit);
        }

        var id = (await FindAsync(work.Db, credit.Key, ct))!.Id;
        LedgerBook.Post(work, KindOf(credit.Kind), LedgerSubject.OfCredit(id), [new Posting(LedgerPlace.Program, LedgerPlace.Available(credit.AccountId), credit.Currency, credit.Amount)]);
        work.Audit(actor, action, ("credit", id), credit.AccountId,
            new { amount = Money.WritePlain(credit.Amount, credit.Currency), currency = credit.Currency, reason = credit.Reason });
        await work.SaveAsync(ct);
        return new GrantedBonus(id, true);
    }

    /// <summary>Records and posts an opening balance, within the caller's transaction; the caller has looked whether the actor may.</summary>
    /// <returns><see cref="BonusKeyTaken"/> when another amount was recorded before.</returns>
    public static Task<Result<GrantedBonus>> OpenBalanceAsync(PortalTransaction work, OpeningBalance balance, Actor actor, CancellationToken ct) => RecordAsync(
        work, new Credit(CreditKind.OpeningBalance, balance.AccountId, balance.Amount, balance.Currency, balance.Source, balance.Key, balance.AsOf) { ByUserId = actor.UserId }, null,
        AuditActions.OpeningBalanceRecorded, actor, ct);

    /// <summary>Credits of which the books hold something else, and transactions of credits that are not there; the first ones. There are none unless somebody changed the database itself.</summary>
    public static async Task<IReadOnlyList<WrongCredit>> WrongAsync(PortalDbContext db, int most, CancellationToken ct) => await db.Database.SqlQuery<WrongCredit>($"""
        SELECT * FROM (
          SELECT 'credit' AS "Record", c."Id" AS "Id", c."Amount" AS "Expected", CAST(coalesce(sum(CASE WHEN e."OwnerId" = c."AccountId" AND e."Account" = 'Available' AND e."Currency" = c."Currency" THEN e."Amount" ELSE 0 END), 0) AS bigint) AS "Held"
            FROM "Credits" c LEFT JOIN "LedgerTransactions" t ON t."CreditId" = c."Id" LEFT JOIN "LedgerEntries" e ON e."TransactionId" = t."Id"
            GROUP BY c."Id", c."Amount", c."Kind"
            HAVING coalesce(sum(CASE WHEN e."OwnerId" = c."AccountId" AND e."Account" = 'Available' AND e."Currency" = c."Currency" THEN e."Amount" ELSE 0 END), 0) <> c."Amount"
              OR count(e."Id") <> 2 OR max(t."Kind") <> c."Kind"
          UNION ALL
          SELECT 'transaction', t."Id", 0, 0 FROM "LedgerTransactions" t
            WHERE (t."CreditId" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "Credits" c WHERE c."Id" = t."CreditId"))
              OR (t."CreditId" IS NULL) = (t."Kind" IN ('Bonus', 'OpeningBalance'))
          UNION ALL
          SELECT 'budget', min(x."Id"), CAST(sum(x."Given") AS bigint), CAST(sum(x."Spent") AS bigint) FROM (
            SELECT c."BudgetKey" AS "Key", c."Currency", c."Id", c."Amount" AS "Given", 0 AS "Spent" FROM "Credits" c WHERE c."BudgetKey" IS NOT NULL
            UNION ALL
            SELECT b."Key", b."Currency", 0, 0, b."Spent" FROM "CreditBudgets" b) x
            GROUP BY x."Key", x."Currency" HAVING sum(x."Given") <> sum(x."Spent")) w
        ORDER BY w."Record" DESC, w."Id" LIMIT {most}
        """).ToListAsync(ct);

    private static async Task<Error?> FaultAsync(PortalDbContext db, Credit credit, CancellationToken ct)
    {
        var account = credit.AccountId;
        return credit.Amount is <= 0 or > Money.Largest ? new BonusInvalid(nameof(BonusGrant.Amount))
            : !Currencies.IsKnown(credit.Currency) ? new BonusInvalid(nameof(BonusGrant.Currency))
            : credit.Key.Length is 0 or > Credit.KeyLength ? new BonusInvalid(nameof(BonusGrant.Key))
            : credit.BudgetKey is { Length: 0 or > Credit.BudgetKeyLength } ? new BonusInvalid(nameof(BonusGrant.Budget))
            : await db.Accounts.AnyAsync(a => a.Id == account && a.State != AccountState.Closed, ct) ? null
            : new BonusInvalid(nameof(BonusGrant.AccountId));
    }

    private static Result<GrantedBonus> Again(Credit before, Credit asked) => before.GivesWhat(asked) ? new GrantedBonus(before.Id, false) : new BonusKeyTaken();

    private static Task<Credit?> FindAsync(PortalDbContext db, string key, CancellationToken ct) => db.Credits.AsNoTracking().FirstOrDefaultAsync(c => c.Key == key, ct);

    /// <returns>False when the budget does not hold it.</returns>
    private static async Task<bool> TakeAsync(PortalDbContext db, string key, string currency, long amount, long limit, CancellationToken ct) =>
        amount <= limit && await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "CreditBudgets" AS b ("Key", "Currency", "Spent") VALUES ({key}, {currency}, {amount})
            ON CONFLICT ("Key", "Currency") DO UPDATE SET "Spent" = b."Spent" + excluded."Spent" WHERE b."Spent" + excluded."Spent" <= {limit}
            """, ct) == 1;

    /// <returns>False when the key is there: on PostgreSQL also when another transaction has just committed it, for which this one waited.</returns>
    private static async Task<bool> InsertAsync(PortalTransaction work, Credit c, CancellationToken ct)
    {
        await work.SaveAsync(ct);
        return await work.Db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Credits" ("Kind", "AccountId", "Amount", "Currency", "Reason", "Key", "BudgetKey", "AutomationId", "ByUserId", "OccurredAt", "At")
            VALUES ({c.Kind.ToString()}, {c.AccountId}, {c.Amount}, {c.Currency}, {c.Reason}, {c.Key}, {c.BudgetKey}, {c.AutomationId}, {c.ByUserId}, {c.OccurredAt}, {work.Now}) ON CONFLICT ("Key") DO NOTHING
            """, ct) == 1;
    }

    private static LedgerKind KindOf(CreditKind kind) => kind switch
    {
        CreditKind.Bonus => LedgerKind.Bonus,
        CreditKind.OpeningBalance => LedgerKind.OpeningBalance,
    };
}

/// <summary>What another system owed a partner.</summary>
/// <param name="Amount">Minor units, positive.</param>
/// <param name="Source">Which system, in words that the partner reads.</param>
/// <param name="AsOf">UTC; the day of which it is.</param>
public sealed record OpeningBalance(long AccountId, long Amount, string Currency, string Source, DateTime AsOf)
{
    /// <summary>One for a partner and a currency.</summary>
    public string Key => FormattableString.Invariant($"opening:{AccountId}:{Currency}");
}

/// <summary>See <see cref="CreditBook.WrongAsync"/>.</summary>
/// <param name="Record">"credit", "transaction" or "budget" (of which the id is that of a credit, or 0).</param>
/// <param name="Expected">By the facts; minor units.</param>
/// <param name="Held">By the books.</param>
public sealed record WrongCredit(string Record, long Id, long Expected, long Held);
