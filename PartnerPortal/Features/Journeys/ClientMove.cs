using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.AccessGrants;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Journeys;

/// <summary>Why staff moves a client.</summary>
/// <param name="Words">In staff's words.</param>
/// <param name="ClaimId">The claim that is decided so; null for none.</param>
/// <param name="ReassignmentId">The reassignment that it is a part of; null for none.</param>
public sealed record MoveReason(string Words, long? ClaimId = null, long? ReassignmentId = null);

/// <summary>
/// Staff moves one client to a partner. Only the commission link moves (invariant 3): the new partner sees initials until the client agrees. The caller holds the client's lock, has looked
/// at who may decide, and tells those concerned.
/// </summary>
public sealed class ClientMove(PartnerChange change, ProgramSettingsSource settings)
{
    /// <param name="work">The transaction.</param>
    /// <param name="client">The client's account.</param>
    /// <param name="current">What ends; null when it has no partner.</param>
    /// <param name="target">The partner's account.</param>
    /// <param name="why">For the receipt.</param>
    /// <param name="actor">Who decided.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Attribution> ToAsync(PortalTransaction work, Account client, Attribution? current, Account target, MoveReason why, Actor actor, CancellationToken ct)
    {
        var rule = why.ClaimId is null ? AttributionRule.Staff : AttributionRule.Claim;
        var contenders = new List<Contender>(await InPlay.WithOthersAsync(
            work, client, null, current, [new(rule, target.Id, target.Name, target.Code, null, work.Now, ContenderOutcome.Won)], ct));
        contenders.AddRange(await InPlay.ClaimsAsync(work.Db, client.Id, target.Id, ct));
        if (current is not null)
        {
            await EndAsync(work, client, current, actor, ct);
        }

        var receipt = new Receipt(AttributionRule.Staff, contenders, actor, why.Words, null, work.Now) { Facts = new ReceiptFacts((await settings.GetAsync(ct)).TouchRule, why.ClaimId, why.ReassignmentId) };
        var attribution = await change.OpenAsync(work, client, target.Id, CameBy.Support, receipt, null, ClientEventKind.MovedHere, actor, ct);
        work.Audit(actor, AuditActions.AttributionReassigned, ("account", client.Id), client.Id, new { from = current?.PartnerId, to = target.Id, reason = why.Words });
        return attribution;
    }

    /// <summary>Staff makes it nobody's client.</summary>
    public static async Task ReleaseAsync(PortalTransaction work, Account client, Attribution current, string reason, Actor actor, CancellationToken ct)
    {
        await EndAsync(work, client, current, actor, ct);
        work.Audit(actor, AuditActions.AttributionReassigned, ("account", client.Id), client.Id, new { from = current.PartnerId, reason });
        await Settlement.AfterChangeAsync(work, client.Id, work.Now, ct);
    }

    /// <summary>Takes it away from a partner, without another.</summary>
    public static async Task EndAsync(PortalTransaction work, Account client, Attribution current, Actor actor, CancellationToken ct)
    {
        await AttributionBook.EndAsync(work, current, AttributionEnd.Reassigned, actor, ct);
        await AccessGrantBook.PartAsync(work, client.Id, current.PartnerId, actor, ct);
        await ClientList.CloseAsync(work, client, current.PartnerId, ClientEventKind.MovedAway, ct);
    }
}
