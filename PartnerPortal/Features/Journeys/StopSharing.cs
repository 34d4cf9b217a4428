using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.AccessGrants;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>A client withdraws the data consent. The partner stays its partner, and sees from now on what it would see after a leaving.</summary>
public sealed class StopSharing(PortalDb portal)
{
    /// <param name="actor">An admin of the client's account.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Success also when nothing was shared any more.</returns>
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

        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Client, clientId, ct);
        if (await AttributionBook.OpenOfAsync(work.Db, clientId, ct) is not { PartnerId: var partnerId })
        {
            return new HasNoPartner();
        }

        if (await work.Db.Consents.FirstOrDefaultAsync(c => c.ClientId == clientId && c.PartnerId == partnerId && c.Kind == ConsentKind.Data && c.WithdrawnAt == null, ct) is not { } consent)
        {
            return Done.Value;
        }

        consent.Withdraw(work.Now);
        if (await work.Db.ClientRecords.Include(r => r.Tags).FirstOrDefaultAsync(r => r.PartnerId == partnerId && r.ClientId == clientId, ct) is { } record)
        {
            var name = await work.Db.Accounts.Where(a => a.Id == clientId).Select(a => a.Name).FirstAsync(ct);
            record.Hide(name);
            record.Tell(ClientEventKind.SharingEnded, work.Now);
            await ClientList.SignalAsync(work, record, ct);
        }

        // Whoever may not see the client's details in its list may not read them in its account either.
        await AccessGrantBook.PartAsync(work, clientId, partnerId, actor, ct);
        work.Audit(actor, AuditActions.ConsentWithdrawn, ("account", clientId), clientId, new { partnerId, kind = ConsentKind.Data });
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
