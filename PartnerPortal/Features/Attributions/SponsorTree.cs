using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Attributions;

/// <summary>Who recommended whom. Invariant 2: no cycle, also when two accounts take each other at the same moment.</summary>
public static class SponsorTree
{
    /// <summary>Sets the sponsor of an account that has none, unless it would make a loop; then it stays empty.</summary>
    /// <param name="work">Holds the lock on the tree.</param>
    /// <param name="account">Tracked by the transaction.</param>
    /// <param name="sponsorId">The partner of the account's first attribution.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task RecommendAsync(PortalTransaction work, Account account, long sponsorId, CancellationToken ct)
    {
        if (account.SponsorId is null && account.Id != sponsorId && !await IsUpOfAsync(work.Db, account.Id, sponsorId, ct))
        {
            account.Recommend(sponsorId);
        }
    }

    /// <summary>Staff gives an account another sponsor, or none; the caller saves. Of two such changes at the same moment the second meets what the first made.</summary>
    /// <param name="work">Holds the account's lock, and takes the one on the tree.</param>
    /// <param name="account">Tracked by the transaction.</param>
    /// <param name="decision">What staff decided.</param>
    /// <param name="clock">For the time once the lock is held.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<Result<SponsorChange>> ChangeAsync(PortalTransaction work, Account account, SponsorDecision decision, TimeProvider clock, CancellationToken ct)
    {
        await work.LockAsync(PortalLock.Sponsors, 0, ct);
        if (await RefusalAsync(work.Db, account.Id, account.SponsorId, decision.ToId, ct) is { } refusal)
        {
            return refusal;
        }

        // Changes count in the order in which they were made, so that no moment sees a later one without the ones that it was looked at with.
        var counts = clock.GetUtcNow().UtcDateTime + SponsorChange.Lead;
        var latest = await work.Db.SponsorChanges.MaxAsync(c => (DateTime?)c.CountsFrom, ct);
        var change = new SponsorChange(account.Id, account.SponsorId, decision, latest > counts ? latest.Value : counts, work.Now);
        work.Db.SponsorChanges.Add(change);
        account.ChangeSponsor(decision.ToId);
        return change;
    }

    /// <summary>Why an account cannot have this sponsor; null when it can.</summary>
    public static async Task<Error?> RefusalAsync(PortalDbContext db, long accountId, long? sponsorId, long? toId, CancellationToken ct) =>
        sponsorId == toId ? new SameSponsor() : toId is { } to && await IsUpOfAsync(db, accountId, to, ct) ? new SponsorLoop() : null;

    /// <summary>The account and those above it, from below.</summary>
    public static Task<List<long>> UpOfAsync(PortalDbContext db, long accountId, CancellationToken ct) => db.Database.SqlQuery<long>($"""
        WITH RECURSIVE up(id, height) AS (
            SELECT "Id", 0 FROM "Accounts" WHERE "Id" = {accountId}
            UNION ALL
            SELECT a."SponsorId", up.height + 1 FROM "Accounts" a JOIN up ON a."Id" = up.id WHERE a."SponsorId" IS NOT NULL AND up.height < 64)
        SELECT id AS "Value" FROM up ORDER BY height
        """).ToListAsync(ct);

    /// <summary>How many accounts stand below one, at any depth.</summary>
    public static Task<int> CountBelowAsync(PortalDbContext db, long accountId, CancellationToken ct) => db.Database.SqlQuery<int>($"""
        WITH RECURSIVE below(id) AS (
            SELECT "Id" FROM "Accounts" WHERE "Id" = {accountId}
            UNION
            SELECT a."Id" FROM "Accounts" a JOIN below ON a."SponsorId" = below.id)
        SELECT CAST(count(*) - 1 AS INTEGER) AS "Value" FROM below
        """).SingleAsync(ct);

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
