using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Claims;

/// <summary>The client has a partner now whom nobody asked: it is told and heard like the first.</summary>
public sealed class AskPresentPartner(PortalDb portal, ProgramSettingsSource settings, ClaimMails mails)
{
    public async Task<Result<Done>> ExecuteAsync(long claimId, Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff)
        {
            return new NotAllowed();
        }

        var days = (await settings.GetAsync(ct)).ClaimAnswerDays;
        await using var work = await portal.BeginAsync(ct);
        if (await ClaimBook.TakeAsync(work, claimId, ct) is not { ClientId: { } clientId } claim)
        {
            return new NotAllowed();
        }

        if (await AttributionBook.OpenOfAsync(work.Db, clientId, ct) is not { } open)
        {
            return new ClaimOver();
        }

        if (await ClaimBook.IsOfOwnAsync(work.Db, claim, actor, ct) || await OwnAccounts.InvolveAsync(work.Db, actor, [open.PartnerId], ct))
        {
            return new OwnAccountInvolved();
        }

        var earlier = claim.OtherId;
        if (claim.AskAnew(open.PartnerId, work.Now.AddDays(days), work.Now) is { } problem)
        {
            return problem;
        }

        ClaimBook.Note(work, claim, AuditActions.ClaimNamed, actor, clientId, new { clientId, partnerId = open.PartnerId }, open.PartnerId, earlier);
        await mails.AskedAsync(work, claim, ct);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
