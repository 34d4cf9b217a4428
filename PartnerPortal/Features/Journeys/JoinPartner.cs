using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys;

/// <summary>A Yes on the join form.</summary>
/// <param name="Code">The partner's code.</param>
/// <param name="InvitationToken">From the address; null when the link had none.</param>
/// <param name="Language">In which the wording was read, IETF tag.</param>
/// <param name="Touches">What the cookie held, for the receipt.</param>
public sealed record JoinRequest(string Code, string? InvitationToken, string Language, IReadOnlyList<Touch> Touches);

/// <summary>An account that exists says Yes to a partner. Nothing of it happens without.</summary>
public sealed class JoinPartner(PortalDb portal, ProgramSettingsSource settings, ReferralQueries referrals, PartnerChange change, JourneyMails mails)
{
    public async Task<Result<JoinOffer>> ExecuteAsync(JoinRequest request, Actor actor, CancellationToken ct)
    {
        if (actor.AccountId is not { } clientId)
        {
            return new NotAllowed();
        }

        var program = await settings.GetAsync(ct);
        var candidates = await referrals.CandidatesAsync(new ReferralClues(null, request.InvitationToken, request.Code, request.Touches), ct);
        try
        {
            return await JoinAsync(request, actor, clientId, program, candidates, ct);
        }
        catch (DbUpdateException error) when (error.IsUniqueViolation())
        {
            // Something else was faster by a moment and an index decided: nothing of this Yes was kept, so it is tried against how things stand now.
            return await JoinAsync(request, actor, clientId, program, candidates, ct);
        }
    }

    private async Task<Result<JoinOffer>> JoinAsync(JoinRequest request, Actor actor, long clientId, ProgramSettings program, IReadOnlyList<ReferralCandidate> candidates, CancellationToken ct)
    {
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Client, clientId, ct);
        var offered = await OfferAsync(work, request.Code, actor, program, ct);
        if (!offered.Ok || offered.Value.Problem is not null)
        {
            return offered.Ok ? offered.Value.Problem! : offered.Error!;
        }

        var partner = offered.Value.Partner;
        var client = await work.Db.Accounts.FirstAsync(a => a.Id == clientId, ct);
        var open = await AttributionBook.OpenOfAsync(work.Db, clientId, ct);
        var invitation = await InvitationOfAsync(work, request.InvitationToken, partner.AccountId, clientId, actor, ct);
        var (rule, cameBy) = RuleOf(invitation, clientId);
        var contenders = await InPlay.WithOthersAsync(work, client, actor.Email, open, Contenders(candidates, partner, rule, clientId, program.TouchRule, work.Now), ct);
        var receipt = new Receipt(rule, contenders, actor, null, (ConsentWording.Current, Languages.Nearest(request.Language)), work.Now) { Facts = new ReceiptFacts(program.TouchRule) };
        if (open is not null)
        {
            open.LetUndo(ChangeRules.UndoUntil(program, work.Now));
            await change.EndAsync(work, client, open, AttributionEnd.Switched, actor, ct);
        }

        var kind = cameBy is CameBy.Created ? ClientEventKind.Confirmed : ClientEventKind.Joined;
        await change.OpenAsync(work, client, partner.AccountId, cameBy, receipt, invitation, kind, actor, ct);
        await mails.ClientJoinedAsync(work, client, partner.AccountId, open, ct);
        await work.CommitAsync(ct);
        return offered.Value;
    }

    /// <summary>Under which rule a Yes stands that answers this invitation, or none.</summary>
    internal static (AttributionRule Rule, CameBy CameBy) RuleOf(Invitation? invitation, long clientId) => invitation switch
    {
        null => (AttributionRule.Address, CameBy.Joined),
        _ when invitation.MadeAccount(clientId) => (AttributionRule.Invitation, CameBy.Created),
        _ => (AttributionRule.Invitation, CameBy.Invitation),
    };

    /// <summary>The partner's invitation that this Yes answers: the one in the address, else one to the person's own address.</summary>
    internal static Task<Invitation?> InvitationOfAsync(PortalTransaction work, string? token, long partnerId, long clientId, Actor actor, CancellationToken ct) =>
        InvitationOfAsync(work.Db, token, partnerId, clientId, actor, work.Now, ct);

    internal static async Task<Invitation?> InvitationOfAsync(PortalDbContext db, string? token, long partnerId, long clientId, Actor actor, DateTime now, CancellationToken ct)
    {
        var email = EmailAddress.TryParse(actor.Email, out var address, out _) ? address.Normalized : "";
        var found = await db.Invitations
            .Where(i => i.PartnerId == partnerId && (i.Token == token || i.ClientId == clientId || i.NormalizedEmail == email))
            .OrderByDescending(i => i.Token == token).ThenByDescending(i => i.Id).ToListAsync(ct);
        return found.FirstOrDefault(i => i.IsOpen(now));
    }

    /// <summary>The Yes itself wins; what else was in play is told with why it lost.</summary>
    private static List<Contender> Contenders(IReadOnlyList<ReferralCandidate> candidates, ReferralPartner partner, AttributionRule rule, long clientId, TouchRule touchRule, DateTime now)
    {
        var (_, inPlay) = ReferralPrecedence.Decide(candidates, touchRule, own: new HashSet<long> { clientId });
        var source = inPlay.FirstOrDefault(c => c.PartnerId == partner.AccountId && c.Source is not null)?.Source;
        var others = inPlay.Where(c => c.PartnerId != partner.AccountId)
            .Select(c => c.Outcome is ContenderOutcome.PartnerInactive or ContenderOutcome.InvitationInvalid or ContenderOutcome.OwnAccount ? c : c with { Outcome = ContenderOutcome.LaterRule });
        return [new Contender(rule, partner.AccountId, partner.Name, partner.Code, source, now, ContenderOutcome.Won), .. others];
    }

    private static async Task<Result<JoinOffer>> OfferAsync(PortalTransaction work, string code, Actor actor, ProgramSettings program, CancellationToken ct)
    {
        if (!ReferralCode.TryParse(code, out var parsed)
            || await ReferralQueries.Partners(work.Db, work.Db.Accounts.Where(a => a.Code == parsed.Value)).FirstOrDefaultAsync(ct) is not { } partner)
        {
            return new UnknownPartner();
        }

        return await JoinQueries.OfferAsync(work.Db, partner, actor, program, work.Now, ct);
    }
}
