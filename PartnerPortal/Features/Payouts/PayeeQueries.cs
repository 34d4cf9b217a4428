using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Payouts;

/// <summary>Payee details as pages show them: account and tax number by their last characters.</summary>
/// <param name="ChangedAt">UTC.</param>
public sealed record MaskedPayee(string Holder, string Number, bool IsIban, string Bank, string Country, string Address, string TaxId, DateTime ChangedAt);

/// <summary>Where the actor's own account is paid to.</summary>
public sealed class PayeeQueries(PortalDb portal, PayeeVault vault)
{
    /// <summary>Null when nothing is kept, or the actor may not see the account's money.</summary>
    public async Task<MaskedPayee?> FindAsync(Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } own, MaySeeMoney: true })
        {
            return null;
        }

        await using var db = await portal.ReadAsync(ct);
        if (await db.Payees.SingleOrDefaultAsync(p => p.AccountId == own, ct) is not { } payee)
        {
            return null;
        }

        var details = vault.Open(own, payee.Sealed);
        return new MaskedPayee(details.Holder, details.MaskedNumber, details.IsIban, details.Bank, details.Country, details.Address, details.MaskedTaxId, payee.ChangedAt);
    }
}
