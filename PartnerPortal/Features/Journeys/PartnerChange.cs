using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.AccessGrants;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Journeys;

/// <summary>
/// The one way in which a client's partner changes: ends what is open, opens what comes, keeps both lists in step and tells all concerned once.
/// Used by register, join, leave, reassign and close; each brings its own rules before. The caller holds the client's lock.
/// </summary>
public sealed class PartnerChange(LeavingMails mails)
{
    /// <summary>A client leaves its partner.</summary>
    public async Task EndAsync(PortalTransaction work, Account client, Attribution open, AttributionEnd because, Actor actor, CancellationToken ct)
    {
        await AttributionBook.EndAsync(work, open, because, actor, ct);
        await AccessGrantBook.PartAsync(work, client.Id, open.PartnerId, actor, ct);
        await ClientList.CloseAsync(work, client, open.PartnerId, EventOf(because), ct);
        await ToldMails.TakeBackAsync(work, client.Id, ct);
        await mails.ClientLeftAsync(work, client, open, ct);
        await Settlement.AfterChangeAsync(work, client.Id, work.Now, ct);
    }

    /// <summary>A client gets a partner, for the first time or after <see cref="EndAsync"/>.</summary>
    /// <param name="since">UTC; null for now. See <see cref="AttributionBook.OpenAsync"/>.</param>
    public async Task<Attribution> OpenAsync(
        PortalTransaction work, Account client, long partnerId, CameBy cameBy, Receipt receipt, Invitation? invitation, ClientEventKind kind, Actor actor, CancellationToken ct, DateTime? since = null)
    {
        await StartReferringAsync(work, partnerId, actor, ct);
        var attribution = await AttributionBook.OpenAsync(work, client, partnerId, cameBy, receipt, actor, ct, since);
        invitation?.Accept(client.Id, work.Now);
        var signedInBefore = client.LastSeenAt is not null;
        await ClientList.OpenAsync(work, client, attribution, invitation?.Id, receipt.WordingVersion is not null, signedInBefore, kind, ct);
        await work.Db.JoinRefusals.Where(r => r.ClientId == client.Id && r.PartnerId == partnerId).ExecuteDeleteAsync(ct);
        await Settlement.AfterChangeAsync(work, client.Id, attribution.StartedAt, ct);
        return attribution;
    }

    /// <summary>An account becomes a referrer with its first client. Two first clients at the same moment: the second waits, and finds it one.</summary>
    private static async Task StartReferringAsync(PortalTransaction work, long partnerId, Actor actor, CancellationToken ct)
    {
        if (await work.Db.Partners.FindAsync([partnerId], ct) is not null)
        {
            return;
        }

        await work.LockAsync(PortalLock.ClientList, partnerId, ct);
        if (await work.Db.Partners.FindAsync([partnerId], ct) is null)
        {
            var group = await work.Db.PartnerGroups.Where(g => g.TakesReferrers).Select(g => (long?)g.Id).FirstOrDefaultAsync(ct);
            work.Db.Partners.Add(Partner.StartReferring(partnerId, group, work.Now));
            work.Audit(actor, AuditActions.ReferrerStarted, ("account", partnerId), partnerId);
            await work.SaveAsync(ct);
        }
    }

    private static ClientEventKind EventOf(AttributionEnd because) => because switch
    {
        AttributionEnd.Left or AttributionEnd.Closed or AttributionEnd.TakenBack => ClientEventKind.Left,
        AttributionEnd.Switched => ClientEventKind.SwitchedAway,
        AttributionEnd.Reassigned => ClientEventKind.MovedAway,
    };
}
