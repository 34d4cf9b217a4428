using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Partners;

/// <summary>Staff suspends a partner: it earns nothing new and takes no clients, its link says so. Its clients stay its clients, what it earned stays earned.</summary>
public sealed class SuspendPartner(PortalDb portal, PartnerMails mails)
{
    public async Task<Result<Done>> ExecuteAsync(long accountId, string? reason, Actor actor, CancellationToken ct)
    {
        var given = PartnerDesk.Reason(reason);
        if (!given.Ok)
        {
            return given.Error!;
        }

        await using var work = await portal.BeginAsync(ct);
        var taken = await PartnerDesk.TakeAsync(work, accountId, actor, ct);
        if (!taken.Ok)
        {
            return taken.Error!;
        }

        var (partner, account) = taken.Value;
        if (!partner.Suspend(given.Value, work.Now))
        {
            return new PartnerStateChanged(partner.State);
        }

        work.Audit(actor, AuditActions.PartnerSuspended, ("account", accountId), accountId, new { reason = given.Value });
        await mails.DecidedAsync(work, account, PartnerDecision.Suspended, given.Value, ct);
        PartnerDesk.Tell(work, accountId);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
