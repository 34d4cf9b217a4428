using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Partners;

/// <summary>Staff rejects an application; the applicant reads the reason and may apply again.</summary>
public sealed class RejectApplication(PortalDb portal, PartnerMails mails)
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
        if (!partner.Reject(given.Value, work.Now))
        {
            return new PartnerStateChanged(partner.State);
        }

        work.Audit(actor, AuditActions.PartnerRejected, ("account", accountId), accountId, new { reason = given.Value });
        await mails.DecidedAsync(work, account, PartnerDecision.Rejected, given.Value, ct);
        PartnerDesk.Tell(work, accountId);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
