using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Claims;

/// <summary>An account that a claim may mean; for staff only.</summary>
public sealed record ClaimedClient(long Id, string Name, string Email);

/// <summary>Finds the accounts that a claim may mean.</summary>
internal static class ClaimedClients
{
    /// <summary>More than a person looks through; who means one of them finds it by its number.</summary>
    private const int Most = 20;

    /// <summary>Accounts but the claimant's with a member of that address or at that domain, or with a site there. One that a partner made counts, though nobody has claimed it yet.</summary>
    public static async Task<IReadOnlyList<ClaimedClient>> FindAsync(PortalDbContext db, ClaimNaming naming, string named, long claimantId, CancellationToken ct)
    {
        var key = named.ToUpperInvariant();
        var ending = "@" + key;
        var people = naming is ClaimNaming.Email ? db.Users.Where(u => u.NormalizedEmail == key) : db.Users.Where(u => u.NormalizedEmail!.EndsWith(ending));
        var byPeople = await (
            from u in people
            join m in db.Members on u.Id equals m.UserId
            join a in db.Accounts on m.AccountId equals a.Id
            where a.State != AccountState.Closed && a.Id != claimantId
            orderby a.Id
            select new ClaimedClient(a.Id, a.Name, a.Email ?? "")).Distinct().Take(Most).ToListAsync(ct);
        if (naming is ClaimNaming.Email)
        {
            return byPeople;
        }

        var bySite = await db.Accounts.Where(a => a.State != AccountState.Closed && a.Id != claimantId && a.Website != null && a.Website.Contains(named)).OrderBy(a => a.Id)
            .Select(a => new { a.Id, a.Name, a.Email, a.Website }).Take(Most).ToListAsync(ct);
        return [.. byPeople.Concat(bySite.Where(s => IsAt(s.Website!, named)).Select(s => new ClaimedClient(s.Id, s.Name, s.Email ?? ""))).DistinctBy(c => c.Id).Take(Most)];
    }

    /// <summary>By its number, or by an address.</summary>
    public static async Task<long?> FindOneAsync(PortalDbContext db, string typed, long claimantId, CancellationToken ct)
    {
        if (EmailAddress.TryParse(typed, out var address, out _))
        {
            return await FindAsync(db, ClaimNaming.Email, address.Normalized, claimantId, ct) is [var only] ? only.Id : null;
        }

        return ClaimNumber.TryReadAccount(typed, out var id) && id != claimantId && await db.Accounts.AnyAsync(a => a.Id == id && a.State != AccountState.Closed, ct) ? id : null;
    }

    private static bool IsAt(string website, string domain) =>
        ClaimedName.HostOf(website) is var host && (host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase));
}

/// <summary>How claims are called in words and mail.</summary>
public static class ClaimNumber
{
    /// <summary>"C-17".</summary>
    public static string Write(long id) => FormattableString.Invariant($"C-{id}");

    /// <summary>"C-17", or "c-17", to its id.</summary>
    public static bool TryRead(string typed, out long id)
    {
        id = 0;
        return typed.StartsWith("C-", StringComparison.OrdinalIgnoreCase)
            && long.TryParse(typed.AsSpan(2), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out id);
    }

    /// <summary>An account's number as typed, to its id.</summary>
    internal static bool TryReadAccount(string typed, out long id)
    {
        var isNumber = long.TryParse(typed.Trim().TrimStart('#'), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number);
        id = number - AccountNumber.Offset;
        return isNumber && id > 0;
    }
}
