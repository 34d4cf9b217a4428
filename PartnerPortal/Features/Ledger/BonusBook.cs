using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Ledger;

/// <summary>From what bonuses are taken.</summary>
/// <param name="Key">Bonuses of the same key and currency share it; at most <see cref="Credit.BudgetKeyLength"/> characters.</param>
/// <param name="Limit">Of all of them together, ever; minor units of the bonus's currency.</param>
public sealed record BonusBudget(string Key, long Limit);

/// <summary>A bonus to be given.</summary>
/// <param name="AccountId">Whose wallet.</param>
/// <param name="Amount">Minor units, positive.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Reason">Why, in words that the partner reads; at most <see cref="Credit.ReasonLength"/> characters.</param>
/// <param name="Key">Makes it once: "automation:17:3"; at most <see cref="Credit.KeyLength"/> characters.</param>
/// <param name="Budget">Null for none.</param>
/// <param name="AutomationId">By which it is given; null when by none.</param>
public sealed record BonusGrant(long AccountId, long Amount, string Currency, string Reason, string Key, BonusBudget? Budget = null, long? AutomationId = null);

/// <param name="IsNew">False when the key had given it before; nothing was posted then.</param>
public sealed record GrantedBonus(long Id, bool IsNew);

/// <summary>Gives bonuses, within the caller's transaction; the caller has looked whether the actor may.</summary>
public static class BonusBook
{
    /// <summary>Records the bonus, posts it and takes it from its budget, which is held to the end of the transaction. Takes no lock that has an order.</summary>
    /// <returns>An error when nothing was given; the transaction can go on.</returns>
    public static Task<Result<GrantedBonus>> GrantAsync(PortalTransaction work, BonusGrant grant, Actor actor, CancellationToken ct)
    {
        var reason = grant.Reason.Trim();
        if (reason.Length is 0 or > Credit.ReasonLength)
        {
            return Task.FromResult<Result<GrantedBonus>>(new BonusInvalid(nameof(BonusGrant.Reason)));
        }

        var credit = new Credit(CreditKind.Bonus, grant.AccountId, grant.Amount, grant.Currency, reason, grant.Key, work.Now)
        {
            BudgetKey = grant.Budget?.Key,
            AutomationId = grant.AutomationId,
            ByUserId = actor.UserId,
        };
        return CreditBook.RecordAsync(work, credit, grant.Budget?.Limit, AuditActions.BonusGranted, actor, ct);
    }

    /// <summary>What a budget still holds; minor units, never negative.</summary>
    public static async Task<long> LeftAsync(PortalDbContext db, BonusBudget budget, string currency, CancellationToken ct)
    {
        var (key, limit) = (budget.Key, budget.Limit);
        var spent = await db.CreditBudgets.AsNoTracking().Where(b => b.Key == key && b.Currency == currency).Select(b => (long?)b.Spent).FirstOrDefaultAsync(ct) ?? 0;
        return Math.Max(0, limit - spent);
    }
}
