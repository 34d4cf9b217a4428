using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Attributions;

/// <summary>Reads receipts: a client its own, a partner those of its own attributions, staff all.</summary>
public sealed class ReceiptQueries(PortalDb portal)
{
    /// <param name="clientId">The client's account.</param>
    /// <param name="audience">As whom the actor reads.</param>
    /// <param name="actor">Who reads; gets nothing when it is not what <paramref name="audience"/> says.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Newest first.</returns>
    public async Task<IReadOnlyList<ReceiptData>> OfClientAsync(long clientId, ReceiptAudience audience, Actor actor, CancellationToken ct)
    {
        if (!MayRead(clientId, audience, actor))
        {
            return [];
        }

        await using var db = await portal.ReadAsync(ct);
        return await ReadAsync(
            db, db.Attributions.Where(a => a.ClientId == clientId && (audience != ReceiptAudience.Partner || a.PartnerId == actor.AccountId)), audience, ct);
    }

    /// <summary>One receipt by its number, in the words of whoever reads: the client itself, else the partner of that attribution, else staff.</summary>
    /// <returns>Null when there is none, and when it is not the actor's to read.</returns>
    public async Task<ReceiptData?> FindAsync(long number, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        var found = await db.Receipts.Where(r => r.Id == number).Join(db.Attributions, r => r.AttributionId, a => a.Id, (_, a) => new { a.Id, a.ClientId, a.PartnerId }).FirstOrDefaultAsync(ct);
        var audience = found switch
        {
            null => (ReceiptAudience?)null,
            _ when found.ClientId == actor.AccountId => ReceiptAudience.Client,
            _ when found.PartnerId == actor.AccountId && actor.IsPartner => ReceiptAudience.Partner,
            _ => actor.IsStaff ? ReceiptAudience.Support : null,
        };
        return audience is { } reader ? (await ReadAsync(db, db.Attributions.Where(a => a.Id == found!.Id), reader, ct)).SingleOrDefault() : null;
    }

    /// <summary>The receipts of a partner's own attributions, the newest first.</summary>
    /// <param name="clientId">Of one client; null for all.</param>
    /// <param name="cursor">Of a neighbouring page; null for the newest.</param>
    /// <param name="size">Receipts a page.</param>
    /// <param name="actor">Whose attributions; nothing for who is no partner.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Page<ReceiptData>> OfPartnerAsync(long? clientId, string? cursor, int size, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        var own = Own(db, actor).Where(a => clientId == null || a.ClientId == clientId);
        var page = await IdKeyset.NewestFirstAsync(own, a => a.Id, rows => rows.Select(a => a.Id), id => id, cursor, size, ct);
        var read = await ReadAsync(db, db.Attributions.Where(a => page.Items.Contains(a.Id)), ReceiptAudience.Partner, ct);
        return new Page<ReceiptData>([.. read.OrderByDescending(r => r.AttributionId)], page.Previous, page.Next);
    }

    /// <returns>Null when it is not among the partner's own.</returns>
    public async Task<ReceiptData?> OfAttributionAsync(long id, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return (await ReadAsync(db, Own(db, actor).Where(a => a.Id == id), ReceiptAudience.Partner, ct)).SingleOrDefault();
    }

    private static IQueryable<Attribution> Own(PortalDbContext db, Actor actor) =>
        db.Attributions.Where(a => actor.IsPartner && a.PartnerId == actor.AccountId && a.Receipt != null);

    private static bool MayRead(long clientId, ReceiptAudience audience, Actor actor) => audience switch
    {
        ReceiptAudience.Client => actor.AccountId == clientId,
        ReceiptAudience.Partner => actor is { IsPartner: true, AccountId: not null },
        ReceiptAudience.Support => actor.IsStaff,
    };

    private static async Task<IReadOnlyList<ReceiptData>> ReadAsync(PortalDbContext db, IQueryable<Attribution> attributions, ReceiptAudience audience, CancellationToken ct)
    {
        var found = await (
            from a in attributions.Include(a => a.Receipt).ThenInclude(r => r!.Facts)
            join c in db.Accounts on a.ClientId equals c.Id
            join p in db.Accounts on a.PartnerId equals p.Id
            orderby a.StartedAt descending, a.Id descending
            select new { Attribution = a, ClientName = c.Name, PartnerName = p.Name }).ToListAsync(ct);
        var clients = found.ConvertAll(f => f.Attribution.ClientId);
        var consents = await db.Consents.Where(c => clients.Contains(c.ClientId)).OrderBy(c => c.Id).ToListAsync(ct);
        var endings = await db.AuditEntries.Where(e => e.Action == AuditActions.AttributionEnded && e.AccountId != null && clients.Contains(e.AccountId.Value))
            .Select(e => new { e.AccountId, e.At, e.ActorName }).ToListAsync(ct);
        return
        [
            .. from f in found
               let a = f.Attribution
               where a.Receipt is not null
               let its = consents.Where(c => c.ClientId == a.ClientId && c.PartnerId == a.PartnerId && c.GivenAt >= a.StartedAt && !(c.GivenAt > a.EndedAt)).ToList()
               let isShared = consents.Exists(c => c.ClientId == a.ClientId && c.PartnerId == a.PartnerId && c is { Kind: ConsentKind.Data, WithdrawnAt: null })
               let endedBy = endings.Find(e => e.AccountId == a.ClientId && e.At == a.EndedAt)?.ActorName
               select Shown(a, a.Receipt!, f.ClientName, f.PartnerName, new Known(isShared, its, endedBy), audience),
        ];
    }

    private static ReceiptData Shown(Attribution attribution, Receipt receipt, string clientName, string partnerName, Known known, ReceiptAudience audience)
    {
        var isSupport = audience is ReceiptAudience.Support;
        var mayName = audience is not ReceiptAudience.Partner || known.IsShared;
        return new ReceiptData(
            receipt.Id,
            attribution.Id,
            mayName ? clientName : Initials.Of(clientName),
            partnerName,
            attribution.CameBy,
            receipt.At,
            attribution.EndedAt,
            attribution.EndedBecause,
            isSupport || (mayName && receipt.Rule is not AttributionRule.Staff) ? receipt.ActorName : null,
            isSupport ? receipt.Reason : null,
            receipt.WordingVersion,
            receipt.WordingLanguage,
            InPlay(receipt, attribution.PartnerId, audience),
            audience,
            attribution.ClientId,
            [.. known.Consents.Select(c => new ReceiptConsent(c.Kind, c.WordingVersion, c.Language, c.GivenAt, c.WithdrawnAt))],
            receipt.Facts is { } facts ? new ReceiptNotes(facts.TouchRule, isSupport ? facts.ClaimId : null, isSupport ? facts.ReassignmentId : null) : null,
            isSupport || (mayName && attribution.EndedBecause is not AttributionEnd.Reassigned) ? known.EndedBy : null);
    }

    /// <summary>That somebody else claims the client is between support and who claims. For a partner others are unnamed, and when the client met them is not told.</summary>
    private static IReadOnlyList<Contender> InPlay(Receipt receipt, long partnerId, ReceiptAudience audience) => audience is ReceiptAudience.Support
        ? receipt.Contenders
        :
        [
            .. from c in receipt.Contenders
               where c.Rule is not AttributionRule.Claim || c.PartnerId == partnerId
               select audience is ReceiptAudience.Client || c.PartnerId == partnerId ? c : c with { PartnerId = 0, PartnerName = "", Code = null, Source = null, SeenAt = default },
        ];

    private sealed record Known(bool IsShared, List<Consent> Consents, string? EndedBy);
}
