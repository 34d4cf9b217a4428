using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Products;

/// <summary>A registration as the product may know it.</summary>
/// <param name="ClientNumber">The account's number, once its address is confirmed; null before, and where it is not known to be the same person's.</param>
/// <param name="PartnerName">Of the account's partner; null when it has none, or the number is not told.</param>
/// <param name="PartnerCode">Likewise.</param>
public sealed record ProductRegistrationRow(long Id, string ExternalId, DateTime At, long? ClientNumber, string? PartnerName, string? PartnerCode);

/// <summary>Reads what became of what the product told; for its machines.</summary>
public sealed class ProductRegistrationQueries(PortalDb portal)
{
    /// <param name="id">Ours.</param>
    /// <param name="actor">A machine that tells of registrations.</param>
    /// <param name="ct">Cancels.</param>
    public Task<ProductRegistrationRow?> FindAsync(long id, Actor actor, CancellationToken ct) => FindAsync(r => r.Where(x => x.Id == id), actor, ct);

    /// <summary>By what the product calls it.</summary>
    public Task<ProductRegistrationRow?> ByExternalIdAsync(string externalId, Actor actor, CancellationToken ct) => FindAsync(r => r.Where(x => x.ExternalId == externalId), actor, ct);

    /// <returns>The account's id of a client by its number or by what the program's systems call it; null when there is none, or the actor may not ask.</returns>
    public async Task<long?> ClientAsync(string client, Actor actor, CancellationToken ct)
    {
        if (actor.ProgramScope is not ProgramScopes.LookupRead)
        {
            return null;
        }

        var number = long.TryParse(client, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var n) && AccountNumber.TryIdOf(n, out var byNumber) ? byNumber : (long?)null;
        await using var db = await portal.ReadAsync(ct);
        // An external id may look like a number of ours; what the program's own systems gave goes first.
        var found = await db.Accounts.Where(a => a.State != AccountState.Closed && (a.ExternalId == client || a.Id == number)).OrderBy(a => a.ExternalId == client ? 0 : 1).Select(a => a.Id).Take(1).ToListAsync(ct);
        return found is [var id] ? id : null;
    }

    private async Task<ProductRegistrationRow?> FindAsync(Func<IQueryable<ProductRegistration>, IQueryable<ProductRegistration>> which, Actor actor, CancellationToken ct)
    {
        if (actor.ProgramScope is not ProgramScopes.RegistrationsWrite)
        {
            return null;
        }

        await using var db = await portal.ReadAsync(ct);
        return await (
            from r in which(db.ProductRegistrations)
            join c in db.Accounts.Where(a => a.State == AccountState.Active) on r.AccountId equals (long?)c.Id into accounts
            from c in accounts.DefaultIfEmpty()
            join o in db.Attributions.Where(a => a.EndedAt == null) on (long?)c.Id equals (long?)o.ClientId into attributions
            from o in attributions.DefaultIfEmpty()
            join p in db.Accounts on (long?)o.PartnerId equals (long?)p.Id into partners
            from p in partners.DefaultIfEmpty()
            select new ProductRegistrationRow(r.Id, r.ExternalId, r.At, c == null ? null : AccountNumber.Offset + c.Id, p.Name, p.Code)).FirstOrDefaultAsync(ct);
    }
}
