using System.Buffers;

namespace PartnerPortal.Shared;

/// <summary>
/// Programs that open a link because someone pasted it, to draw a preview, or because a browser expects a click: their requests are no visits.
/// The signs are those that the programs' makers document, or send. Browsers inside apps are people and must not be caught: they call
/// themselves "… Instagram 300.0", "… Line/13", "… Snapchat/12", "[Pinterest/iOS]", "Twitter for iPhone", and WhatsApp opens the system's
/// browser; so those names alone are no sign.
/// </summary>
public static class LinkPreviewAgents
{
    /// <summary>What the user agent contains, in any case.</summary>
    public static readonly IReadOnlyList<string> Signs =
    [
        "facebookexternalhit", // Facebook, Messenger, Instagram; also Apple Messages and LINE, which send its name
        "facebookcatalog",
        "Facebot",
        "meta-externalfetcher",
        "line-poker",
        "Twitterbot",
        "Slackbot-LinkExpanding",
        "Slackbot ",
        "Slack-ImgProxy",
        "TelegramBot",
        "LinkedInBot",
        "Discordbot",
        "SkypeUriPreview", // Skype and Teams
        "MicrosoftPreview", // Teams, Outlook, Bing
        "BingPreview",
        "Google-PageRenderer",
        "Google Web Preview",
        "developers.google.com/+/web/snippet", // Google Chat, Gmail
        "Applebot",
        "Pinterestbot",
        "pinterest.com/bot",
        "Iframely",
        "Embedly",
        "redditbot",
        "(Mastodon/", // "http.rb/5.1.1 (Mastodon/4.2.1; +https://…)"
        "Mastodon/", // since 4.3
        "Pleroma ",
        "Akkoma ",
        "Misskey/",
        "Bluesky Cardyb",
        "vkShare",
        "OdklBot",
        "Snap URL Preview Service",
        "kakaotalk-scrap",
        "XING-contenttabreceiver",
        "Quora Link Preview",
        "Tumblr/",
        "Flipboard",
        "NotionEmbedder",
        "Mattermost-Bot",
        "Rocket.Chat",
        "Synapse (bot;", // Matrix
        "matrix-org/synapse",
        "ZoomBot",
        "opengraph",
        "link-preview",
        "linkpreview",
    ];

    /// <summary>
    /// What the user agent begins with. WhatsApp's fetcher (and Signal's, which borrows its name) is "WhatsApp/2.23…"; a person who comes
    /// from WhatsApp has a browser's name, in which the word can stand further on. The same goes for Viber.
    /// </summary>
    public static readonly IReadOnlyList<string> Beginnings = ["WhatsApp/", "Viber/", "Pinterest/0."];

    private static readonly SearchValues<string> AnySign = SearchValues.Create([.. Signs], StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the request draws a preview of the link.</summary>
    /// <param name="userAgent">The User-Agent header; no header is no sign.</param>
    public static bool IsPreview(string? userAgent) =>
        userAgent is not null
        && (userAgent.AsSpan().ContainsAny(AnySign)
            || Beginnings.Any(beginning => userAgent.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)));

    /// <summary>
    /// Whether a browser fetches the page in advance, without a click: <c>Sec-Purpose: prefetch</c> (Fetch standard; with parameters such as
    /// <c>;prerender</c>), and what older browsers sent, <c>Purpose: prefetch</c> or <c>preview</c>, <c>X-Purpose: preview</c> and <c>X-Moz: prefetch</c>.
    /// </summary>
    /// <param name="header">Gives the value of a request header by name; null when it is not there.</param>
    public static bool IsPrefetch(Func<string, string?> header) =>
        IsPrefetch(header("Sec-Purpose"), header("Purpose") ?? header("X-Purpose"), header("X-Moz"));

    /// <summary>As above, with the values of the headers.</summary>
    public static bool IsPrefetch(string? secPurpose, string? purpose = null, string? xMoz = null) =>
        Says(secPurpose) || Says(purpose) || Says(xMoz);

    private static bool Says(string? value) =>
        value is not null && value.Split(';', ',', ' ').Any(word => word.ToLowerInvariant() is "prefetch" or "preview" or "prerender");
}
