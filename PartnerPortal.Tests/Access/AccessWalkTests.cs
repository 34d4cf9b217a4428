using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.AccessGrants;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.AccessGrants;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Access;

/// <summary>Opens every address of the portal as every kind of person. An address that is not in the table fails: say who may open it.</summary>
public sealed class AccessWalkTests
{
    private static readonly Walker[] Walkers = Enum.GetValues<Walker>();

    [Fact]
    public async Task Routes_AreAllInTheTable()
    {
        await using var portal = await TestPortal.StartAsync();
        var routes = RouteTable.Of(portal);
        var known = AccessTable.Rows.Select(r => r.Pattern).ToHashSet(StringComparer.Ordinal);

        Findings.None(routes.Where(r => r.Excluded is null && !known.Contains(r.Pattern) && !AccessTable.OfTheFramework.Contains(r.Pattern))
            .Select(r => $"{r.Pattern}: say in AccessTable who may open it"));
        Findings.None(known.Except(routes.Select(r => r.Pattern)).Select(p => $"{p} is in the table and not in the portal"));
        Findings.None(AccessTable.Rows.Where(r => r.Answers.Length != Walkers.Length).Select(r => $"{r.Address} has not one letter for each walker"));
    }

    [Fact]
    public async Task ExcludedRoutes_AreFilesForAnybody()
    {
        await using var portal = await TestPortal.StartAsync();

        Findings.None(RouteTable.Of(portal).Where(r => r.Excluded is { Reason: var reason } && (!r.IsAnonymous || reason != "asset")).Select(r => r.Pattern));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Addresses_OpenedByEverybody_AnswerAsTheTableSays(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = await WalkWorld.CreateAsync(portal);
        var wrong = new List<string>();
        foreach (var walker in Walkers)
        {
            using var client = await SignedIn.ClientAsync(portal, world[walker]);
            foreach (var row in AccessTable.Rows)
            {
                using var request = Request(world, row);
                using var response = await client.SendAsync(request);
                var expected = row.Answers[(int)walker];
                if (!Fits(expected, response))
                {
                    wrong.Add($"{walker} {row.Method} {row.Address}: {(int)response.StatusCode} {response.Headers.Location} instead of {expected}");
                }

                var body = await response.Content.ReadAsStringAsync();
                if (walker is Walker.Nobody or Walker.Client or Walker.Wrong && WalkWorld.Secrets.FirstOrDefault(s => body.Contains(s, StringComparison.OrdinalIgnoreCase)) is { } secret)
                {
                    wrong.Add($"{walker} {row.Address} reads \"{secret}\"");
                }
            }
        }

        Findings.None(wrong);
    }

    /// <summary>What the list does not name leads to the page that says so, also with the token of a form; what it names needs its scope.</summary>
    [Theory]
    [InlineData(AccessScopes.ViewProfile)]
    [InlineData(AccessScopes.ViewPurchases)]
    [InlineData(AskForAccess.OfPartners)]
    public async Task Addresses_OpenedWhileActing_AreClosedUnlessListed(AccessScopes scopes)
    {
        await using var portal = await TestPortal.StartAsync();
        var world = await WalkWorld.CreateAsync(portal);
        var access = new AccessWorld(portal);
        var session = scopes is AskForAccess.OfPartners ? world.ActingSession : await access.StartAsync(await NarrowAsync(), world[Walker.Right]);
        using var client = await access.BrowserAsync(world[Walker.Right], session);
        var wrong = new List<string>();
        foreach (var row in Walked)
        {
            using var request = Request(world, row);
            using var response = await client.SendAsync(request);
            var isListed = AccessTable.WhileActing.TryGetValue(row.Pattern, out var needed) && (needed is AccessScopes.None || scopes.HasFlag(needed));
            if (isListed == Leads(response.Headers.Location?.OriginalString, PortalUrls.ActingElsewhere))
            {
                wrong.Add($"{row.Method} {row.Address} with {scopes}: {(int)response.StatusCode} {response.Headers.Location}");
            }

            if ((await response.Content.ReadAsStringAsync()) is var body && WalkWorld.Secrets.FirstOrDefault(s => body.Contains(s, StringComparison.OrdinalIgnoreCase)) is { } secret)
            {
                wrong.Add($"{row.Address} shows the partner's own \"{secret}\" while acting");
            }
        }

        Findings.None(wrong);
        Findings.None(AccessTable.WhileActing.Keys.Except(AccessTable.Rows.Select(r => r.Pattern)));

        async Task<long> NarrowAsync()
        {
            var asked = await portal.ReadAsync(db => db.AccessGrants.OrderByDescending(g => g.Id).Select(g => g.Id).FirstAsync());
            await portal.CallAsync<RefuseAccess, Result<Done>>(r => r.ExecuteAsync(asked, "", world[Walker.Client], default));
            return await access.GrantAsync(world[Walker.Right], world[Walker.Client], scopes);
        }
    }

    /// <summary>The partner's browser still holds the cookie of its start: no page of the client opens, and none of its own in its place.</summary>
    [Fact]
    public async Task Addresses_OpenedWithAnExpiredGrant_SayThatItIsOver()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = await WalkWorld.CreateAsync(portal);
        using var client = await new AccessWorld(portal).BrowserAsync(world[Walker.Right], world.ActingSession);
        Assert.Contains("clara@client.test", await client.GetStringAsync(new Uri(PortalUrls.Profile, UriKind.Relative)), StringComparison.Ordinal);
        portal.Clock.Advance(TimeSpan.FromDays(14));
        using var expired = await new AccessWorld(portal).BrowserAsync(world[Walker.Right], world.ActingSession);
        var wrong = new List<string>();
        foreach (var row in Walked)
        {
            using var request = Request(world, row);
            using var response = await expired.SendAsync(request);
            var staysOpen = AccessTable.WhileActing.TryGetValue(row.Pattern, out var needed) && needed is AccessScopes.None && row.Method == "GET";
            if (!staysOpen && response.Headers.Location?.OriginalString != PortalUrls.Acting)
            {
                wrong.Add($"{row.Method} {row.Address}: {(int)response.StatusCode} {response.Headers.Location}");
            }

            if ((await response.Content.ReadAsStringAsync()).Contains("clara", StringComparison.OrdinalIgnoreCase))
            {
                wrong.Add($"{row.Address} tells of the client");
            }
        }

        Findings.None(wrong);
    }

