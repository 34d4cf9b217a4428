using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Commissions;

/// <summary>The version is neither in force for the partner nor the next one: it read other terms than count now. Nothing was accepted.</summary>
public sealed record AgreementMoved : Error;

/// <summary>A partner's admin accepts the terms in force, or the next ones ahead of their day. Once is enough; again changes nothing.</summary>
public sealed class AcceptAgreement(PortalDb portal)
{
    /// <param name="versionId">Of the terms that were read.</param>
    /// <param name="actor">An admin of the partner.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<Done>> ExecuteAsync(long versionId, Actor actor, CancellationToken ct)
    {
        if (actor is not { AccountId: { } own, UserId: { } user, IsPartner: true, MayAdminister: true })
        {
            return new NotAllowed();
        }

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Partner, own, ct);
        var agreement = await AgreementQueries.OfAsync(work.Db, own, work.Now, ct);
        if (new[] { agreement.InForce, agreement.Next }.FirstOrDefault(t => t?.VersionId == versionId) is not { } terms)
        {
            return new AgreementMoved();
        }

        if (terms.AcceptedAt is not null)
        {
            return Done.Value;
        }

        work.Db.AgreementAcceptances.Add(new AgreementAcceptance(own, versionId, user, actor.Name, work.Now));
        work.Audit(actor, AuditActions.AgreementAccepted, ("plan-version", versionId), own, new { plan = terms.Plan, version = terms.Number });
        work.Signal(WalletQueries.ChannelOf(own));
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
