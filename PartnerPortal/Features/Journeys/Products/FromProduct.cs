using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Journeys.Products;

/// <summary>How the API writes a registration's id, so that one is told from an id of the product's.</summary>
public static class ProductIds
{
    public const string Prefix = "reg_";
}

/// <summary>That a registration came from the product: what it calls the account, and as which request it came.</summary>
/// <param name="Actor">The product's machine.</param>
internal sealed record FromProduct(string ExternalId, string? Key, string Hash, Actor Actor)
{
    /// <summary>Notes it in the registration's transaction.</summary>
    /// <param name="work">Of the registration.</param>
    /// <param name="account">That was registered, or the owner's who has shown that the address is its own; null for an address that is somebody's already.</param>
    /// <param name="isVerified">The product has seen the address confirmed.</param>
    /// <param name="ct">Cancels.</param>
    public async Task KeepAsync(PortalTransaction work, Account? account, bool isVerified, CancellationToken ct)
    {
        // Whoever had an account keeps the id by which other systems know it. Without proof it goes by the new one when its address is confirmed.
        if (isVerified && (account is { State: not AccountState.Active } or { ExternalId: null }))
        {
            account.SetExternalId(ExternalId);
        }

        var registration = new ProductRegistration(ExternalId, Hash, isVerified, account?.Id, work.Now);
        work.Db.ProductRegistrations.Add(registration);
        work.Audit(Actor, AuditActions.RegistrationTold, ("account", account?.Id), account?.Id, new { externalId = ExternalId });
        await work.SaveAsync(ct);
        IdempotencyKeys.Keep(work, PurchaseSources.Api, Key, Hash, registration.Id);
    }

    /// <summary>The address is confirmed: the account goes by what the product called it last, unless it goes by another id already.</summary>
    public static async Task ConfirmedAsync(PortalTransaction work, Account account, CancellationToken ct)
    {
        if (account.ExternalId is null
            && await work.Db.ProductRegistrations.Where(r => r.AccountId == account.Id).OrderByDescending(r => r.Id).Select(r => r.ExternalId).FirstOrDefaultAsync(ct) is { } told
            && !await work.Db.Accounts.AnyAsync(a => a.ExternalId == told, ct))
        {
            account.SetExternalId(told);
        }
    }
}
