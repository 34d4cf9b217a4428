using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Program;

namespace PartnerPortal.Features.Referrals;

/// <summary>One partner that a registration's clues lead to, with what decides whether it may win.</summary>
/// <param name="Rule">The rule it stands under.</param>
/// <param name="PartnerId">Account id.</param>
/// <param name="PartnerName">As it is called now.</param>
/// <param name="Code">The code used; null where a number or an external id was.</param>
/// <param name="Source">Where the link stood.</param>
/// <param name="SeenAt">UTC.</param>
/// <param name="TakesClients">It is not suspended or closed.</param>
/// <param name="InvitationId">The invitation whose token led here; null when none did.</param>
/// <param name="InvitationIsOpen">That invitation may still be answered.</param>
public sealed record ReferralCandidate(
    AttributionRule Rule, long PartnerId, string PartnerName, string? Code, string? Source, DateTime SeenAt, bool TakesClients, long? InvitationId, bool InvitationIsOpen);

/// <summary>
/// The precedence when someone registers or joins: typed code, then an invitation's token, then the address, then the cookie (first or last touch by setting).
/// Pure: the same clues give the same decision.
/// </summary>
public static class ReferralPrecedence
{
    /// <param name="candidates">In any order.</param>
    /// <param name="touchRule">Which of several touches in the cookie counts.</param>
    /// <param name="removed">The person took the partner away on the form: nobody wins, and the receipt-to-be says why.</param>
    /// <param name="own">Accounts that may not win: the person's own.</param>
    /// <returns>The decision, or null with what was in play when nobody wins.</returns>
    public static (ReferralDecision? Decision, IReadOnlyList<Contender> InPlay) Decide(
        IEnumerable<ReferralCandidate> candidates, TouchRule touchRule, bool removed = false, IReadOnlySet<long>? own = null)
    {
        var ordered = candidates
            .OrderBy(c => c.Rule)
            .ThenBy(c => touchRule is TouchRule.Last ? -c.SeenAt.Ticks : c.SeenAt.Ticks)
            .ToList();
        ReferralCandidate? winner = null;
        var inPlay = new List<Contender>(ordered.Count);
        foreach (var candidate in ordered)
        {
            var outcome = OutcomeOf(candidate, winner, touchRule, removed, own);
            if (outcome is ContenderOutcome.Won)
            {
                winner = candidate;
            }

            inPlay.Add(new Contender(candidate.Rule, candidate.PartnerId, candidate.PartnerName, candidate.Code, candidate.Source, candidate.SeenAt, outcome));
        }

        return winner is null
            ? (null, inPlay)
            : (new ReferralDecision(winner.PartnerId, winner.Rule, CameByOf(winner), winner.InvitationIsOpen ? winner.InvitationId : null, inPlay), inPlay);
    }

    private static ContenderOutcome OutcomeOf(ReferralCandidate candidate, ReferralCandidate? winner, TouchRule touchRule, bool removed, IReadOnlySet<long>? own) => candidate switch
    {
        _ when own?.Contains(candidate.PartnerId) == true => ContenderOutcome.OwnAccount,
        { TakesClients: false } => ContenderOutcome.PartnerInactive,
        { Rule: AttributionRule.Invitation, InvitationIsOpen: false } => ContenderOutcome.InvitationInvalid,
        _ when removed => ContenderOutcome.Removed,
        _ when winner is null => ContenderOutcome.Won,
        _ when winner.Rule != candidate.Rule => ContenderOutcome.LaterRule,
        _ => touchRule is TouchRule.Last ? ContenderOutcome.EarlierTouch : ContenderOutcome.LaterTouch,
    };

    private static CameBy CameByOf(ReferralCandidate winner) => winner switch
    {
        { Rule: AttributionRule.TypedCode } => CameBy.Code,
        { InvitationId: not null, InvitationIsOpen: true } => CameBy.Invitation,
        { Source: ReferralSources.Qr } => CameBy.Qr,
        _ => CameBy.Link,
    };
}

/// <summary>Sources that the portal itself puts into links.</summary>
public static class ReferralSources
{
    public const string Qr = "qr";
    public const string Mail = "mail";
    public const string WhatsApp = "whatsapp";
    public const string Telegram = "telegram";

    /// <summary>As kept: at most 40 characters of letters, digits, dot, dash and underscore, in lower case.</summary>
    public static string? Normalize(string? source)
    {
        if (string.IsNullOrWhiteSpace(source))
        {
            return null;
        }

        var kept = new string([.. source.Trim().ToLowerInvariant().Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_').Take(40)]);
        return kept.Length == 0 ? null : kept;
    }
}
