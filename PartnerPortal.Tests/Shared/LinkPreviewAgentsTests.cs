using PartnerPortal.Shared;

namespace PartnerPortal.Tests.Shared;

public sealed class LinkPreviewAgentsTests
{
    [Theory]
    [InlineData("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0")]
    [InlineData("facebookexternalhit/1.1;line-poker/1.0")]
    [InlineData("Twitterbot/1.0")]
    [InlineData("Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)")]
    [InlineData("WhatsApp/2.23.20.0")]
    [InlineData("WhatsApp/2")]
    [InlineData("TelegramBot (like TwitterBot)")]
    [InlineData("LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)")]
    [InlineData("Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)")]
    [InlineData("Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com")]
    [InlineData("Mozilla/5.0 (compatible; redditbot/1.0; +http://www.reddit.com/feedback)")]
    [InlineData("Mozilla/5.0 (compatible; vkShare; +http://vk.com/dev/Share)")]
    [InlineData("http.rb/5.1.1 (Mastodon/4.2.1; +https://mastodon.social/)")]
    [InlineData("Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; mailto:support@bsky.app)")]
    [InlineData("Iframely/1.3.1 (+https://iframely.com/docs/about)")]
    public void IsPreview_Fetcher_IsOne(string userAgent) => Assert.True(LinkPreviewAgents.IsPreview(userAgent));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1")]
    [InlineData("Mozilla/5.0 (Linux; Android 13; SM-G991B; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/119.0 Mobile Safari/537.36 WhatsApp/2.23.20")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Safari Line/13.2.0")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/400.0]")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [Pinterest/iOS]")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Snapchat/12.50.0.36 (like Safari/8614)")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/20A362 Twitter for iPhone/9.50")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 300.0.0.0")]
    public void IsPreview_Person_IsNone(string? userAgent) => Assert.False(LinkPreviewAgents.IsPreview(userAgent));

    [Fact]
    public void Signs_List_HasAtLeastTwenty() => Assert.True(LinkPreviewAgents.Signs.Distinct(StringComparer.OrdinalIgnoreCase).Count() >= 20);

    [Theory]
    [InlineData("Sec-Purpose", "prefetch", true)]
    [InlineData("Sec-Purpose", "prefetch;prerender", true)]
    [InlineData("Purpose", "prefetch", true)]
    [InlineData("X-Purpose", "preview", true)]
    [InlineData("X-Moz", "Prefetch", true)]
    [InlineData("Sec-Purpose", "", false)]
    [InlineData("Sec-Fetch-Mode", "navigate", false)]
    public void IsPrefetch_Headers_AreRead(string name, string value, bool expected) =>
        Assert.Equal(expected, LinkPreviewAgents.IsPrefetch(asked => asked == name ? value : null));
}
