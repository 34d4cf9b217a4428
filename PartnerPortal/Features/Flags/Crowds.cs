using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Features.Referrals;

namespace PartnerPortal.Features.Flags;

/// <summary>Finds what is remarkable only in numbers. The thresholds are the program's; 0 switches one off.</summary>
internal static class Crowds
{
    /// <summary>What is older was looked at, or is not worth it.</summary>
    private const int Days = 30;

    /// <summary>Created accounts have longer, as they are looked at only when their days to sign in are over.</summary>
    private const int CreatedDays = 120;

    public static async Task<IReadOnlyList<Suspicion>> FindAsync(PortalDbContext db, ProgramSettings program, DateTime now, CancellationToken ct) =>
    [
        .. program.FlagBurstCount > 0 ? await BurstsAsync(db, program, now, ct) : [],
        .. program.FlagDomainCount > 0 ? await DomainsAsync(db, program.FlagDomainCount, now, ct) : [],
        .. program.FlagRefundCount > 0 ? await RefundsAsync(db, program, now, ct) : [],
        .. program.FlagUnseenCount > 0 ? await UnseenAsync(db, program, now, ct) : [],
    ];

    private static async Task<IEnumerable<Suspicion>> BurstsAsync(PortalDbContext db, ProgramSettings program, DateTime now, CancellationToken ct)
    {
        var since = now.AddHours(-program.FlagBurstHours);
        var came = await (
            from s in db.UserSessions
            join m in db.Members on s.UserId equals m.UserId
            join a in db.Accounts on m.AccountId equals a.Id
            join t in db.Attributions on a.Id equals t.ClientId
            where s.CreatedAt >= since && s.Source != "" && a.CreatedAt >= since && t.EndedAt == null
            select new { s.Source, t.PartnerId, t.ClientId }).Distinct().ToListAsync(ct);
        return Groups(FlagKind.Burst, program.FlagBurstCount, came.Select(c => (c.Source, c.PartnerId, c.ClientId)));
    }

    private static async Task<IEnumerable<Suspicion>> DomainsAsync(PortalDbContext db, int least, DateTime now, CancellationToken ct)
    {
        var since = now.AddDays(-Days);
        var came = await (
            from t in db.Attributions
            join a in db.Accounts on t.ClientId equals a.Id
            where t.EndedAt == null && t.StartedAt >= since && a.Email != null
            select new { a.Email, t.PartnerId, t.ClientId }).ToListAsync(ct);
        return Groups(FlagKind.SameDomain, least, came.Select(c => (Domain: MailKey.DomainOf(c.Email), c.PartnerId, c.ClientId)).Where(c => c.Domain is not null).Select(c => (c.Domain!, c.PartnerId, c.ClientId)));
    }

    /// <summary>Clients of one partner that have something in common; what a partner has of several groups is drawn together.</summary>
    private static IEnumerable<Suspicion> Groups(FlagKind kind, int least, IEnumerable<(string Common, long PartnerId, long ClientId)> clients) =>
        from crowd in clients.GroupBy(c => (c.Common, c.PartnerId))
        where crowd.Count() >= least
        group crowd by crowd.Key.PartnerId into crowds
        let suspects = crowds.SelectMany(crowd => crowd).Select(c => c.ClientId).Distinct().Order().Select(c => new Suspect(c)).ToList()
        select new Suspicion(kind, crowds.Key, suspects, suspects.Count, least);

    private static async Task<IEnumerable<Suspicion>> RefundsAsync(PortalDbContext db, ProgramSettings program, DateTime now, CancellationToken ct)
    {
        var since = now.AddDays(-Days);
        var refunds = await (
            from r in db.Refunds
            join p in db.Purchases on r.PurchaseId equals (long?)p.Id
            join l in db.CommissionLines on p.Id equals l.PurchaseId
            where r.ReceivedAt >= since && r.Applied > 0 && l.PartnerId == p.PartnerId && l.PaidAt != null && r.ReceivedAt >= l.PaidAt
            select new { r.Id, r.ReceivedAt, PaidAt = l.PaidAt!.Value, l.PartnerId, p.ClientId }).ToListAsync(ct);
        return refunds.Where(r => r.ReceivedAt <= r.PaidAt.AddDays(program.FlagRefundDays)).GroupBy(r => r.PartnerId)
            .Select(g => (PartnerId: g.Key, Count: g.Select(r => r.Id).Distinct().Count(), Clients: g.GroupBy(r => r.ClientId).OrderBy(c => c.Key).Select(c => new Suspect(c.Key, NewestAt: c.Max(r => r.ReceivedAt))).ToList()))
            .Where(g => g.Count >= program.FlagRefundCount).Select(g => new Suspicion(FlagKind.RefundAfterPayout, g.PartnerId, g.Clients, g.Count, 1));
    }

    private static async Task<IEnumerable<Suspicion>> UnseenAsync(PortalDbContext db, ProgramSettings program, DateTime now, CancellationToken ct)
    {
        var (from, to) = (now.AddDays(-CreatedDays), now.AddDays(-program.FlagUnseenDays));
        var created = await db.Invitations.Where(i => i.Kind == InvitationKind.Created && i.CreatedAt >= from && i.CreatedAt <= to)
            .GroupBy(i => i.PartnerId).Select(g => new { g.Key, All = g.Count(), Seen = g.Count(i => i.State == InvitationState.Accepted || i.State == InvitationState.Declined) }).ToListAsync(ct);
        return created.Where(c => c.All - c.Seen >= program.FlagUnseenCount && c.Seen < c.All - c.Seen).OrderBy(c => c.Key)
            .Select(c => new Suspicion(FlagKind.NeverSignedIn, c.Key, [], c.All - c.Seen, program.FlagUnseenCount));
    }
}
