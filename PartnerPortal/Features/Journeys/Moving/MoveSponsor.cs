using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Journeys.Moving;

/// <summary>
/// Says who recommended the partner of one line. It counts as if it had always been so, since purchases come later; where the partner or somebody below it has clients already, it counts from
/// now on, as when support changes it: what was earned stays with whom it went to.
/// </summary>
public sealed class MoveSponsor(PortalDb portal, ILookupNormalizer normalizer, TimeProvider clock)
{
    /// <param name="line">Of a file of partners; its partner is there.</param>
    /// <param name="partner">What became of the partner.</param>
    /// <param name="source">Where the file comes from.</param>
    /// <param name="actor">The owner; whoever calls has looked.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<MovingFinding> ExecuteAsync(MovingLine line, MovingFinding partner, string source, Actor actor, CancellationToken ct)
    {
        if (line[MovingField.Sponsor].Length == 0)
        {
            return partner;
        }

        await using var work = await portal.BeginAsync(ct);
        var id = line[MovingField.ExternalId];
        var account = await work.Db.Accounts.FirstAsync(a => a.ExternalId == id, ct);
        await work.LockAsync(PortalLock.Client, account.Id, ct);
        await work.LockAsync(PortalLock.Sponsors, 0, ct);
        var (problem, sponsor) = await JudgeAsync(work.Db, account, line[MovingField.Sponsor], actor, ct);
        if (problem is not null || sponsor is null || account.SponsorId == sponsor.Id)
        {
            return problem is null ? partner : partner with { Field = MovingField.Sponsor, Problem = problem };
        }

        if (await HasClientsBelowAsync(work.Db, account.Id, ct))
        {
            var changed = await SponsorTree.ChangeAsync(work, account, new SponsorDecision(sponsor.Id, source, actor.UserId, 0), clock, ct);
            if (!changed.Ok)
            {
                return partner with { Field = MovingField.Sponsor, Problem = MovingProblem.SponsorLoop };
            }
        }
        else
        {
            account.Recommend(sponsor.Id);
        }

        work.Audit(actor, AuditActions.SponsorChanged, ("account", account.Id), account.Id, new { to = sponsor.Id, reason = source });
        await work.CommitAsync(ct);
        return partner.Verdict is MovingVerdict.Known ? partner with { Verdict = MovingVerdict.Linked } : partner;
    }

    /// <summary>Whether there is a partner of that name.</summary>
    internal async Task<bool> IsKnownAsync(PortalDbContext db, string named, CancellationToken ct) => await MovingAccounts.PartnerAsync(db, named, normalizer, ct) is not null;

    /// <summary>Whether it can be; without a problem and a sponsor there is nobody of that name.</summary>
    internal async Task<(MovingProblem? Problem, Account? Sponsor)> JudgeAsync(PortalDbContext db, Account account, string named, Actor actor, CancellationToken ct)
    {
        if (await MovingAccounts.PartnerAsync(db, named, normalizer, ct) is not { } sponsor)
        {
            return (MovingProblem.NoSuchSponsor, null);
        }

        return sponsor.Id == account.Id ? (MovingProblem.Itself, null)
            : account.SponsorId == sponsor.Id ? (null, sponsor)
            : account.SponsorId is not null ? (MovingProblem.SponsorDiffers, null)
            : await OwnAccounts.InvolveAsync(db, actor, [sponsor.Id], ct) ? (MovingProblem.OwnAccount, null)
            : await SponsorTree.IsUpOfAsync(db, account.Id, sponsor.Id, ct) ? (MovingProblem.SponsorLoop, null)
            : (null, sponsor);
    }

    private static async Task<bool> HasClientsBelowAsync(PortalDbContext db, long accountId, CancellationToken ct) => await db.Database.SqlQuery<int>($"""
        WITH RECURSIVE below(id) AS (
            SELECT "Id" FROM "Accounts" WHERE "Id" = {accountId}
            UNION
            SELECT a."Id" FROM "Accounts" a JOIN below ON a."SponsorId" = below.id)
        SELECT CAST(count(*) AS INTEGER) AS "Value" FROM below JOIN "Attributions" t ON t."PartnerId" = below.id
        """).SingleAsync(ct) > 0;
}
