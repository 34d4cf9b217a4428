using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>Finds the account that a source means.</summary>
internal static class ClientLookup
{
    /// <returns>The account's id, or 0 and why it was not found.</returns>
    public static async Task<(long Id, PurchaseRefused? Unknown)> FindAsync(PortalDbContext db, ClientReference client, CancellationToken ct)
    {
        var meant = await MeantAsync(db, [client], ct);
        var id = meant[client].Id;
        return Known(meant, await db.Accounts.Where(a => a.Id == id).Select(a => a.Id).ToListAsync(ct))[client];
    }

    /// <summary>The same of many, but those named by our number, as most are, are not looked up: whether there is one is said by <see cref="Known"/>.</summary>
    public static async Task<IReadOnlyDictionary<ClientReference, (long Id, PurchaseRefused? Unknown)>> MeantAsync(PortalDbContext db, IReadOnlyCollection<ClientReference> clients, CancellationToken ct)
    {
        List<string> externalIds = [.. clients.Where(c => c.Number is null).Select(c => c.ExternalId).OfType<string>()];
        List<string> emails = [.. clients.Where(c => c is { Number: null, ExternalId: null }).Select(c => c.Email!.ToUpperInvariant()).Distinct(StringComparer.Ordinal)];
        var byExternalId = externalIds.Count == 0 ? [] : await db.Accounts.Where(a => a.ExternalId != null && externalIds.Contains(a.ExternalId)).Select(a => new Named(a.ExternalId!, a.Id)).ToListAsync(ct);
        var byEmail = emails.Count == 0 ? [] : await ByEmail(db, emails).ToListAsync(ct);
        var (named, mailed) = (byExternalId.ToLookup(n => n.Name, n => n.Id, StringComparer.Ordinal), byEmail.ToLookup(n => n.Name, n => n.Id, StringComparer.Ordinal));
        return clients.Distinct().ToDictionary(c => c, c => c switch
        {
            { Number: { } number } => (number - AccountNumber.Offset, null),
            { ExternalId: { } externalId } => Only([.. named[externalId]]),
            _ => Only([.. mailed[c.Email!.ToUpperInvariant()]]),
        });
    }

    /// <summary>Which of the meant ones there are.</summary>
    /// <param name="meant">See <see cref="MeantAsync"/>.</param>
    /// <param name="accounts">Those of them that there are.</param>
    public static IReadOnlyDictionary<ClientReference, (long Id, PurchaseRefused? Unknown)> Known(IReadOnlyDictionary<ClientReference, (long Id, PurchaseRefused? Unknown)> meant, IEnumerable<long> accounts)
    {
        var known = accounts.ToHashSet();
        return meant.ToDictionary(m => m.Key, m => m.Value.Unknown is not null || known.Contains(m.Value.Id) ? m.Value : Only([]));
    }

    /// <summary>An address that nobody confirmed proves nothing about who bought.</summary>
    private static IQueryable<Named> ByEmail(PortalDbContext db, List<string> normalized) =>
        from u in db.Users
        join m in db.Members on u.Id equals m.UserId
        where normalized.Contains(u.NormalizedEmail!) && u.EmailConfirmed && m.Role == MemberRole.Admin
        select new Named(u.NormalizedEmail!, m.AccountId);

    private static (long Id, PurchaseRefused? Unknown) Only(List<long> found) => found switch
    {
        [var only] => (only, null),
        [] => (0, new PurchaseRefused(PurchaseProblem.ClientUnknown, nameof(PurchaseRequest.Client))),
        _ => (0, new PurchaseRefused(PurchaseProblem.ClientAmbiguous, nameof(PurchaseRequest.Client))),
    };

    private sealed record Named(string Name, long Id);
}
