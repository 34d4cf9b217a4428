using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Features.Referrals;

/// <summary>An address that a partner may not invite any more, because its owner said so. The address itself is not kept.</summary>
public sealed class InvitationOptOut
{
    private InvitationOptOut()
    {
    }

    public InvitationOptOut(long partnerId, string normalizedEmail, DateTime at) => (PartnerId, AddressHash, At) = (partnerId, HashOf(partnerId, normalizedEmail), at);

    public long PartnerId { get; private set; }

    /// <summary>SHA-256 of the partner and the normalised address, in hexadecimal digits.</summary>
    public string AddressHash { get; private set; } = "";

    /// <summary>UTC.</summary>
    public DateTime At { get; private set; }

    public static string HashOf(long partnerId, string normalizedEmail) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(partnerId.ToString(CultureInfo.InvariantCulture) + ":" + normalizedEmail)));
}

/// <summary>Who is not asked again.</summary>
internal static class InvitationOptOuts
{
    /// <summary>Which of the addresses the partner may not invite.</summary>
    /// <param name="db">Is read.</param>
    /// <param name="partnerId">The partner.</param>
    /// <param name="normalized">Normalised addresses.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<HashSet<string>> AmongAsync(PortalDbContext db, long partnerId, IReadOnlyCollection<string> normalized, CancellationToken ct)
    {
        var hashes = normalized.Distinct(StringComparer.Ordinal).ToDictionary(e => InvitationOptOut.HashOf(partnerId, e), StringComparer.Ordinal);
        var wanted = hashes.Keys.ToList();
        var found = await db.InvitationOptOuts.Where(o => o.PartnerId == partnerId && wanted.Contains(o.AddressHash)).Select(o => o.AddressHash).ToListAsync(ct);
        return [.. found.Select(h => hashes[h])];
    }

    /// <summary>Whether the partner may not invite the address.</summary>
    public static Task<bool> HasAsync(PortalDbContext db, long partnerId, string normalizedEmail, CancellationToken ct) => Of(db, partnerId, normalizedEmail).AnyAsync(ct);

    /// <summary>The partner may invite the address again.</summary>
    public static Task RemoveAsync(PortalTransaction work, long partnerId, string normalizedEmail, CancellationToken ct) => Of(work.Db, partnerId, normalizedEmail).ExecuteDeleteAsync(ct);

    /// <summary>From now on the partner does not invite the address.</summary>
    public static async Task AddAsync(PortalTransaction work, long partnerId, string normalizedEmail, CancellationToken ct)
    {
        if (normalizedEmail.Length > 0 && !await HasAsync(work.Db, partnerId, normalizedEmail, ct))
        {
            work.Db.InvitationOptOuts.Add(new InvitationOptOut(partnerId, normalizedEmail, work.Now));
        }
    }

    private static IQueryable<InvitationOptOut> Of(PortalDbContext db, long partnerId, string normalizedEmail)
    {
        var hash = InvitationOptOut.HashOf(partnerId, normalizedEmail);
        return db.InvitationOptOuts.Where(o => o.PartnerId == partnerId && o.AddressHash == hash);
    }
}
