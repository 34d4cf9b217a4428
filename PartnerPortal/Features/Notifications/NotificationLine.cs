using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Notifications;

/// <summary>What a user was told, with what its sentence needs, as the user may see it now.</summary>
/// <param name="AccountId">Null as staff.</param>
/// <param name="At">UTC.</param>
/// <param name="Name">Of the client, partner or account it is about; null when it counts several, or there is none to be seen.</param>
/// <param name="Amount">With its currency, in the reader's language; null likewise.</param>
/// <param name="Href">Where it leads; null for nowhere.</param>
public sealed record NotificationLine(long Id, NotificationKind Kind, long? AccountId, DateTime At, int Count, bool IsNew, string Detail, string Words, string? Name, string? Amount, string? Href);

/// <summary>Looks up what lines are about, for all together.</summary>
internal static class NotificationLines
{
    /// <param name="db">Is read.</param>
    /// <param name="rows">Whose readers may see what these accounts see.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<IReadOnlyList<NotificationLine>> OfAsync(PortalDbContext db, IReadOnlyList<Notification> rows, CancellationToken ct)
    {
        var records = rows.Select(r => r.RecordId).OfType<long>().Distinct().ToList();
        var clients = records.Count == 0 ? [] : await db.ClientRecords.AsNoTracking().Where(r => records.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => (r.PartnerId, r.Name), ct);
        var named = rows.Where(r => r.Kind is NotificationKind.Application or NotificationKind.PartnerChanged).Select(r => r.SubjectId)
            .Concat(rows.Where(r => r is { Kind: NotificationKind.Message, AccountId: null }).Select(r => r.ClientId)).OfType<long>().Distinct().ToList();
        var names = named.Count == 0 ? [] : await db.Accounts.AsNoTracking().Where(a => named.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Name, ct);
        var amounts = await AmountsAsync(db, rows, ct);
        return [.. rows.Select(r =>
        {
            // A line of another's list is no line of this one's, whatever the row says.
            var record = r.RecordId is { } id && clients.TryGetValue(id, out var client) && client.PartnerId == r.AccountId ? (Id: id, client.Name) : ((long Id, string Name)?)null;
            var name = r switch
            {
                { Kind: NotificationKind.Application or NotificationKind.PartnerChanged, SubjectId: { } account } => names.GetValueOrDefault(account),
                { Kind: NotificationKind.Message, AccountId: null, ClientId: { } about } => names.GetValueOrDefault(about),
                _ => record?.Name,
            };
            // Who earns on a higher level sees neither whose purchase it was nor what it cost.
            var amount = r.SubjectId is { } subject && (record is not null || r.Kind is NotificationKind.PayoutPaid or NotificationKind.PayoutFailed) && amounts.TryGetValue((r.Kind, subject), out var sum)
                ? Money.Write(sum.Amount, sum.Currency)
                : null;
            return new NotificationLine(r.Id, r.Kind, r.AccountId, r.At, r.Count, r.ReadAt is null, r.Detail, r.Words, string.IsNullOrEmpty(name) ? null : name, amount, HrefOf(r, record?.Id));
        })];
    }

    private static async Task<Dictionary<(NotificationKind, long), (long Amount, string Currency)>> AmountsAsync(PortalDbContext db, IReadOnlyList<Notification> rows, CancellationToken ct)
    {
        var amounts = new Dictionary<(NotificationKind, long), (long, string)>();
        if (Of(NotificationKind.Purchase) is { Count: > 0 } purchases)
        {
            foreach (var p in await db.Purchases.AsNoTracking().Where(p => purchases.Contains(p.Id)).Select(p => new { p.Id, p.Amount, p.Currency }).ToListAsync(ct))
            {
                amounts[(NotificationKind.Purchase, p.Id)] = (p.Amount, p.Currency);
            }
        }

        if (Of(NotificationKind.Refund) is { Count: > 0 } refunds)
        {
            foreach (var r in await db.Refunds.AsNoTracking().Where(r => refunds.Contains(r.Id)).Select(r => new { r.Id, r.Applied, r.Currency }).ToListAsync(ct))
            {
                amounts[(NotificationKind.Refund, r.Id)] = (r.Applied, r.Currency);
            }
        }

        if (Of(NotificationKind.PayoutPaid).Concat(Of(NotificationKind.PayoutFailed)).ToList() is { Count: > 0 } payouts)
        {
            foreach (var p in await db.Payouts.AsNoTracking().Where(p => payouts.Contains(p.Id)).Select(p => new { p.Id, p.Amount, p.Currency }).ToListAsync(ct))
            {
                amounts[(NotificationKind.PayoutPaid, p.Id)] = amounts[(NotificationKind.PayoutFailed, p.Id)] = (p.Amount, p.Currency);
            }
        }

        return amounts;

        List<long> Of(NotificationKind kind) => [.. rows.Where(r => r.Kind == kind).Select(r => r.SubjectId).OfType<long>()];
    }

    private static string? HrefOf(Notification row, long? record) => row.Kind switch
    {
        NotificationKind.ClientJoined or NotificationKind.ClientLeft or NotificationKind.ClientMoved or NotificationKind.ClientRefused or NotificationKind.AccessAnswered =>
            record is { } id ? PortalUrls.Client(id) : PortalUrls.Clients,
        NotificationKind.InvitationBounced => PortalUrls.Invitations,
        NotificationKind.Purchase or NotificationKind.Refund or NotificationKind.CommissionAvailable => PortalUrls.Wallet,
        NotificationKind.PayoutPaid or NotificationKind.PayoutFailed => PortalUrls.Payouts,
        NotificationKind.PartnerStanding => row.Detail is "rejected" ? PortalUrls.Apply : PortalUrls.Dashboard,
        NotificationKind.ClaimAsked or NotificationKind.ClaimDecided => row.SubjectId is { } claim ? PortalUrls.Claim(claim) : PortalUrls.Claims,
        NotificationKind.PartnerChanged => PortalUrls.MyPartner,
        NotificationKind.AccessAsked => PortalUrls.Access,
        NotificationKind.Application => row.SubjectId is { } account ? PortalUrls.SupportPartner(account) : PortalUrls.SupportPartners,
        NotificationKind.ClaimWaits => row.SubjectId is { } waits ? PortalUrls.SupportClaim(waits) : PortalUrls.SupportClaims,
        NotificationKind.FlagRaised => row.SubjectId is { } flag ? PortalUrls.SupportFlag(flag) : PortalUrls.SupportFlags,
        NotificationKind.PayoutWaits => PortalUrls.SupportPayouts,
        NotificationKind.Message => row.Href ?? (record is { } about ? PortalUrls.Client(about) : row is { AccountId: null, ClientId: { } client } ? PortalUrls.SupportClient(client) : null),
    };
}
