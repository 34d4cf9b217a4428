using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Claims;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>Who else was in play for a client at the moment at which its partner was decided, with why each lost: for the receipt.</summary>
internal static class InPlay
{
    /// <summary>The winner first, then who else is known, then what the portal itself knows of others.</summary>
    /// <param name="work">The transaction that decides.</param>
    /// <param name="client">Whose partner.</param>
    /// <param name="email">The person's own address; null for the account's.</param>
    /// <param name="current">The partner until then; null when there is none.</param>
    /// <param name="known">With the winner first.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<IReadOnlyList<Contender>> WithOthersAsync(
        PortalTransaction work, Account client, string? email, Attribution? current, IReadOnlyList<Contender> known, CancellationToken ct)
    {
        var (db, winner, all) = (work.Db, known[0].PartnerId, new List<Contender>(known));
        if (current is not null)
        {
            var name = await db.Accounts.Where(a => a.Id == current.PartnerId).Select(a => a.Name).FirstAsync(ct);
            all.Add(new Contender(AttributionRule.Before, current.PartnerId, name, null, null, current.StartedAt, ContenderOutcome.Ended));
        }

        // What was agreed to while registering and not settled, with all that had been in play then.
        if (await db.PendingReferrals.AsNoTracking().FirstOrDefaultAsync(p => p.ClientId == client.Id, ct) is { } pending)
        {
            all.AddRange(pending.Contenders.Where(c => c.PartnerId != winner && !all.Exists(k => k.PartnerId == c.PartnerId && k.Rule == c.Rule && k.SeenAt == c.SeenAt))
                .Select(c => c.Outcome is ContenderOutcome.Won ? c with { Outcome = ContenderOutcome.AnotherChosen } : c));
        }

        all.AddRange(await InvitationsAsync(db, client, email, [winner, .. all.Where(c => c.Rule is AttributionRule.Invitation).Select(c => c.PartnerId)], work.Now, ct));
        return all;
    }

    /// <summary>Claims for the client that are open now; none of the winner's.</summary>
    public static async Task<IReadOnlyList<Contender>> ClaimsAsync(PortalDbContext db, long clientId, long winnerId, CancellationToken ct) => await (
        from c in ClaimBook.Open(db.ClientClaims)
        join a in db.Accounts on c.ClaimantId equals a.Id
        where c.ClientId == clientId && c.ClaimantId != winnerId
        orderby c.Id
        select new Contender(AttributionRule.Claim, a.Id, a.Name, null, null, c.FiledAt, ContenderOutcome.ClaimOpen)).ToListAsync(ct);

    /// <summary>Open invitations to the client by others; each partner's newest.</summary>
    private static async Task<IEnumerable<Contender>> InvitationsAsync(PortalDbContext db, Account client, string? email, List<long> except, DateTime now, CancellationToken ct)
    {
        var normalized = EmailAddress.TryParse(email ?? client.Email, out var address, out _) ? address.Normalized : null;
        var open = await (
            from i in db.Invitations
            join a in db.Accounts on i.PartnerId equals a.Id
            where (i.ClientId == client.Id || (normalized != null && i.NormalizedEmail == normalized)) && !except.Contains(i.PartnerId)
                && (i.State == InvitationState.Queued || i.State == InvitationState.Sent || i.State == InvitationState.Followed) && i.ExpiresAt > now
            orderby i.Id descending
            select new Contender(AttributionRule.Invitation, a.Id, a.Name, a.Code, null, i.CreatedAt, ContenderOutcome.NotAnswered)).ToListAsync(ct);
        return open.DistinctBy(c => c.PartnerId);
    }
}
