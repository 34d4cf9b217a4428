using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>A client's present partner.</summary>
/// <param name="Partner">As everybody may see it.</param>
/// <param name="Since">UTC.</param>
/// <param name="CameBy">How it came about.</param>
/// <param name="Seen">The line in the partner's list, as the partner sees it.</param>
/// <param name="Consents">Given to this partner, withdrawn ones included, newest first.</param>
/// <param name="LeaveProblem">Why the client cannot leave by itself now; null when it can.</param>
/// <param name="SwitchProblem">Why it cannot take another by itself now; null when it can.</param>
public sealed record MyPartner(
    ReferralPartner Partner, DateTime Since, CameBy CameBy, SeenByPartner? Seen, IReadOnlyList<GivenConsent> Consents, JoinProblem? LeaveProblem, JoinProblem? SwitchProblem);

/// <summary>That the client can undo having left or switched.</summary>
/// <param name="AttributionId">What it ended.</param>
/// <param name="Former">The name of the partner it would have again.</param>
/// <param name="Present">The name of the one it has instead; null for none.</param>
/// <param name="EndedAt">UTC.</param>
/// <param name="Until">UTC.</param>
public sealed record ChangeToUndo(long AttributionId, string Former, string? Present, DateTime EndedAt, DateTime Until);

/// <summary>What the partner's list shows of the client.</summary>
/// <param name="IsShared">The client agreed; else initials, and what the partner typed itself.</param>
/// <param name="Name">As shown.</param>
/// <param name="Email">Null when not shown.</param>
/// <param name="Phone">E.164; null when not shown.</param>
/// <param name="Number">The account's; null when not shown.</param>
/// <param name="Language">IETF tag; null when not shown.</param>
/// <param name="Sponsor">Who recommended the client, as the partner reads it; null when not shown, or nobody did.</param>
/// <param name="LastSeenAt">UTC; null when not shown.</param>
/// <param name="IsTyped">Some of it the partner typed itself.</param>
/// <param name="Money">By currency; only what was bought while it was this partner's client.</param>
public sealed record SeenByPartner(
    bool IsShared, string Name, string? Email, string? Phone, long? Number, string? Language, string? Sponsor, DateTime? LastSeenAt, bool IsTyped, IReadOnlyList<SeenMoney> Money);

/// <summary>What a partner sees of a client's purchases in one currency.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Purchases">How many.</param>
/// <param name="Bought">After discount, without tax, less what was refunded; minor units.</param>
/// <param name="LastAt">UTC; of the latest.</param>
/// <param name="PaidUntil">UTC; null for what is bought once.</param>
/// <param name="Earned">By the partner, less what refunds took back, held or not; minor units. Null when the program does not show it to clients.</param>
public sealed record SeenMoney(string Currency, int Purchases, long Bought, DateTime LastAt, DateTime? PaidUntil, long? Earned);

/// <param name="Kind">What was agreed to.</param>
/// <param name="WordingVersion">Of the wording.</param>
/// <param name="Language">IETF tag of the language it was read in.</param>
/// <param name="GivenAt">UTC.</param>
/// <param name="WithdrawnAt">UTC; null while it holds.</param>
public sealed record GivenConsent(ConsentKind Kind, int WordingVersion, string Language, DateTime GivenAt, DateTime? WithdrawnAt);

/// <summary>A partner that waits for an answer.</summary>
/// <param name="Name">The partner's name.</param>
/// <param name="Code">Its code.</param>
/// <param name="InvitationToken">Null when the person came by its link while registering.</param>
/// <param name="Since">UTC.</param>
/// <param name="MadeAccount">It created the account.</param>
public sealed record WaitingPartner(string Name, string Code, string? InvitationToken, DateTime Since, bool MadeAccount);

/// <summary>What a client sees of its own standing: always that of the actor's account.</summary>
public sealed class MyPartnerQueries(PortalDb portal, ProgramSettingsSource settings, TimeProvider clock)
{
    /// <returns>Null when the account has no partner.</returns>
    public async Task<MyPartner?> CurrentAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        var open = await db.Attributions.FirstOrDefaultAsync(a => a.ClientId == actor.AccountId && a.EndedAt == null, ct);
        if (open is null)
        {
            return null;
        }

        var partner = await ReferralQueries.Partners(db, db.Accounts.Where(a => a.Id == open.PartnerId)).FirstAsync(ct);
        var (program, now) = (await settings.GetAsync(ct), clock.GetUtcNow().UtcDateTime);
        var seen = await SeenAsync(db, open, program.ShowsEarnings, ct);
        var consents = await db.Consents.Where(c => c.ClientId == open.ClientId && c.PartnerId == open.PartnerId)
            .OrderByDescending(c => c.Id)
            .Select(c => new GivenConsent(c.Kind, c.WordingVersion, c.Language, c.GivenAt, c.WithdrawnAt))
            .ToListAsync(ct);
        var present = new PresentPartner(open.PartnerId, partner.Name, open.StartedAt, await ChangeRules.BusyUntilAsync(db, open.ClientId, ct));
        return new MyPartner(partner, open.StartedAt, open.CameBy, seen, consents, ProblemOf(program.Leaving), ProblemOf(program.Switching));

