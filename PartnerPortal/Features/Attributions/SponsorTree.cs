using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;

namespace PartnerPortal.Features.Attributions;

/// <summary>Who recommended whom. Invariant 2: no cycle, also when two accounts take each other at the same moment.</summary>
public static class SponsorTree
{
    /// <summary>Sets the sponsor of an account that has none, unless it would make a loop; then it stays empty.</summary>
    /// <param name="work">Takes the lock on the tree, the last in the order of locks.</param>
    /// <param name="account">Tracked by the transaction.</param>
    /// <param name="sponsorId">The partner of the account's first attribution.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task RecommendAsync(PortalTransaction work, Account account, long sponsorId, CancellationToken ct)
    {
        if (account.SponsorId is not null || account.Id == sponsorId)
        {
            return;
        }

        await work.LockAsync(PortalLock.Sponsors, 0, ct);
        if (!await IsUpOfAsync(work.Db, account.Id, sponsorId, ct))
        {
            account.Recommend(sponsorId);
        }
    }

    /// <summary>Whether <paramref name="accountId"/> is <paramref name="startId"/> or stands anywhere above it.</summary>
    public static async Task<bool> IsUpOfAsync(PortalDbContext db, long accountId, long startId, CancellationToken ct)
    {
        var found = await db.Database.SqlQuery<int>($"""
            WITH RECURSIVE up(id) AS (
                SELECT {startId}
                UNION
                SELECT a."SponsorId" FROM "Accounts" a JOIN up ON a."Id" = up.id WHERE a."SponsorId" IS NOT NULL)
            SELECT CAST(count(*) AS INTEGER) AS "Value" FROM up WHERE id = {accountId}
            """).SingleAsync(ct);
        return found > 0;
    }
}
