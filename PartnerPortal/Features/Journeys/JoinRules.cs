using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>Why a Yes is not possible. Each has its own sentence on the join page.</summary>
public abstract record JoinProblem : Error;

public sealed record UnknownPartner : JoinProblem;

/// <summary>Suspended or closed: takes no clients now.</summary>
public sealed record PartnerTakesNoClients(string PartnerName) : JoinProblem;

/// <summary>The code is the account's own.</summary>
public sealed record OwnCode : JoinProblem;

/// <summary>The person works for the partner; a firm earns nothing from its own people.</summary>
public sealed record OwnFirm(string PartnerName) : JoinProblem;

public sealed record AlreadyYourPartner(string PartnerName, DateTime Since) : JoinProblem;

public sealed record SwitchingBySupport(string CurrentPartner) : JoinProblem;

/// <param name="CurrentPartner">Name.</param>
/// <param name="Until">UTC; from then on the client may switch.</param>
public sealed record SwitchingLocked(string CurrentPartner, DateTime Until) : JoinProblem;

/// <summary>Only an admin of the account decides whose client it is.</summary>
public sealed record NotAdminOfAccount : JoinProblem;

/// <summary>What the join form shows: who asks, who is the partner now, what was answered before.</summary>
/// <param name="Partner">Who asks.</param>
/// <param name="CurrentPartner">The present partner's name; null when there is none.</param>
/// <param name="CurrentSince">UTC.</param>
/// <param name="RefusedAt">UTC; when this account said No to this partner, if it did.</param>
/// <param name="Problem">Why Yes is not possible; null when it is.</param>
public sealed record JoinOffer(ReferralPartner Partner, string? CurrentPartner, DateTime? CurrentSince, DateTime? RefusedAt, JoinProblem? Problem)
{
    /// <summary>This partner created the account and waits for its owner's confirmation.</summary>
    public bool MadeAccount { get; init; }
}

/// <summary>How somebody who opens the join form stands to the partner.</summary>
/// <param name="ClientId">Its account; null for who is not signed in.</param>
/// <param name="Present">Its partner now; null for none.</param>
/// <param name="IsOwnFirm">The person works for the partner.</param>
/// <param name="MayAdminister">The person decides for its account.</param>
/// <param name="Left">What having left lately brings; null for nothing.</param>
public sealed record JoinStanding(long? ClientId, PresentPartner? Present, bool IsOwnFirm, bool MayAdminister, JoinProblem? Left = null)
{
    public static readonly JoinStanding Visitor = new(null, null, false, false);
}

/// <summary>The rules that the join form shows and that a Yes is held to; one place for both.</summary>
public sealed class JoinQueries(PortalDb portal, ProgramSettingsSource settings, TimeProvider clock)
{
    public async Task<Result<JoinOffer>> OfferAsync(string? code, Actor actor, CancellationToken ct)
    {
        await using var db = await portal.ReadAsync(ct);
        if (!ReferralCode.TryParse(code, out var parsed)
            || await ReferralQueries.Partners(db, db.Accounts.Where(a => a.Code == parsed.Value)).FirstOrDefaultAsync(ct) is not { } partner)
        {
            return new UnknownPartner();
        }

        return await OfferAsync(db, partner, actor, await settings.GetAsync(ct), clock.GetUtcNow().UtcDateTime, ct);
    }

    internal static async Task<JoinOffer> OfferAsync(PortalDbContext db, ReferralPartner partner, Actor actor, ProgramSettings program, DateTime now, CancellationToken ct)
    {
        if (actor.AccountId is not { } clientId)
        {
            return new JoinOffer(partner, null, null, null, ProblemOf(partner, JoinStanding.Visitor, program, now));
        }

        var current = await (
            from a in db.Attributions
            join p in db.Accounts on a.PartnerId equals p.Id
            where a.ClientId == clientId && a.EndedAt == null
            select new { a.PartnerId, p.Name, a.StartedAt }).FirstOrDefaultAsync(ct);
        var present = current is null ? null : new PresentPartner(current.PartnerId, current.Name, current.StartedAt, await ChangeRules.BusyUntilAsync(db, clientId, ct));
        var left = current is null ? await ChangeRules.AfterLeavingAsync(db, program, clientId, partner.AccountId, now, ct) : null;
        var refusedAt = await db.JoinRefusals.Where(r => r.ClientId == clientId && r.PartnerId == partner.AccountId).Select(r => (DateTime?)r.RefusedAt).FirstOrDefaultAsync(ct);
        var isOwnFirm = await db.Members.AnyAsync(m => m.AccountId == partner.AccountId && m.UserId == actor.UserId, ct);
        var madeAccount = await db.Invitations.AnyAsync(i =>
            i.PartnerId == partner.AccountId && i.ClientId == clientId && i.Kind == InvitationKind.Created && i.AnsweredAt == null && i.ExpiresAt > now, ct);
        var standing = new JoinStanding(clientId, present, isOwnFirm, actor.MayAdminister, left);
        return new JoinOffer(partner, current?.Name, current?.StartedAt, refusedAt, ProblemOf(partner, standing, program, now)) { MadeAccount = madeAccount };
    }

    /// <summary>Why a Yes of somebody who stands so is not possible; null when it is. Pure.</summary>
    internal static JoinProblem? ProblemOf(ReferralPartner partner, JoinStanding standing, ProgramSettings program, DateTime now) => standing.Present switch
    {
        _ when partner.AccountId == standing.ClientId => new OwnCode(),
        _ when standing.IsOwnFirm => new OwnFirm(partner.Name),
        { } c when c.PartnerId == partner.AccountId => new AlreadyYourPartner(c.Name, c.Since),
        _ when !partner.TakesClients => new PartnerTakesNoClients(partner.Name),
        _ when standing is { ClientId: not null, MayAdminister: false } => new NotAdminOfAccount(),
        { } c => ChangeRules.Problem(program, program.Switching, c, now),
        null => standing.Left,
    };
}
