using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Journeys;

/// <summary>A person was here: the account's "last seen", the first sign-in, and what the partner sees of both. Written at most every quarter of an hour.</summary>
public sealed class RecordSeen(PortalDb portal, TimeProvider clock)
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    public async Task ExecuteAsync(long userId, CancellationToken ct)
    {
        await using (var db = await portal.ReadAsync(ct))
        {
            var before = clock.GetUtcNow().UtcDateTime - Every;
            if (!await db.Users.AnyAsync(u => u.Id == userId && (u.LastSeenAt == null || u.LastSeenAt < before), ct))
            {
                return;
            }
        }

        await using var work = await portal.BeginAsync(ct);
        var user = await work.Db.Users.FirstAsync(u => u.Id == userId, ct);
        var isFirst = user.FirstSignedInAt is null;
        user.FirstSignedInAt ??= work.Now;
        user.LastSeenAt = work.Now;
        var accounts = await (from m in work.Db.Members join a in work.Db.Accounts on m.AccountId equals a.Id where m.UserId == userId select a).ToListAsync(ct);
        foreach (var account in accounts)
        {
            account.Seen(work.Now);
            foreach (var record in await work.Db.ClientRecords.Where(r => r.ClientId == account.Id && r.Status != ClientStatus.Left).ToListAsync(ct))
            {
                if (record.Status is ClientStatus.NeverSignedIn)
                {
                    record.Tell(ClientEventKind.FirstSignedIn, work.Now);
                    await ClientList.SignalAsync(work, record, ct);
                }

                record.Seen(work.Now);
            }
        }

        if (isFirst || work.Db.ChangeTracker.Entries<ClientEvent>().Any())
        {
            work.Audit(new Actor(userId, user.FullName, user.LastAccountId, "", null), AuditActions.UserSignedInFirst, ("user", userId), user.LastAccountId);
        }

        await work.CommitAsync(ct);
    }
}
