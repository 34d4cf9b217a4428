using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Sponsoring;

/// <summary>Support gives an account its former sponsor again, within the days for it. It is a change like the other: purchases in between keep what they gave.</summary>
public sealed class UndoSponsorChange(PortalDb portal, SponsorMails mails, TimeProvider clock)
{
    /// <returns>From when on it counts, UTC.</returns>
    public async Task<Result<DateTime>> ExecuteAsync(long changeId, string reason, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new NotAllowed();
        }

        if (ChangeSponsor.ProblemOf(reason) is { } wrong)
        {
            return wrong;
        }

        await using var work = await portal.BeginAsync(ct);
        var accountId = await work.Db.SponsorChanges.Where(c => c.Id == changeId).Select(c => (long?)c.AccountId).FirstOrDefaultAsync(ct);
        if (accountId is not { } account)
        {
            return new SponsorMovedOn();
        }

        await work.LockAsync(PortalLock.Client, account, ct);
        var latest = await work.Db.SponsorChanges.Where(c => c.AccountId == account).OrderByDescending(c => c.Id).FirstAsync(ct);
        if (latest.Id != changeId || !(latest.UndoUntil > work.Now))
        {
            return new SponsorMovedOn();
        }

        var decision = new SponsorDecision(latest.FromSponsorId, reason.Trim(), actor.UserId, 0, latest.Id);
        var made = await ChangeSponsor.MakeAsync(work, mails, clock, account, decision, actor, ct);
        if (!made.Ok)
        {
            return made.Error!;
        }

        await work.CommitAsync(ct);
        return made.Value.CountsFrom;
    }
}
