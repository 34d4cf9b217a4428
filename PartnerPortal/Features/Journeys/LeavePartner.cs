using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

public sealed record HasNoPartner : JoinProblem;

/// <summary>A client leaves its partner unaided, where the program's rule for leaving allows it. It holds at once; earned money stays earned.</summary>
public sealed class LeavePartner(PortalDb portal, ProgramSettingsSource settings, PartnerChange change, LeavingMails mails)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, CancellationToken ct)
    {
        if (actor.AccountId is not { } clientId)
        {
            return new NotAllowed();
        }

        if (!actor.MayAdminister)
        {
            return new NotAdminOfAccount();
        }

        var program = await settings.GetAsync(ct);
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Client, clientId, ct);
        if (await AttributionBook.OpenOfAsync(work.Db, clientId, ct) is not { } open)
        {
            return new HasNoPartner();
        }

        var partner = await work.Db.Accounts.Where(a => a.Id == open.PartnerId).Select(a => a.Name).FirstAsync(ct);
        var present = new PresentPartner(open.PartnerId, partner, open.StartedAt, await ChangeRules.BusyUntilAsync(work.Db, clientId, ct));
        if (ChangeRules.Problem(program, program.Leaving, present, work.Now) is { } problem)
        {
            return problem;
        }

        var client = await work.Db.Accounts.FirstAsync(a => a.Id == clientId, ct);
        open.LetUndo(ChangeRules.UndoUntil(program, work.Now));
        await change.EndAsync(work, client, open, AttributionEnd.Left, actor, ct);
        await mails.PartnerLeftAsync(work, client, partner, open.UndoUntil, ct);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
