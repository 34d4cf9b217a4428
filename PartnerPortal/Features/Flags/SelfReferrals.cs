using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Features.Purchases;

namespace PartnerPortal.Features.Flags;

/// <summary>Finds clients that came lately and are like somebody of their partner: the same person, mailbox, phone, payee or network.</summary>
internal static class SelfReferrals
{
    private const int Days = 30;
    private const int Batch = 400;

    public static async Task<IReadOnlyList<Suspicion>> FindAsync(PortalDbContext db, PayeeVault vault, DateTime now, CancellationToken ct)
    {
        var found = new List<Suspicion>();
        var (since, after) = (now.AddDays(-Days), 0L);
        while (true)
        {
            var pairs = await db.Attributions.Where(a => a.Id > after && a.EndedAt == null && a.StartedAt >= since).OrderBy(a => a.Id).Take(Batch).Select(a => new { a.Id, a.ClientId, a.PartnerId }).ToListAsync(ct);
            if (pairs.Count == 0)
            {
                return found;
            }

            after = pairs[^1].Id;
            var marks = await MarksAsync(db, vault, [.. pairs.Select(p => p.ClientId).Concat(pairs.Select(p => p.PartnerId)).Distinct()], ct);
            foreach (var pair in pairs)
            {
                var matches = marks[pair.ClientId].Intersect(marks[pair.PartnerId]).Aggregate(FlagMatches.None, (all, mark) => all | mark.Kind);
                if (matches is not FlagMatches.None)
                {
                    found.Add(new Suspicion(FlagKind.SelfReferral, pair.PartnerId, [new Suspect(pair.ClientId, matches)], 1, 1));
                }
            }
        }
    }

    /// <summary>What tells accounts from each other.</summary>
    private static async Task<ILookup<long, (FlagMatches Kind, string Value)>> MarksAsync(PortalDbContext db, PayeeVault vault, List<long> ids, CancellationToken ct)
    {
        var marks = new List<(long AccountId, FlagMatches Kind, string? Value)>();
        foreach (var account in await db.Accounts.Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Email, a.Phone }).ToListAsync(ct))
        {
            marks.Add((account.Id, FlagMatches.Email, MailKey.Of(account.Email)));
            marks.Add((account.Id, FlagMatches.Phone, account.Phone));
        }

        foreach (var member in await (from m in db.Members join u in db.Users on m.UserId equals u.Id where ids.Contains(m.AccountId) select new { m.AccountId, m.UserId, u.Email }).ToListAsync(ct))
        {
            marks.Add((member.AccountId, FlagMatches.Person, FormattableString.Invariant($"{member.UserId}")));
            marks.Add((member.AccountId, FlagMatches.Email, MailKey.Of(member.Email)));
        }

        var sources = await (
            from m in db.Members
            join s in db.UserSessions on m.UserId equals s.UserId
            where ids.Contains(m.AccountId) && s.Source != ""
            select new { m.AccountId, s.Source }).Distinct().ToListAsync(ct);
        marks.AddRange(sources.Select(s => (s.AccountId, FlagMatches.Source, (string?)s.Source)));
        foreach (var payee in await db.Payees.Where(p => ids.Contains(p.AccountId)).ToListAsync(ct))
        {
            marks.Add((payee.AccountId, FlagMatches.Payee, vault.Open(payee.AccountId, payee.Sealed).Number));
        }

        return marks.Where(m => m.Value is { Length: > 0 }).ToLookup(m => m.AccountId, m => (m.Kind, m.Value!));
    }
}
