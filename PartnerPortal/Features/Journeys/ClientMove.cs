using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.AccessGrants;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Journeys;

/// <summary>
/// Staff moves one client to a partner. Only the commission link moves (invariant 3): the new partner sees initials until the client agrees. The caller holds the client's lock, has looked
/// at who may decide, and tells those concerned.
/// </summary>
public sealed class ClientMove(PartnerChange change)
{
    /// <param name="work">The transaction.</param>
    /// <param name="client">The client's account.</param>
    /// <param name="current">What ends; null when it has no partner.</param>
    /// <param name="target">The partner's account.</param>
    /// <param name="reason">For the receipt.</param>
    /// <param name="actor">Who decided.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Attribution> ToAsync(PortalTransaction work, Account client, Attribution? current, Account target, string reason, Actor actor, CancellationToken ct)
    {
        var contenders = new List<Contender> { new(AttributionRule.Staff, target.Id, target.Name, target.Code, null, work.Now, ContenderOutcome.Won) };
        if (current is not null)
        {
            var name = await work.Db.Accounts.Where(a => a.Id == current.PartnerId).Select(a => a.Name).FirstAsync(ct);
            contenders.Add(new Contender(AttributionRule.Address, current.PartnerId, name, null, null, current.StartedAt, ContenderOutcome.LaterRule));
            await EndAsync(work, client, current, actor, ct);
        }

        var receipt = new Receipt(AttributionRule.Staff, contenders, actor, reason, null, work.Now);
        var attribution = await change.OpenAsync(work, client, target.Id, CameBy.Support, receipt, null, ClientEventKind.MovedHere, actor, ct);
        work.Audit(actor, AuditActions.AttributionReassigned, ("account", client.Id), client.Id, new { from = current?.PartnerId, to = target.Id, reason });
        return attribution;
    }

    /// <summary>Staff makes it nobody's client.</summary>
    public static async Task ReleaseAsync(PortalTransaction work, Account client, Attribution current, string reason, Actor actor, CancellationToken ct)
    {
        await EndAsync(work, client, current, actor, ct);
        work.Audit(actor, AuditActions.AttributionReassigned, ("account", client.Id), client.Id, new { from = current.PartnerId, reason });
    }

    /// <summary>Takes it away from a partner, without another.</summary>
    public static async Task EndAsync(PortalTransaction work, Account client, Attribution current, Actor actor, CancellationToken ct)
    {
        await AttributionBook.EndAsync(work, current, AttributionEnd.Reassigned, actor, ct);
        await AccessGrantBook.PartAsync(work, client.Id, current.PartnerId, actor, ct);
        await ClientList.CloseAsync(work, client, current.PartnerId, ClientEventKind.MovedAway, ct);
    }
}
