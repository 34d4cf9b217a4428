using PartnerPortal.Shared;
using PartnerPortal.Startup;

namespace PartnerPortal.Features.Referrals;

/// <summary>
/// Addresses that open a message, written already, in the reader's own mail program or messenger. They are links and nothing more: the portal asks no third party for anything.
/// </summary>
/// <param name="Mail">"mailto:" (RFC 6068).</param>
/// <param name="WhatsApp">wa.me, the address WhatsApp gives out for this.</param>
/// <param name="Telegram">t.me/share, likewise.</param>
public sealed record ShareLinks(string Mail, string WhatsApp, string Telegram)
{
    /// <param name="urls">For the absolute address.</param>
    /// <param name="code">The account's referral code.</param>
    /// <param name="subject">Of the e-mail.</param>
    /// <param name="message">What it says, without the link; the link follows it.</param>
    public static ShareLinks Of(PublicUrl urls, string code, string subject, string message)
    {
        return new ShareLinks(
            PortalUrls.WithQuery("mailto:", ("subject", subject), ("body", $"{message}\r\n\r\n{LinkOf(ReferralSources.Mail)}")),
            PortalUrls.WithQuery("https://wa.me/", ("text", $"{message} {LinkOf(ReferralSources.WhatsApp)}")),
            PortalUrls.WithQuery("https://t.me/share/url", ("url", LinkOf(ReferralSources.Telegram)), ("text", message)));

        string LinkOf(string source) => urls.Of(PortalUrls.Referral(code, source: source));
    }
}
