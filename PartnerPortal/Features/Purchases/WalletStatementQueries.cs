using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>A movement and the purchase it is of.</summary>
/// <param name="Client">Initials; null when it is of no purchase.</param>
/// <param name="Level">At which the partner stands in it.</param>
public sealed record StatementRow(WalletMovement Movement, string? Client, string? Product, int? Level);

/// <summary>What a statement of a month says.</summary>
/// <param name="Rows">In the order of posting.</param>
/// <param name="IsCut">There are more movements than a paper can hold.</param>
public sealed record WalletStatementFacts(CalendarMonth Month, string Currency, WalletMonth Balances, IReadOnlyList<StatementRow> Rows, bool IsCut);

/// <summary>Reads a month of the actor's own wallet for a statement.</summary>
public sealed class WalletStatementQueries(PortalDb portal, WalletMonthQueries months)
{
    /// <summary>About sixty pages; the rest is summed in the balances and stands in the file for spreadsheets.</summary>
    public const int MaxRows = 2000;

    /// <returns>Null when the wallet had nothing in that currency by then, or the actor may not see it.</returns>
    public async Task<WalletStatementFacts?> FindAsync(string currency, CalendarMonth month, Actor actor, CancellationToken ct)
    {
        if (await months.BalancesAsync(currency, month, actor, ct) is not { } balances)
        {
            return null;
        }

        var moved = await months.MovementsAsync(currency, month, MaxRows + 1, actor, ct);
        var shown = moved.Take(MaxRows).ToList();
        var purchases = shown.Select(m => m.PurchaseId).OfType<long>().Distinct().ToList();
        await using var db = await portal.ReadAsync(ct);
        var known = await (
            from l in db.CommissionLines
            join p in db.Purchases on l.PurchaseId equals p.Id
            join a in db.Accounts on p.ClientId equals a.Id
            where l.PartnerId == actor.AccountId && purchases.Contains(l.PurchaseId)
            select new { l.PurchaseId, l.Level, p.Product, a.Name }).ToDictionaryAsync(l => l.PurchaseId, ct);
        return new WalletStatementFacts(month, currency, balances, [.. shown.Select(m =>
        {
            var of = m.PurchaseId is { } id ? known.GetValueOrDefault(id) : null;
            return new StatementRow(m, of is null ? null : Initials.Of(of.Name), of?.Product, of?.Level);
        })], moved.Count > MaxRows);
    }
}
