using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Claims;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys;

/// <summary>What was in play is kept with every attribution, and read by each in its own words.</summary>
public sealed class ReceiptTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Receipts_OfSwitchClaimAndUndo_KeepAllThatWasInPlay(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var claims = new ClaimWorld(portal);
        var world = claims.People;
        await world.ProgramAsync(p => p.TouchRule = TouchRule.First);
        var (old, client, claimant, support) = await claims.StartAsync();
        var (inviting, visited, gone, next) = (await world.IntegratorAsync("Inviting"), await world.IntegratorAsync("Visited"), await world.IntegratorAsync("Gone"), await world.IntegratorAsync("Next"));
        await portal.CallAsync<InviteByEmail, Result<InviteOutcome>>(i => i.ExecuteAsync(new InviteRequest([client.Email], "en"), inviting, default));
        Touch[] touches =
        [
            new(await world.CodeOfAsync(visited), portal.Clock.Now.AddDays(-2), "news", null),
            new(await world.CodeOfAsync(gone), portal.Clock.Now.AddDays(-1), null, null),
            new(await world.CodeOfAsync(next), portal.Clock.Now, "qr", null),
        ];
        await world.SuspendAsync(gone);
        portal.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.True((await portal.CallAsync<JoinPartner, Result<JoinOffer>>(async j => await j.ExecuteAsync(new JoinRequest(await world.CodeOfAsync(next), null, "en", touches), client, default))).Ok);
        var claim = await claims.FiledAsync(claimant, client.Email);
        await claims.FiledAsync(inviting, client.Email);
        portal.Clock.Advance(TimeSpan.FromDays(8));
        await claims.TendAsync();
        Assert.Null((await claims.DecideAsync(claim, support, moves: true)).Error);

        var switched = await OneAsync(portal, next, client);
        Assert.Equal(
            [
                ("Next", AttributionRule.Address, ContenderOutcome.Won), ("Visited", AttributionRule.Cookie, ContenderOutcome.LaterRule), ("Gone", AttributionRule.Cookie, ContenderOutcome.PartnerInactive),
                ("Delta Punkt", AttributionRule.Before, ContenderOutcome.Ended), ("Inviting", AttributionRule.Invitation, ContenderOutcome.NotAnswered),
            ],
            InPlay(switched));
        Assert.Equal((TouchRule.First, "qr", AttributionEnd.Reassigned, "Sam Support"), (switched.Notes!.TouchRule, switched.Contenders[0].Source, switched.EndedBecause, switched.EndedBy));
        Assert.All(switched.Consents, c => Assert.Equal(switched.EndedAt, c.WithdrawnAt));
        Assert.Equal([ConsentKind.Data, ConsentKind.Access], switched.Consents.Select(c => c.Kind));
        var moved = await OneAsync(portal, claimant, client);
        Assert.Equal(
            [
                ("Brightwater Systems", AttributionRule.Claim, ContenderOutcome.Won), ("Next", AttributionRule.Before, ContenderOutcome.Ended),
                ("Inviting", AttributionRule.Invitation, ContenderOutcome.NotAnswered), ("Inviting", AttributionRule.Claim, ContenderOutcome.ClaimOpen),
            ],
            InPlay(moved));
        Assert.Equal((ReceiptVerdict.Staff, (long?)claim, "The contract says so."), (moved.Verdict, moved.Notes!.ClaimId, moved.Reason));

        // The client reads no claim of others and not who of the staff decided; its partner reads no name, no time of others, and nothing of the client.
        var own = (await FindAsync(portal, moved.Number, client))!;
        Assert.Equal((ReceiptAudience.Client, null, null, 3), (own.Audience, own.ActorName, own.Reason, own.Contenders.Count));
        var theirs = (await FindAsync(portal, moved.Number, claimant))!;
        Assert.Equal((ReceiptAudience.Partner, "J. A.", null, null), (theirs.Audience, theirs.ClientName, theirs.ActorName, theirs.Notes!.ClaimId));
        Assert.Equal([("Brightwater Systems", true), ("", false), ("", false)], theirs.Contenders.Select(c => (c.PartnerName, c.SeenAt != default)));
        Assert.Null(await FindAsync(portal, moved.Number, next));
        Assert.Null(await FindAsync(portal, moved.Number, old));
        Assert.Null((await FindAsync(portal, switched.Number, next))!.EndedBy);
    }

    [Fact]
    public async Task Page_EachReader_ReadsItInItsWordsAndOldOnesSayThatNoMoreWasNoted()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var (partner, other, support) = (await world.IntegratorAsync("Brightwater Systems"), await world.IntegratorAsync("Delta Punkt"), await world.SupportAsync());
        var client = await world.PersonAsync("José Almeida");
        var join = new JoinRequest(await world.CodeOfAsync(partner), null, "es", [new Touch(await world.CodeOfAsync(other), portal.Clock.Now, "spring", null)]);
        Assert.True((await portal.CallAsync<JoinPartner, Result<JoinOffer>>(j => j.ExecuteAsync(join, client, default))).Ok);
        var number = await portal.ReadAsync(db => db.Receipts.Select(r => r.Id).SingleAsync());

        var (byClient, byPartner, byStaff) = (await ReadAsync(client, number), await ReadAsync(partner, number), await ReadAsync(support, number));

        Assert.Contains("How Brightwater Systems became your partner", byClient, StringComparison.Ordinal);
        Assert.Contains("How José Almeida became your client", byPartner, StringComparison.Ordinal);
        Assert.Contains("How José Almeida became a client of Brightwater Systems", byStaff, StringComparison.Ordinal);
        Assert.All([byClient, byStaff], page => Assert.Contains("Delta Punkt", page, StringComparison.Ordinal));
        Assert.All(["Delta Punkt", "spring"], word => Assert.DoesNotContain(word, byPartner, StringComparison.Ordinal));
        Assert.Contains("Another partner", byPartner, StringComparison.Ordinal);
        Assert.All([byClient, byPartner, byStaff], page => Assert.Contains("wording 2 of 26 Nov 2026, read in Español", page, StringComparison.Ordinal));
        Assert.All([byClient, byPartner, byStaff], page => Assert.DoesNotContain("before everything in play was recorded", page, StringComparison.Ordinal));
        using var stranger = await SignedIn.ClientAsync(portal, other);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(new Uri(PortalUrls.Receipt(number), UriKind.Relative))).StatusCode);

        var money = new MoneyWorld(portal);
        var late = await world.PersonAsync("Nina Novak");
        await money.AttributeAsync(late.AccountId!.Value, partner.AccountId!.Value);
        var old = await portal.ReadAsync(db => db.Receipts.MaxAsync(r => r.Id));
        Assert.Contains("before everything in play was recorded", await ReadAsync(late, old), StringComparison.Ordinal);

        async Task<string> ReadAsync(Actor actor, long id)
        {
            using var browser = await SignedIn.ClientAsync(portal, actor);
            return WebUtility.HtmlDecode(await browser.GetStringAsync(new Uri(PortalUrls.Receipt(id), UriKind.Relative)));
        }
    }

    private static List<(string, AttributionRule, ContenderOutcome)> InPlay(ReceiptData receipt) => [.. receipt.Contenders.Select(c => (c.PartnerName, c.Rule, c.Outcome))];

    private static async Task<ReceiptData> OneAsync(TestPortal portal, Actor partner, Actor client)
    {
        var staff = new Actor(-1, "", null, "", null) { IsSupport = true };
        var all = await portal.CallAsync<ReceiptQueries, IReadOnlyList<ReceiptData>>(q => q.OfClientAsync(client.AccountId!.Value, ReceiptAudience.Support, staff, default));
        return all.First(r => r.PartnerName == partner.AccountName);
    }

    private static Task<ReceiptData?> FindAsync(TestPortal portal, long number, Actor actor) => portal.CallAsync<ReceiptQueries, ReceiptData?>(q => q.FindAsync(number, actor, default));
}
