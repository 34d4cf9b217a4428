using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
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
        await using var work = await portal.BeginAsync(ct);
        var pair = await OwnConsent.PairOfAsync(work, actor, ct);
        if (!pair.Ok)
        {
            return pair.Error!;
        }

        var (clientId, partnerId) = pair.Value;
        if (!await OwnConsent.GiveAsync(work, pair.Value, ConsentKind.Data, language, actor, ct))
        {
            return Done.Value;
        }

        var client = await work.Db.Accounts.FirstAsync(a => a.Id == clientId, ct);
        if (await work.Db.ClientRecords.Include(r => r.Tags).FirstOrDefaultAsync(r => r.PartnerId == partnerId && r.ClientId == clientId, ct) is { } record)
        {
            record.Share(client);
            record.Tell(ClientEventKind.SharingStarted, work.Now);
            await ClientList.SignalAsync(work, record, ct);
        }

        await mails.ClientSharedAsync(work, client, partnerId, ct);
        await work.CommitAsync(ct);
        return Done.Value;
    }
}
