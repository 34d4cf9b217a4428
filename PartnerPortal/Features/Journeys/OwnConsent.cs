using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>What giving and withdrawing a consent have in common: an admin of the client decides, about the partner that it has now.</summary>
internal static class OwnConsent
{
    /// <summary>The client and its partner, under the client's lock.</summary>
    public static async Task<Result<(long ClientId, long PartnerId)>> PairOfAsync(PortalTransaction work, Actor actor, CancellationToken ct)
    {
        if (actor.AccountId is not { } clientId)
        {
            return new NotAllowed();
        }

        if (!actor.MayAdminister)
        {
            return new NotAdminOfAccount();
        }

        await work.LockAsync(PortalLock.Client, clientId, ct);
        return await AttributionBook.OpenOfAsync(work.Db, clientId, ct) is { PartnerId: var partnerId } ? (clientId, partnerId) : new HasNoPartner();
    }

    /// <returns>False when it was given already: two tabs mean the same.</returns>
    public static async Task<bool> GiveAsync(PortalTransaction work, (long ClientId, long PartnerId) pair, ConsentKind kind, string language, Actor actor, CancellationToken ct)
    {
        if (await OpenAsync(work.Db, pair, kind, ct) is not null)
        {
            return false;
        }

        work.Db.Consents.Add(new Consent(pair.ClientId, pair.PartnerId, kind, ConsentWording.Current, Languages.Nearest(language), actor.UserId, work.Now));
        work.Audit(actor, AuditActions.ConsentGiven, ("account", pair.ClientId), pair.ClientId, new { partnerId = pair.PartnerId, kind, wording = ConsentWording.Current });
        return true;
    }

    /// <returns>False when there was nothing to withdraw.</returns>
    public static async Task<bool> WithdrawAsync(PortalTransaction work, (long ClientId, long PartnerId) pair, ConsentKind kind, Actor actor, CancellationToken ct)
    {
        if (await OpenAsync(work.Db, pair, kind, ct) is not { } consent)
        {
            return false;
        }

        consent.Withdraw(work.Now);
        work.Audit(actor, AuditActions.ConsentWithdrawn, ("account", pair.ClientId), pair.ClientId, new { partnerId = pair.PartnerId, kind });
        return true;
    }

    /// <summary>Gives back what the client had agreed to with a partner when that ended at a moment, in the wording it had read then, and shows its line again if it shared its details.</summary>
    /// <returns>Whether it shares its details.</returns>
    public static async Task<bool> RestoreAsync(PortalTransaction work, Account client, long partnerId, DateTime endedAt, CancellationToken ct)
    {
        var ended = await work.Db.Consents.AsNoTracking().Where(c => c.ClientId == client.Id && c.PartnerId == partnerId && c.WithdrawnAt == endedAt).ToListAsync(ct);
        var agreed = ended.OrderByDescending(c => c.Id).DistinctBy(c => c.Kind).ToList();
        work.Db.Consents.AddRange(agreed.Select(c => new Consent(client.Id, partnerId, c.Kind, c.WordingVersion, c.Language, c.GivenByUserId, work.Now)));
        if (!agreed.Exists(c => c.Kind is ConsentKind.Data))
        {
            return false;
        }

        var record = await work.Db.ClientRecords.Include(r => r.Tags).FirstAsync(r => r.PartnerId == partnerId && r.ClientId == client.Id, ct);
        record.Share(client);
        await ClientList.SignalAsync(work, record, ct);
        return true;
    }

    private static Task<Consent?> OpenAsync(PortalDbContext db, (long ClientId, long PartnerId) pair, ConsentKind kind, CancellationToken ct) =>
        db.Consents.FirstOrDefaultAsync(c => c.ClientId == pair.ClientId && c.PartnerId == pair.PartnerId && c.Kind == kind && c.WithdrawnAt == null, ct);
}
