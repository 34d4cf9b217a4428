using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Partners;

/// <summary>Staff ends a suspension, or opens a closed partner again; its clients of before do not come back by that.</summary>
public sealed class ReinstatePartner(PortalDb portal, PartnerMails mails)
{
    public async Task<Result<Done>> ExecuteAsync(long accountId, Actor actor, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        var taken = await PartnerDesk.TakeAsync(work, accountId, actor, ct);
        if (!taken.Ok)
        {
            return taken.Error!;
        }

        var (partner, account) = taken.Value;
        var decision = partner.State is PartnerState.Closed ? PartnerDecision.Reopened : PartnerDecision.Reinstated;
        if (!partner.Reinstate(work.Now))
        {
            return new PartnerStateChanged(partner.State);
        }

        work.Audit(actor, AuditActions.PartnerReinstated, ("account", accountId), accountId);
        await mails.DecidedAsync(work, account, decision, null, ct);
        PartnerDesk.Tell(work, accountId);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
