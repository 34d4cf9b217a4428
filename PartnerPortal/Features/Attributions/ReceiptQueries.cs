using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Attributions;

/// <summary>Who reads a receipt. The verdict is said in the reader's words, and what is not the reader's to know is left out.</summary>
public enum ReceiptAudience
{
    /// <summary>The client itself: sees every partner that was in play, not who of the staff decided.</summary>
    Client,

    /// <summary>The partner of that attribution: other partners stay unnamed, and the client too without its consent.</summary>
    Partner,

    /// <summary>Staff: sees all.</summary>
    Support,
}

/// <summary>What decided, as a reader thinks of it.</summary>
public enum ReceiptVerdict
{
    TypedCode,
    Invitation,

    /// <summary>A code, number or external id in the address.</summary>
    Address,

    /// <summary>The only link that was opened before.</summary>
    Visit,

    /// <summary>The last of several links.</summary>
    LastVisit,

    /// <summary>The first of several links.</summary>
    FirstVisit,

    /// <summary>An account that existed said Yes.</summary>
    Yes,

    /// <summary>The partner created the account, its owner confirmed.</summary>
    Created,

    Staff,

    /// <summary>The client undid that it had left or switched.</summary>
    Returned,
}

/// <summary>A receipt as its reader may see it.</summary>
/// <param name="Number">The receipt's number, shown as "R-17".</param>
/// <param name="AttributionId">What it is the receipt of.</param>
/// <param name="ClientName">Initials for a partner without the client's consent.</param>
/// <param name="PartnerName">As the partner is called now.</param>
/// <param name="CameBy">How the client came.</param>
/// <param name="At">UTC; when it was decided.</param>
/// <param name="EndedAt">UTC; null while the attribution is open.</param>
/// <param name="EndedBecause">Null while it is open.</param>
/// <param name="ActorName">Who made it so; null where the reader may not know.</param>
/// <param name="Reason">Staff's reason; for staff only.</param>
/// <param name="WordingVersion">The wording agreed to; null when staff decided.</param>
/// <param name="WordingLanguage">IETF tag of the language it was read in.</param>
/// <param name="Contenders">In order of precedence. For a partner, others have an empty name and no code.</param>
public sealed record ReceiptData(
    long Number,
    long AttributionId,
    string ClientName,
    string PartnerName,
    CameBy CameBy,
    DateTime At,
    DateTime? EndedAt,
    AttributionEnd? EndedBecause,
    string? ActorName,
    string? Reason,
    int? WordingVersion,
    string? WordingLanguage,
    IReadOnlyList<Contender> Contenders)
{
    public Contender? Winner => Contenders.FirstOrDefault(c => c.Outcome is ContenderOutcome.Won);

    public ReceiptVerdict Verdict => (Winner?.Rule, CameBy) switch
    {
        (AttributionRule.Staff, _) or (null, _) => ReceiptVerdict.Staff,
        (_, CameBy.Returned) => ReceiptVerdict.Returned,
        (_, CameBy.Joined) => ReceiptVerdict.Yes,
        (_, CameBy.Created) => ReceiptVerdict.Created,
        (AttributionRule.TypedCode, _) => ReceiptVerdict.TypedCode,
        (AttributionRule.Invitation, _) => ReceiptVerdict.Invitation,
        (AttributionRule.Address, _) => ReceiptVerdict.Address,
        _ when Contenders.Any(c => c.Outcome is ContenderOutcome.EarlierTouch) => ReceiptVerdict.LastVisit,
        _ when Contenders.Any(c => c.Outcome is ContenderOutcome.LaterTouch) => ReceiptVerdict.FirstVisit,
        _ => ReceiptVerdict.Visit,
    };
}

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
        var found = await (
            from a in db.Attributions.Include(a => a.Receipt)
            join c in db.Accounts on a.ClientId equals c.Id
            join p in db.Accounts on a.PartnerId equals p.Id
            where a.ClientId == clientId && (audience != ReceiptAudience.Partner || a.PartnerId == actor.AccountId)
            orderby a.StartedAt descending, a.Id descending
            select new
            {
                Attribution = a,
                ClientName = c.Name,
                PartnerName = p.Name,
                IsShared = db.Consents.Any(x => x.ClientId == a.ClientId && x.PartnerId == a.PartnerId && x.Kind == ConsentKind.Data && x.WithdrawnAt == null),
            }).ToListAsync(ct);
        return
        [
            .. from f in found
               let receipt = f.Attribution.Receipt
               where receipt is not null
               select Shown(f.Attribution, receipt, f.ClientName, f.PartnerName, f.IsShared, audience),
        ];
    }

    private static bool MayRead(long clientId, ReceiptAudience audience, Actor actor) => audience switch
    {
        ReceiptAudience.Client => actor.AccountId == clientId,
        ReceiptAudience.Partner => actor is { IsPartner: true, AccountId: not null },
        ReceiptAudience.Support => actor.IsStaff,
    };

    private static ReceiptData Shown(Attribution attribution, Receipt receipt, string clientName, string partnerName, bool isShared, ReceiptAudience audience)
    {
        var isSupport = audience is ReceiptAudience.Support;
        var mayName = audience is not ReceiptAudience.Partner || isShared;
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
            audience is ReceiptAudience.Partner ? [.. receipt.Contenders.Select(c => Masked(c, attribution.PartnerId))] : receipt.Contenders);
    }

    private static Contender Masked(Contender contender, long partnerId) =>
        contender.PartnerId == partnerId ? contender : contender with { PartnerId = 0, PartnerName = "", Code = null, Source = null };
}
