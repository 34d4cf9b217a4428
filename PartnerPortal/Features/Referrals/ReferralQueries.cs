using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Partners;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Referrals;

/// <summary>A partner as a visitor may see it.</summary>
/// <param name="AccountId">Account id.</param>
/// <param name="Name">The account's name.</param>
/// <param name="Code">Its referral code.</param>
/// <param name="Website">Null when not given.</param>
/// <param name="PartnerSince">UTC; null while nobody used its link yet.</param>
/// <param name="TakesClients">False when suspended or closed: its link says so.</param>
/// <param name="IsIntegrator">An approved integrator, not a client who recommends.</param>
public sealed record ReferralPartner(long AccountId, string Name, string Code, string? Website, DateTime? PartnerSince, bool TakesClients, bool IsIntegrator)
{
    public LinkOwner Link => new(AccountId, Code, TakesClients);
}

/// <summary>Of a partner, all that opening its link needs.</summary>
/// <param name="TakesClients">As <see cref="ReferralPartner.TakesClients"/>.</param>
public sealed record LinkOwner(long AccountId, string Code, bool TakesClients)
{
    /// <param name="account">Of the account.</param>
    /// <param name="partner">Null while nobody used its link yet.</param>
    public static bool Takes(AccountState account, PartnerState? partner) => account is AccountState.Active && partner is not (PartnerState.Suspended or PartnerState.Closed);
}

/// <summary>What a visitor brings: a typed code, an address, an invitation's token, and the touches of the cookie.</summary>
public sealed record ReferralClues(string? TypedCode, string? InvitationToken, string? AddressCode, IReadOnlyList<Touch> Touches)
{
    public static readonly ReferralClues None = new(null, null, null, []);
}

/// <summary>One visit through a referral link, as kept in the cookie.</summary>
/// <param name="Code">The partner's code.</param>
/// <param name="At">UTC.</param>
/// <param name="Source">Where the link stood; null when not said.</param>
/// <param name="Invitation">The invitation's token; null when the link had none.</param>
public sealed record Touch(string Code, DateTime At, string? Source, string? Invitation);

/// <summary>Looks up partners by what visitors bring.</summary>
public sealed class ReferralQueries(PortalDb portal, TimeProvider clock)
{
    public async Task<ReferralPartner?> ByCodeAsync(string? code, CancellationToken ct)
    {
        if (!ReferralCode.TryParse(code, out var parsed))
        {
            return null;
        }

        await using var db = await portal.ReadAsync(ct);
        return await Partners(db, db.Accounts.Where(a => a.Code == parsed.Value)).FirstOrDefaultAsync(ct);
    }

    /// <param name="number">The account's number (<c>ref</c>).</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ReferralPartner?> ByNumberAsync(long number, CancellationToken ct)
    {
        if (!AccountNumber.TryIdOf(number, out var id))
        {
            return null;
        }

        await using var db = await portal.ReadAsync(ct);
        return await Partners(db, db.Accounts.Where(a => a.Id == id)).FirstOrDefaultAsync(ct);
    }

    public async Task<ReferralPartner?> ByExternalIdAsync(string externalId, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        return await Partners(db, db.Accounts.Where(a => a.ExternalId == externalId)).FirstOrDefaultAsync(ct);
    }

    /// <summary>Everything that is in play for somebody with these clues, to be decided by <see cref="ReferralPrecedence"/>.</summary>
    public async Task<IReadOnlyList<ReferralCandidate>> CandidatesAsync(ReferralClues clues, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await portal.ReadAsync(ct);
        var candidates = new List<ReferralCandidate>();
        await AddAsync(AttributionRule.TypedCode, clues.TypedCode, null, now, null);
        if (clues.InvitationToken is { } token)
        {
            await AddInvitationAsync(token, now, null);
        }

        // The join page hands the code on in the address; where the link stood (a QR code, a mail) the touch of the same visit knows.
        var source = ReferralCode.TryParse(clues.AddressCode, out var address) ? clues.Touches.OrderByDescending(t => t.At).FirstOrDefault(t => t.Code == address.Value)?.Source : null;
        await AddAsync(AttributionRule.Address, clues.AddressCode, source, now, null);
        foreach (var touch in clues.Touches)
        {
            await AddAsync(AttributionRule.Cookie, touch.Code, touch.Source, touch.At, touch.Invitation);
        }

        return candidates;

        async Task AddInvitationAsync(string value, DateTime seenAt, string? source)
        {
            var invitation = await db.Invitations.FirstOrDefaultAsync(i => i.Token == value, ct);
            if (invitation is not null && await Partners(db, db.Accounts.Where(a => a.Id == invitation.PartnerId)).FirstOrDefaultAsync(ct) is { } partner)
            {
                candidates.Add(new ReferralCandidate(AttributionRule.Invitation, partner.AccountId, partner.Name, partner.Code, source, seenAt, partner.TakesClients, invitation.Id, invitation.IsOpen(now)));
            }
        }

        async Task AddAsync(AttributionRule rule, string? code, string? source, DateTime seenAt, string? invitationToken)
        {
            if (!ReferralCode.TryParse(code, out var parsed)
                || await Partners(db, db.Accounts.Where(a => a.Code == parsed.Value)).FirstOrDefaultAsync(ct) is not { } partner)
            {
                return;
            }

            // An invitation that was followed earlier counts as what it is: a touch that remembers it.
            var invitation = invitationToken is null ? null
                : await db.Invitations.FirstOrDefaultAsync(i => i.Token == invitationToken && i.PartnerId == partner.AccountId, ct);
            candidates.Add(new ReferralCandidate(rule, partner.AccountId, partner.Name, parsed.Value, source, seenAt, partner.TakesClients, invitation?.Id, invitation?.IsOpen(now) ?? false));
        }
    }

    internal static IQueryable<ReferralPartner> Partners(PortalDbContext db, IQueryable<Account> accounts) =>
        from a in accounts
        where a.State != AccountState.Lapsed
        join p in db.Partners on a.Id equals p.AccountId into partners
        from p in partners.DefaultIfEmpty()
        select new ReferralPartner(
            a.Id, a.Name, a.Code, a.Website, p.ActiveSince,
            LinkOwner.Takes(a.State, (PartnerState?)p.State),
            p != null && p.Kind == PartnerKind.Integrator && p.State == PartnerState.Active);
}
