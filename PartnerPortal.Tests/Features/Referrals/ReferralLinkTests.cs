using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Referrals;

public sealed class ReferralLinkTests
{
    /// <summary>One request of each, as these programs send it.</summary>
    private static readonly string[] PreviewAgents =
    [
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        "meta-externalfetcher/1.1",
        "facebookexternalhit/1.1;line-poker/1.0",
        "Twitterbot/1.0",
        "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
        "Slack-ImgProxy (+https://api.slack.com/robots)",
        "WhatsApp/2.23.20.0",
        "TelegramBot (like TwitterBot)",
        "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
        "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
        "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
        "Mozilla/5.0 (compatible; MicrosoftPreview/2.0; +https://aka.ms/MicrosoftPreview)",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; BingPreview/1.0b)",
        "Google-PageRenderer Google (+https://developers.google.com/+/web/snippet/)",
        "Mozilla/5.0 (Macintosh) AppleWebKit/600.2.5 (KHTML, like Gecko) Version/8.0.2 Safari/600.2.5 (Applebot/0.1)",
        "Mozilla/5.0 (compatible; Pinterestbot/1.0; +http://www.pinterest.com/bot.html)",
        "Iframely/1.3.1 (+https://iframely.com/docs/about)",
        "Mozilla/5.0 (compatible; redditbot/1.0; +http://www.reddit.com/feedback)",
        "http.rb/5.1.1 (Mastodon/4.2.1; +https://mastodon.social/)",
        "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; mailto:support@bsky.app)",
        "Mozilla/5.0 (compatible; vkShare; +http://vk.com/dev/Share)",
        "Viber/13.0",
    ];

    [Theory, OnSqlite, OnPostgres]
    public async Task Open_Visits_CountsByDayAndSource(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var code = await world.CodeOfAsync(await world.IntegratorAsync("Brightwater Systems"));
        var browser = SignedIn.Visitor(portal);

        foreach (var query in new[] { "", "?s=QR", "?s=qr", "?s=%20Trade%20Fair!", "" })
        {
            (await browser.GetAsync($"/r/{code.ToLowerInvariant()}{query}")).Dispose();
        }

        portal.Clock.Advance(TimeSpan.FromDays(1));
        (await browser.GetAsync($"/r/{code}")).Dispose();

        var counts = await portal.ReadAsync(db => db.VisitCounts.OrderBy(v => v.Day).ThenBy(v => v.Source).Select(v => new { v.Day, v.Source, v.Count }).ToListAsync());
        var (first, second) = (new DateOnly(2026, 11, 20), new DateOnly(2026, 11, 21));
        Assert.Equal([(first, "", 2L), (first, "qr", 2L), (first, "tradefair", 1L), (second, "", 1L)], counts.Select(c => (c.Day, c.Source, c.Count)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Open_ThousandAtOnce_CountsExactlyThousand(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var code = await world.CodeOfAsync(await world.IntegratorAsync("Brightwater Systems"));
        var browser = portal.CreateDefaultClient();

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(async i =>
        {
            using var response = await browser.GetAsync($"/r/{code}?s={(i % 2 == 0 ? "qr" : "mail")}");
            Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        }));

        // On a machine that is busy some visitors were led on before their visit's turn came.
        await portal.Services.GetRequiredService<VisitRecorder>().StopAsync(default);
        Assert.Equal([500L, 500L], await portal.ReadAsync(db => db.VisitCounts.Select(v => v.Count).ToListAsync()));
    }

    [Fact]
    public async Task Open_Click_KeepsSignedCookieAndIsNotStored()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var code = await world.CodeOfAsync(await world.IntegratorAsync("Brightwater Systems"));
        var browser = SignedIn.Visitor(portal);

        using var plain = await browser.GetAsync($"/r/{code}?s=qr");
        using var secure = await browser.GetAsync($"https://localhost/r/{code}");

        Assert.True(plain.Headers.CacheControl?.NoStore);
        var cookie = CookieOf(plain)!;
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"max-age={90 * 86400}", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(code, cookie, StringComparison.Ordinal);
        Assert.Contains("secure", CookieOf(secure)!, StringComparison.OrdinalIgnoreCase);
        var value = Uri.UnescapeDataString(cookie.Split(';')[0][(TouchSeal.CookieName.Length + 1)..]);
        Assert.Equal([(code, "qr")], portal.Services.GetRequiredService<TouchSeal>().Open(value, 90).Select(t => (t.Code, t.Source!)));
    }

    [Fact]
    public async Task Open_HeadAndPrefetch_LeadOnWithoutTrace()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var code = await world.CodeOfAsync(await world.IntegratorAsync("Brightwater Systems"));
        var browser = SignedIn.Visitor(portal);

        foreach (var (method, header, value) in new[] { (HttpMethod.Head, "Accept", "*/*"), (HttpMethod.Get, "Sec-Purpose", "prefetch;prerender"), (HttpMethod.Get, "Purpose", "prefetch"), (HttpMethod.Get, "X-Moz", "prefetch") })
        {
            using var request = new HttpRequestMessage(method, $"/r/{code}") { Headers = { { header, value } } };
            using var response = await browser.SendAsync(request);
            AssertNoTrace(response, code);
        }

        Assert.Equal(0, await portal.ReadAsync(db => db.VisitCounts.CountAsync()));
    }

    [Fact]
    public async Task Open_PreviewAgents_LeadOnWithoutTrace()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var code = await world.CodeOfAsync(await world.IntegratorAsync("Brightwater Systems"));
        var browser = SignedIn.Visitor(portal);

        foreach (var agent in PreviewAgents)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/r/{code}");
            request.Headers.TryAddWithoutValidation("User-Agent", agent);
            using var response = await browser.SendAsync(request);
            AssertNoTrace(response, code);
        }

        Assert.True(PreviewAgents.Length >= 20);
        Assert.Equal(0, await portal.ReadAsync(db => db.VisitCounts.CountAsync()));
    }

    [Theory]
    [InlineData("/plans?x=1", "/plans?x=1")]
    [InlineData("/a b/ñ", "/a%20b/%C3%B1")]
    [InlineData("//evil.test", null)]
    [InlineData("/\\evil.test", null)]
    [InlineData("https://evil.test/", null)]
    [InlineData("/%2f/evil.test", null)]
    public async Task Open_To_LeadsToPathsOfThisSiteOnly(string to, string? expected)
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var code = await world.CodeOfAsync(await world.IntegratorAsync("Brightwater Systems"));

        using var response = await SignedIn.Visitor(portal).GetAsync($"/r/{code}?to={Uri.EscapeDataString(to)}");

        Assert.Equal(expected ?? $"/join/{code}", response.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("en", "Nobody has this code", "takes no new clients")]
    [InlineData("es", "Nadie tiene este código", "no acepta clientes nuevos")]
    public async Task Open_UnknownMalformedSuspended_PageSaysSoAndOffersToGoOn(string language, string unknown, string suspended)
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        await world.SuspendAsync(partner);
        var browser = SignedIn.Visitor(portal, language);

        foreach (var (code, sentence) in new[] { ("AAAACCCC", unknown), ("%3Cscript%3Ealert(1)%3C%2Fscript%3E", unknown), (new string('x', 300), unknown), (await world.CodeOfAsync(partner), suspended) })
        {
            using var redirect = await browser.GetAsync($"/r/{code}?to=/plans");
            Assert.Null(CookieOf(redirect));
            using var response = await browser.GetAsync(redirect.Headers.Location);
            var raw = await response.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Contains(sentence, WebUtility.HtmlDecode(raw), StringComparison.Ordinal);
            Assert.Contains(PortalUrls.RegisterAccount, raw, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>alert", raw, StringComparison.Ordinal);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Open_InvitationsLink_MarksItFollowedOnceAndTellsTheGrid(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var other = await world.IntegratorAsync("Delta Punkt");
        await portal.CallAsync<InviteByEmail, Result<InviteOutcome>>(u => u.ExecuteAsync(new InviteRequest(["nina@example.test"], "en"), partner, default));
        await portal.CallAsync<ProvisionInvitations, int>(u => u.ExecuteAsync(default));
        var token = await portal.ReadAsync(db => db.Invitations.Select(i => i.Token).SingleAsync());
        var heard = new List<string>();
        using var subscription = portal.Services.GetRequiredService<Signals>().Subscribe(ClientList.ChannelOf(partner.AccountId!.Value), heard.Add);
        var browser = SignedIn.Visitor(portal);

        (await browser.GetAsync($"/r/{await world.CodeOfAsync(other)}?i={token}")).Dispose();
        Assert.Equal(InvitationState.Sent, await portal.ReadAsync(db => db.Invitations.Select(i => i.State).SingleAsync()));
        using var first = await browser.GetAsync($"/r/{await world.CodeOfAsync(partner)}?i={token}");
        (await browser.GetAsync($"/r/{await world.CodeOfAsync(partner)}?i={token}")).Dispose();

        Assert.EndsWith($"?i={token}", first.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal(InvitationState.Followed, await portal.ReadAsync(db => db.Invitations.Select(i => i.State).SingleAsync()));
        Assert.Equal(1, await portal.ReadAsync(db => db.ClientEvents.CountAsync(e => e.Kind == ClientEventKind.LinkFollowed)));
        Assert.Equal(1, await portal.ReadAsync(db => db.AuditEntries.CountAsync(a => a.Action == AuditActions.InvitationFollowed)));
        Assert.Single(heard);
    }

    [Theory]
    [InlineData("km7q-x4wt", "/join/KM7QX4WT")]
    [InlineData("  KM7Q X4WT ", "/join/KM7QX4WT")]
    [InlineData("no code", "/join/no%20code")]
    [InlineData(" ", "/")]
    public async Task EnterCode_Typed_LeadsToItsPage(string typed, string expected)
    {
        await using var portal = await TestPortal.StartAsync();

        using var response = await SignedIn.Visitor(portal).GetAsync($"/join?code={Uri.EscapeDataString(typed)}");

        Assert.Equal(expected, response.Headers.Location?.OriginalString);
    }

    private static string? CookieOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Set-Cookie", out var all) ? all.SingleOrDefault(c => c.StartsWith(TouchSeal.CookieName, StringComparison.Ordinal)) : null;

    private static void AssertNoTrace(HttpResponseMessage response, string code)
    {
        Assert.Equal((HttpStatusCode.Redirect, $"/join/{code}"), (response.StatusCode, response.Headers.Location?.OriginalString));
        Assert.Null(CookieOf(response));
    }
}
