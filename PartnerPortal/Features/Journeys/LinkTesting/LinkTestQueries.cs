using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.LinkTesting;

/// <summary>Says what would become of a visitor who opens a link, by the rules of the real way: nothing is written, and no visitor is made up in the database.</summary>
public sealed class LinkTestQueries(PortalDb portal, ReferralQueries referrals, ProgramSettingsSource settings, TimeProvider clock)
{
    /// <summary>No account has it: stands for somebody who has one.</summary>
    private const long Somebody = 0;

    /// <param name="typed">A code or a link as pasted.</param>
    /// <param name="visitor">Who opens it.</param>
    /// <param name="root">The portal's own address.</param>
    /// <param name="asStaff">Any link, with all names; else only those of the actor's own account.</param>
    /// <param name="actor">A partner's member, or staff.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<LinkTestResult>> TestAsync(string? typed, TestedVisitor visitor, string root, bool asStaff, Actor actor, CancellationToken ct)
    {
        if (asStaff ? !actor.IsStaff : actor is not { IsPartner: true, AccountId: not null })
        {
            return new NotAllowed();
        }

        if (TestedLink.Parse(typed, root) is not { } link)
        {
            return new LinkTestResult(TestedOutcome.NoLink);
        }

        var partner = await PartnerAsync(link, ct);
        if (!asStaff && partner?.AccountId != actor.AccountId)
        {
            // The same for another's link as for nobody's: what anybody sees who opens it is all there is to know.
            return new LinkTestResult(TestedOutcome.NotYours) { Path = link.Code is { } code ? FollowedLink.TargetOfTyped(code) : null };
        }

        var program = await settings.GetAsync(ct);
        var followed = link.Kind is TestedLinkKind.Referral ? FollowedLink.Of(link.Code!, partner?.Link, link.Invitation, link.Source, link.To, visitor is not TestedVisitor.Bot) : null;
        var landed = new LinkTestResult(TestedOutcome.Unknown)
        {
            Path = followed?.Target ?? PathOf(link, partner, visitor),
            Page = TestedPage.Unknown,
            PartnerName = partner?.Name ?? "",
            IsCounted = followed?.IsCounted == true,
            RememberedUntil = followed?.IsRemembered == true ? clock.GetUtcNow().UtcDateTime.AddDays(program.CookieWindowDays) : null,
        };
        return partner is null ? landed : visitor switch
        {
            TestedVisitor.New => await RegisterAsync(landed, link, followed, partner, program, asStaff, ct),
            TestedVisitor.Bot => landed with { Outcome = TestedOutcome.Bot, Page = FirstPage(landed, link, partner, JoinStanding.Visitor, program) },
            _ => await JoinAsync(landed, link, partner, visitor, program, ct),
        };
    }

    private Task<ReferralPartner?> PartnerAsync(TestedLink link, CancellationToken ct) => link.Kind is TestedLinkKind.Register
        ? new RegisterAddress(link.Code, link.Number, link.ExternalId).FindAsync(referrals, ct)
        : referrals.ByCodeAsync(link.Code, ct);

    private static string PathOf(TestedLink link, ReferralPartner? partner, TestedVisitor visitor) => link.Kind switch
    {
        TestedLinkKind.Register => RegisterAddress.TargetOf(partner, link.Invitation, link.Source),
        TestedLinkKind.Join when partner is not null => PortalUrls.Join(partner.Code, link.Invitation),
        TestedLinkKind.Code when visitor is TestedVisitor.New => PortalUrls.RegisterAccount,
        _ => FollowedLink.TargetOfTyped(link.Code),
    };

    /// <summary>Registers with what the browser carries then, and confirms the address.</summary>
    private async Task<LinkTestResult> RegisterAsync(LinkTestResult landed, TestedLink link, FollowedLink? followed, ReferralPartner partner, ProgramSettings program, bool asStaff, CancellationToken ct)
    {
        List<Touch> touches = followed?.IsRemembered == true ? [followed.TouchOf(partner.Link, clock.GetUtcNow().UtcDateTime)] : [];
        var token = LinkToken.IsWellFormed(link.Invitation) ? link.Invitation : null;
        var page = FirstPage(landed, link, partner, JoinStanding.Visitor, program);
        var clues = page switch
        {
            TestedPage.Form => new ReferralClues(link.Code, null, null, []),
            TestedPage.Elsewhere => new ReferralClues(null, null, null, touches),
            _ => new ReferralClues(null, token, partner.Code, touches),
        };
        var (decision, inPlay) = ReferralPrecedence.Decide(await referrals.CandidatesAsync(clues, ct), program.TouchRule);
        return landed with
        {
            Outcome = decision is null ? TestedOutcome.Nobody : TestedOutcome.Becomes,
            Page = page,
            Rule = decision?.Rule,
            CameBy = decision?.CameBy,
            InPlay = asStaff ? inPlay : [.. inPlay.Select(c => c.PartnerId == partner.AccountId ? c : c with { PartnerId = 0, PartnerName = "", Code = null, Source = null })],
        };
    }

    /// <summary>Opens the join form, signed in.</summary>
    private async Task<LinkTestResult> JoinAsync(LinkTestResult landed, TestedLink link, ReferralPartner partner, TestedVisitor visitor, ProgramSettings program, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var standing = visitor switch
        {
            TestedVisitor.Oneself => new JoinStanding(partner.AccountId, null, false, true),
            TestedVisitor.OthersClient => new JoinStanding(Somebody, new PresentPartner(Somebody, "", now, null), false, true),
            _ => new JoinStanding(Somebody, null, false, true),
        };
        var page = FirstPage(landed, link, partner, standing, program);
        if (page is TestedPage.Elsewhere)
        {
            return landed with { Outcome = TestedOutcome.NotAsked, Page = page };
        }

        if (JoinQueries.ProblemOf(partner, standing, program, now) is { } problem)
        {
            return landed with { Outcome = TestedOutcome.Refused, Page = page, Problem = problem };
        }

        await using var db = await portal.ReadAsync(ct);
        var (rule, cameBy) = JoinPartner.RuleOf(await JoinPartner.InvitationOfAsync(db, link.Invitation, partner.AccountId, Somebody, Actor.Visitor, now, ct), Somebody);
        return landed with { Outcome = standing.Present is null ? TestedOutcome.Asked : TestedOutcome.AskedToSwitch, Page = page, Rule = rule, CameBy = cameBy };
    }

    private TestedPage FirstPage(LinkTestResult landed, TestedLink link, ReferralPartner partner, JoinStanding standing, ProgramSettings program)
    {
        var isSignedIn = standing.ClientId is not null;
        return JoinQueries.ProblemOf(partner, standing, program, clock.GetUtcNow().UtcDateTime) switch
        {
            _ when landed.Path == PortalUrls.RegisterAccount => TestedPage.Form,
            _ when link.Kind is TestedLinkKind.Register && !partner.TakesClients => TestedPage.FormProblem,
            _ when link.Kind is TestedLinkKind.Referral && landed.Path != PortalUrls.Join(partner.Code, LinkToken.IsWellFormed(link.Invitation) ? link.Invitation : null) => TestedPage.Elsewhere,
            not null => TestedPage.Problem,
            null => isSignedIn ? TestedPage.Ask : TestedPage.Invite,
        };
    }
}
