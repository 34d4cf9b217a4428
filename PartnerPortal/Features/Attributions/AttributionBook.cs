using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Attributions;

/// <summary>Opens and ends attributions, with what belongs to each: receipt, consent, sponsor, audit. The caller holds the client's lock.</summary>
public static class AttributionBook
{
    public static Task<Attribution?> OpenOfAsync(PortalDbContext db, long clientId, CancellationToken ct) =>
        db.Attributions.FirstOrDefaultAsync(a => a.ClientId == clientId && a.EndedAt == null, ct);

    /// <summary>Opens an attribution. What the wording covers that the client agreed to is consented to with it.</summary>
    /// <param name="since">UTC; null for now. What the client bought since then is to be settled anew by the caller.</param>
    public static async Task<Attribution> OpenAsync(PortalTransaction work, Account client, long partnerId, CameBy cameBy, Receipt receipt, Actor actor, CancellationToken ct, DateTime? since = null)
    {
        var attribution = Attribution.Open(client.Id, partnerId, cameBy, receipt, since ?? work.Now);
        var isFirst = !await work.Db.Attributions.AnyAsync(a => a.ClientId == client.Id && a.UndoneAt == null, ct);
        work.Db.Attributions.Add(attribution);
        // Who gives the partner a sponsor looks whether it has clients, and meets this one or is met by it.
        await work.LockAsync(PortalLock.Sponsors, 0, ct);
        if (receipt is { WordingVersion: { } version, WordingLanguage: { } language })
        {
            work.Db.Consents.AddRange(ConsentWording.CoveredBy(version).Select(kind => new Consent(client.Id, partnerId, kind, version, language, actor.UserId, work.Now)));
        }

        if (isFirst)
        {
            await SponsorTree.RecommendAsync(work, client, partnerId, ct);
        }

        work.Audit(actor, AuditActions.AttributionOpened, ("account", client.Id), client.Id, new { partnerId, cameBy, rule = receipt.Rule, sponsor = client.SponsorId });
        return attribution;
    }

    /// <summary>Ends an attribution and every consent that named its partner.</summary>
    public static async Task EndAsync(PortalTransaction work, Attribution attribution, AttributionEnd because, Actor actor, CancellationToken ct)
    {
        attribution.End(because, work.Now);
        var consents = await work.Db.Consents
            .Where(c => c.ClientId == attribution.ClientId && c.PartnerId == attribution.PartnerId && c.WithdrawnAt == null).ToListAsync(ct);
        foreach (var consent in consents)
        {
            consent.Withdraw(work.Now);
        }

        work.Audit(actor, AuditActions.AttributionEnded, ("account", attribution.ClientId), attribution.ClientId, new { partnerId = attribution.PartnerId, because });
        // The unique index on open attributions must see the old one ended before the new one comes.
        await work.SaveAsync(ct);
    }
}
