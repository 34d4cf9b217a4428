using PartnerPortal.Shared;

namespace PartnerPortal.Features.Referrals;

/// <summary>What opening a referral link comes to. The endpoint does it, the link tester only says it.</summary>
/// <param name="Target">Where the visitor is led, a path.</param>
/// <param name="IsCounted">It is a visit.</param>
/// <param name="IsRemembered">The cookie keeps it.</param>
/// <param name="Invitation">The invitation's token; null when the link has none.</param>
/// <param name="Source">Where the link stood; null when not said.</param>
public sealed record FollowedLink(string Target, bool IsCounted, bool IsRemembered, string? Invitation, string? Source)
{
    /// <summary>Longer is no code; not worth carrying on.</summary>
    private const int LongestCode = 40;

    /// <param name="code">From the path.</param>
    /// <param name="partner">Whose it is; null when nobody's.</param>
    /// <param name="i">An invitation's token.</param>
    /// <param name="s">Where the link stood.</param>
    /// <param name="to">Where to go instead of the join page; only a path of this site.</param>
    /// <param name="isClick">A person opened it, not a program.</param>
    public static FollowedLink Of(string code, LinkOwner? partner, string? i, string? s, string? to, bool isClick)
    {
        if (partner is null)
        {
            // The join page says that there is no such partner.
            return new FollowedLink(JoinPageOf(code), false, false, null, null);
        }

        var invitation = LinkToken.IsWellFormed(i) ? i : null;
        return new FollowedLink(
            partner.TakesClients && LocalPath.IsSafe(to) ? InAscii(to) : PortalUrls.Join(partner.Code, invitation),
            isClick, isClick && partner.TakesClients, invitation, ReferralSources.Normalize(s));
    }

    /// <summary>The join page of anything that a visitor may have made of a code.</summary>
    public static string JoinPageOf(string code) => PortalUrls.Join(Uri.EscapeDataString(code.Length > LongestCode ? code[..LongestCode] : code));

    /// <returns>Where a typed code leads: its join page; the landing page when none was typed.</returns>
    public static string TargetOfTyped(string? code) =>
        string.IsNullOrWhiteSpace(code) ? PortalUrls.Landing : JoinPageOf(ReferralCode.TryParse(code, out var parsed) ? parsed.Value : code.Trim());

    /// <summary>As the cookie keeps it.</summary>
    /// <param name="partner">Whose link it is.</param>
    /// <param name="now">UTC.</param>
    public Touch TouchOf(LinkOwner partner, DateTime now) => new(partner.Code, now, Source, Invitation);

    /// <summary>A header holds ASCII; browsers write other letters of an address percent-encoded too.</summary>
    private static string InAscii(string path) => string.Concat(path.Select(c => char.IsAscii(c) && c != ' ' ? c.ToString() : Uri.EscapeDataString(c.ToString())));
}