        JoinProblem? ProblemOf(SwitchingRule rule) => actor.MayAdminister ? ChangeRules.Problem(program, rule, present, now) : new NotAdminOfAccount();
    }

    /// <summary>By the query that answers the partner, so that both read the same.</summary>
    private static async Task<SeenByPartner?> SeenAsync(PortalDbContext db, Attribution open, bool withEarnings, CancellationToken ct)
    {
        var line = db.ClientRecords.Where(r => r.PartnerId == open.PartnerId && r.ClientId == open.ClientId);
        if (await ClientQueries.CardAsync(db, line, ct) is not { Row: var row } card)
        {
            return null;
        }

        var isTyped = !row.IsShared && await line.AnyAsync(r => r.TypedName != null || r.TypedEmail != null || r.TypedPhone != null, ct);
        var money = await ClientMoneyQueries.Sums(db, open.PartnerId, open.ClientId).ToListAsync(ct);
        return new SeenByPartner(
            row.IsShared, row.Name, row.Email, row.Phone, card.Number, row.IsShared ? card.Language : null, card.SponsorName, row.LastSeenAt, isTyped,
            [.. money.Select(m => new SeenMoney(m.Currency, m.Purchases, m.Bought, m.LastAt, m.PaidUntil, withEarnings ? m.Earned : null))]);
    }

    /// <summary>What an admin of the client can undo; null when there is nothing.</summary>
    public async Task<ChangeToUndo?> ToUndoAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        if (actor is not { AccountId: { } clientId, MayAdminister: true } || await ChangeRules.ToUndoAsync(db, clientId, clock.GetUtcNow().UtcDateTime, ct) is not { EndedAt: { } endedAt, UndoUntil: { } until } ended)
        {
            return null;
        }

        var present = await (from a in db.Attributions join p in db.Accounts on a.PartnerId equals p.Id where a.ClientId == clientId && a.EndedAt == null select p.Name).FirstOrDefaultAsync(ct);
        var former = await ReferralQueries.Partners(db, db.Accounts.Where(a => a.Id == ended.PartnerId)).FirstAsync(ct);
        return former.TakesClients ? new ChangeToUndo(ended.Id, former.Name, present, endedAt, until) : null;
    }

    /// <summary>Open invitations to the account or to the person's own address, and the partner that was agreed to while registering but not settled. Newest first, each partner once.</summary>
    public async Task<IReadOnlyList<WaitingPartner>> WaitingAsync(Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var email = EmailAddress.TryParse(actor.Email, out var address, out _) ? address.Normalized : null;
        await using var db = await portal.ReadAsync(ct);
        var current = await db.Attributions.Where(a => a.ClientId == actor.AccountId && a.EndedAt == null).Select(a => (long?)a.PartnerId).FirstOrDefaultAsync(ct);
        var invitations = await (
            from i in db.Invitations
            where (i.ClientId == actor.AccountId || (email != null && i.NormalizedEmail == email))
                && (i.State == InvitationState.Queued || i.State == InvitationState.Sent || i.State == InvitationState.Followed) && i.ExpiresAt > now
                && i.PartnerId != current && i.PartnerId != actor.AccountId
            orderby i.Id descending
            select new { i.PartnerId, i.Token, i.CreatedAt, MadeAccount = i.Kind == InvitationKind.Created && i.ClientId == actor.AccountId }).ToListAsync(ct);
        var pending = await db.PendingReferrals.Where(p => p.UserId == actor.UserId && p.ClientId == actor.AccountId && p.PartnerId != current)
            .Select(p => new { p.PartnerId, Token = (string?)null, CreatedAt = p.AgreedAt, MadeAccount = false }).ToListAsync(ct);
        var ids = invitations.Select(i => i.PartnerId).Concat(pending.Select(p => p.PartnerId)).Distinct().ToList();
        var partners = await ReferralQueries.Partners(db, db.Accounts.Where(a => ids.Contains(a.Id))).ToListAsync(ct);
        return
        [
            .. invitations.Select(i => (i.PartnerId, Token: (string?)i.Token, i.CreatedAt, i.MadeAccount))
                .Concat(pending.Select(p => (p.PartnerId, p.Token, p.CreatedAt, p.MadeAccount)))
                .DistinctBy(w => w.PartnerId)
                .Join(partners.Where(p => p.TakesClients), w => w.PartnerId, p => p.AccountId, (w, p) => new WaitingPartner(p.Name, p.Code, w.Token, w.CreatedAt, w.MadeAccount)),
        ];
    }
}
