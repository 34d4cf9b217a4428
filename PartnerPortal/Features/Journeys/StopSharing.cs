using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.AccessGrants;
using PartnerPortal.Features.Attributions;
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
        await using var work = await portal.BeginAsync(ct);
        var pair = await OwnConsent.PairOfAsync(work, actor, ct);
        if (!pair.Ok)
        {
            return pair.Error!;
        }

        var (clientId, partnerId) = pair.Value;
        if (!await OwnConsent.WithdrawAsync(work, pair.Value, ConsentKind.Data, actor, ct))
        {
            return Done.Value;
        }

        if (await work.Db.ClientRecords.Include(r => r.Tags).FirstOrDefaultAsync(r => r.PartnerId == partnerId && r.ClientId == clientId, ct) is { } record)
        {
            var name = await work.Db.Accounts.Where(a => a.Id == clientId).Select(a => a.Name).FirstAsync(ct);
            record.Hide(name);
            record.Tell(ClientEventKind.SharingEnded, work.Now);
            await ClientList.SignalAsync(work, record, ct);
        }

        await ToldMails.TakeBackAsync(work, clientId, ct);
        // Whoever may not see the client's details in its list may not read them in its account either.
        await AccessGrantBook.WithdrawAsync(work, clientId, partnerId, actor, ct);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