    /// <summary>A suspended partner reads what is its own, and nothing opens for it that did not before.</summary>
    [Fact]
    public async Task Addresses_OpenedBySuspendedPartner_AnswerAsBefore()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = await WalkWorld.CreateAsync(portal);
        await new World(portal).SuspendAsync(world[Walker.Right]);
        using var client = await SignedIn.ClientAsync(portal, world[Walker.Right]);
        var wrong = new List<string>();
        foreach (var row in AccessTable.Rows)
        {
            using var request = Request(world, row);
            using var response = await client.SendAsync(request);
            var expected = AccessTable.WhileSuspended.GetValueOrDefault(row.Pattern, row.Answers[(int)Walker.Right]);
            if (!Fits(expected, response))
            {
                wrong.Add($"{row.Method} {row.Address}: {(int)response.StatusCode} {response.Headers.Location} instead of {expected}");
            }
        }

        Findings.None(wrong);
    }

    [Fact]
    public async Task Posts_WithoutToken_AreRefused()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = await WalkWorld.CreateAsync(portal);
        var routes = RouteTable.Of(portal).Where(r => r.TakesPosts && r.Excluded is null).ToLookup(r => r.Pattern, StringComparer.Ordinal);
        var wrong = new List<string>();
        foreach (var row in AccessTable.Rows.Where(r => routes.Contains(r.Pattern) && !AccessTable.WithoutToken.Contains(r.Pattern)))
        {
            // Somebody who may open the page, so that it is the token that is missing and nothing else.
            var may = Walkers.Where(w => row.Answers[(int)w] is 'O' or 'A' or 'B').Append(Walker.Owner).First();
            using var client = await SignedIn.ClientAsync(portal, world[may]);
            using var request = Request(world, row with { Method = "POST" });
            using var response = await client.SendAsync(request);
            if (response.StatusCode is not (HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed))
            {
                wrong.Add($"{row.Address} takes a POST without token from {may}: {(int)response.StatusCode} {response.Headers.Location}");
            }
        }

        Findings.None(wrong);
    }

    /// <summary>All but the referral link, which is answered before anybody is asked for.</summary>
    private static IEnumerable<AccessRow> Walked => AccessTable.Rows.Where(r => r.Pattern != "/r/{}");

    private static HttpRequestMessage Request(WalkWorld world, AccessRow row)
    {
        var request = new HttpRequestMessage(new HttpMethod(row.Method), world.Fill(row.Address + row.Query));
        TestAddress.Stranger(request);
        if (row.Method == "POST")
        {
            request.Content = new FormUrlEncodedContent([new("_handler", "form")]);
        }

        return request;
    }

    private static bool Fits(char expected, HttpResponseMessage response)
    {
        var to = response.Headers.Location is { } location ? location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString : null;
        var signIn = response.StatusCode is HttpStatusCode.Unauthorized || Leads(to, PortalUrls.SignIn);
        var denied = response.StatusCode is HttpStatusCode.Forbidden || Leads(to, PortalUrls.AccessDenied);
        var opens = response.IsSuccessStatusCode || (to is not null && !signIn && !denied);
        var missing = response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone;
        return expected switch
        {
            'O' => opens,
            'S' => signIn,
            'D' => denied,
            'H' => missing || denied,
            'N' => missing || to is not null,
            // Identity's pages answer 400 to an address that lacks what its mail held.
            'A' => opens || missing || to is not null || response.StatusCode is HttpStatusCode.BadRequest,
            'B' => response.StatusCode is HttpStatusCode.BadRequest,
            _ => throw new ArgumentOutOfRangeException(nameof(expected), expected, "No such letter."),
        };
    }

    private static bool Leads(string? to, string path) => to is not null && (to == path || to.StartsWith(path + "?", StringComparison.OrdinalIgnoreCase));
}
