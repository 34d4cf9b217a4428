using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>A client whose partner sees initials (support moved it, or it had stopped sharing) agrees that the partner sees its details.</summary>
public sealed class ShareDetails(PortalDb portal, JourneyMails mails)
{
    /// <param name="language">In which the wording was read, IETF tag.</param>
    /// <param name="actor">An admin of the client's account.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Success also when it is shared already: two tabs mean the same.</returns>
    public async Task<Result<Done>> ExecuteAsync(string language, Actor actor, CancellationToken ct)
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

        if (await work.Db.Consents.AnyAsync(c => c.ClientId == clientId && c.PartnerId == partnerId && c.Kind == ConsentKind.Data && c.WithdrawnAt == null, ct))
        {
            return Done.Value;
        }

        var client = await work.Db.Accounts.FirstAsync(a => a.Id == clientId, ct);
        work.Db.Consents.Add(new Consent(clientId, partnerId, ConsentKind.Data, ConsentWording.Current, Languages.Nearest(language), actor.UserId, work.Now));
        if (await work.Db.ClientRecords.Include(r => r.Tags).FirstOrDefaultAsync(r => r.PartnerId == partnerId && r.ClientId == clientId, ct) is { } record)
        {
            record.Share(client.Name, client.Email, client.Phone, client.Language, client.LastSeenAt);
            record.Tell(ClientEventKind.SharingStarted, work.Now);
            await ClientList.SignalAsync(work, record, ct);
        }

        work.Audit(actor, AuditActions.ConsentGiven, ("account", clientId), clientId, new { partnerId, kind = ConsentKind.Data, wording = ConsentWording.Current });
        await mails.ClientSharedAsync(work, client, partnerId, ct);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
