using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Payouts;

/// <summary>A line of the books that a payout pays, or that diminishes it.</summary>
/// <param name="At">UTC.</param>
/// <param name="Client">Initials; empty when it is of no purchase.</param>
/// <param name="Level">Of the partner, in that purchase.</param>
/// <param name="Purchase">The sender's number of the purchase.</param>
/// <param name="Returned">The payout from which the money came back.</param>
/// <param name="Amount">Minor units; negative when it was taken back.</param>
/// <param name="Reason">Why it was given, when it is of no purchase and no payout.</param>
public sealed record StatementLine(DateTime At, LedgerKind Kind, string Client, string Product, int Level, string Purchase, string? Returned, long Amount, string? Reason = null);

/// <summary>What a payout's statement tells. Amounts are minor units, times UTC.</summary>
/// <param name="Issuer">Who pays, as the owner wrote it; empty for the program's name.</param>
/// <param name="AccountNumber">The partner's number.</param>
public sealed record PayoutStatement(
    string Number, PayoutState State, string Currency, long Amount, DateTime RequestedAt, DateTime ChangedAt, string? FailureReason, string Issuer, string IssuerTaxId, string AccountName, long AccountNumber,
    PayeeDetails Payee, IReadOnlyList<StatementLine> Lines);

/// <summary>Reads a payout with every line of the books that is in it.</summary>
public sealed class PayoutStatementQueries(PortalDb portal, PayeeVault vault)
{
    private const int Chunk = 500;

    /// <summary>Null when it is not there, or neither the actor's own account's nor the actor staff.</summary>
    public async Task<PayoutStatement?> FindAsync(long payoutId, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        var found = await (
            from p in db.Payouts
            join a in db.Accounts on p.AccountId equals a.Id
            where p.Id == payoutId
            select new { Payout = p, a.Name }).SingleOrDefaultAsync(ct);
        if (found is not { Payout: var payout, Name: var name } || !(actor.IsStaff || (actor.MaySeeMoney && actor.AccountId == payout.AccountId)))
        {
            return null;
        }

        var settings = await db.PayoutSettings.SingleOrDefaultAsync(ct) ?? new PayoutSettings();
        return new PayoutStatement(
            PayoutNumber.Write(payout.Id), payout.State, payout.Currency, payout.Amount, payout.RequestedAt, payout.ChangedAt, payout.FailureReason, settings.Issuer, settings.IssuerTaxId, name,
            Shared.AccountNumber.Offset + payout.AccountId, vault.Open(payout.AccountId, payout.SealedPayee), await LinesAsync(db, payout, ct));
    }

    private static async Task<IReadOnlyList<StatementLine>> LinesAsync(PortalDbContext db, Payout payout, CancellationToken ct)
    {
        var lines = new List<StatementLine>();
        foreach (var chunk in (await PayoutBook.LinesAsync(db, payout.Id, ct)).Chunk(Chunk))
        {
            var purchases = chunk.Select(e => e.PurchaseId).OfType<long>().Distinct().ToList();
            var of = await (
                from p in db.Purchases
                join c in db.Accounts on p.ClientId equals c.Id
                where purchases.Contains(p.Id)
                select new { p.Id, p.ExternalId, p.Product, c.Name, Level = db.CommissionLines.Where(l => l.PurchaseId == p.Id && l.PartnerId == payout.AccountId).OrderBy(l => l.Id).Select(l => l.Level).FirstOrDefault() })
                .ToDictionaryAsync(p => p.Id, ct);
            lines.AddRange(chunk.Select(e => e.PurchaseId is { } id && of.TryGetValue(id, out var purchase)
                ? new StatementLine(e.At, e.Kind, Initials.Of(purchase.Name), purchase.Product, purchase.Level, purchase.ExternalId, null, e.Amount)
                : new StatementLine(e.At, e.Kind, "", "", 0, "", e.PayoutId is { } back ? PayoutNumber.Write(back) : null, e.Amount, e.Reason)));
        }

        return lines;
    }
}
