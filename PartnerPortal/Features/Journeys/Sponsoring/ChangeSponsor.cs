using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Sponsoring;

/// <summary>Support gives an account another sponsor, or none. What was earned stays; later purchases go by the new one.</summary>
public sealed class ChangeSponsor(PortalDb portal, ProgramSettingsSource settings, SponsorMails mails, TimeProvider clock)
{
    /// <param name="accountId">Whose sponsor.</param>
    /// <param name="toId">Who becomes it; null for nobody.</param>
    /// <param name="reason">In staff's words.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>From when on it counts, UTC.</returns>
    public async Task<Result<DateTime>> ExecuteAsync(long accountId, long? toId, string reason, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new NotAllowed();
        }

        if (ProblemOf(reason) is { } wrong)
        {
            return wrong;
        }

        var days = (await settings.GetAsync(ct)).ReassignUndoDays;
        await using var work = await portal.BeginAsync(ct);
        var made = await MakeAsync(work, mails, clock, accountId, new SponsorDecision(toId, reason.Trim(), actor.UserId, days), actor, ct);
        if (!made.Ok)
        {
            return made.Error!;
        }

        await work.CommitAsync(ct);
        return made.Value.CountsFrom;
    }

    internal static Error? ProblemOf(string reason) => reason.Trim().Length switch
    {
        0 => new ReasonMissing(),
        > SponsorChange.ReasonLength => new ReasonTooLong(SponsorChange.ReasonLength),
        _ => null,
    };

    /// <summary>The change itself, with its entry and its mails.</summary>
    internal static async Task<Result<SponsorChange>> MakeAsync(
        PortalTransaction work, SponsorMails mails, TimeProvider clock, long accountId, SponsorDecision decision, Actor actor, CancellationToken ct)
    {
        await work.LockAsync(PortalLock.Client, accountId, ct);
        await work.LockAsync(PortalLock.Sponsors, 0, ct);
        if (await work.Db.Accounts.FirstOrDefaultAsync(a => a.Id == accountId, ct) is not { } account)
        {
            return new NoSuchAccount();
        }

        if (await SponsorJudgement.RefusalAsync(work.Db, account, decision.ToId, decision.UndoesId is not null, actor, ct) is { } refusal)
        {
            return refusal;
        }

        var changed = await SponsorTree.ChangeAsync(work, account, decision, clock, ct);
        if (changed.Ok)
        {
            var change = changed.Value;
            work.Audit(actor, decision.UndoesId is null ? AuditActions.SponsorChanged : AuditActions.SponsorUndone, ("account", accountId), accountId,
                new { from = change.FromSponsorId, to = change.ToSponsorId, reason = change.Reason, countsFrom = change.CountsFrom });
            await mails.ChangedAsync(work, account, change, ct);
        }

        return changed;
    }
}
