using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.LinkTesting;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys.LinkTesting;

/// <summary>The link tester says what the real way does, and writes nothing.</summary>
public sealed class LinkTestTests
{
    private const string Root = "https://partners.example.test";

    [Theory, OnSqlite, OnPostgres]
    public async Task Test_EachVisitor_IsToldWhatTheRealWayDoesAndNothingIsWritten(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (partner, gone, staff) = (await world.IntegratorAsync("Brightwater Systems"), await world.IntegratorAsync("Gone Limited"), await world.SupportAsync());
        var (code, goneCode) = (await world.CodeOfAsync(partner), await world.CodeOfAsync(gone));
        await world.SuspendAsync(gone);
        await portal.CallAsync<InviteByEmail, Result<InviteOutcome>>(i => i.ExecuteAsync(new InviteRequest(["guest@example.test"], "en"), partner, default));
        await portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default));
        var token = await portal.ReadAsync(db => db.Invitations.Select(i => i.Token).SingleAsync());
        var number = AccountNumber.Offset + partner.AccountId!.Value;
        var before = await RowsAsync(portal);
        var kept = portal.Clock.Now.AddDays(new ProgramSettings().CookieWindowDays);

        var byLink = await TestAsync($"{Root}/r/{code}?s=qr", TestedVisitor.New);
        Assert.Equal((TestedOutcome.Becomes, TestedPage.Invite, AttributionRule.Address, CameBy.Qr, true, kept),
            (byLink.Outcome, byLink.Page, byLink.Rule, byLink.CameBy, byLink.IsCounted, byLink.RememberedUntil));
        Assert.Equal([(AttributionRule.Address, ContenderOutcome.Won), (AttributionRule.Cookie, ContenderOutcome.LaterRule)], byLink.InPlay.Select(c => (c.Rule, c.Outcome)));
        var invited = await TestAsync($"/r/{code}?i={token}&s=mail", TestedVisitor.New);
        Assert.Equal((TestedOutcome.Becomes, AttributionRule.Invitation, CameBy.Invitation, PortalUrls.Join(code, token)), (invited.Outcome, invited.Rule, invited.CameBy, invited.Path));
        var typed = await TestAsync(code.ToLowerInvariant(), TestedVisitor.New);
        Assert.Equal((TestedOutcome.Becomes, TestedPage.Form, AttributionRule.TypedCode, CameBy.Code, null), (typed.Outcome, typed.Page, typed.Rule, typed.CameBy, typed.RememberedUntil));
        var elsewhere = await TestAsync($"/r/{code}?to=/plans", TestedVisitor.New);
        Assert.Equal((TestedOutcome.Becomes, TestedPage.Elsewhere, AttributionRule.Cookie, "/plans"), (elsewhere.Outcome, elsewhere.Page, elsewhere.Rule, elsewhere.Path));
        Assert.Equal(TestedOutcome.NotAsked, (await TestAsync($"/r/{code}?to=/plans", TestedVisitor.Existing)).Outcome);
        var existing = await TestAsync(FormattableString.Invariant($"/register?ref={number}"), TestedVisitor.Existing);
        Assert.Equal((TestedOutcome.Asked, TestedPage.Ask, CameBy.Joined, PortalUrls.Join(code)), (existing.Outcome, existing.Page, existing.CameBy, existing.Path));
        Assert.Equal(CameBy.Invitation, (await TestAsync($"/join/{code}?i={token}", TestedVisitor.Existing)).CameBy);
        Assert.Equal(TestedOutcome.AskedToSwitch, (await TestAsync(code, TestedVisitor.OthersClient)).Outcome);
        Assert.IsType<OwnCode>((await TestAsync($"/r/{code}", TestedVisitor.Oneself)).Problem);
        var bot = await TestAsync($"/r/{code}", TestedVisitor.Bot);
        Assert.Equal((TestedOutcome.Bot, TestedPage.Invite, false, null, PortalUrls.Join(code)), (bot.Outcome, bot.Page, bot.IsCounted, bot.RememberedUntil, bot.Path));
        var toGone = await TestAsync($"/r/{goneCode}", TestedVisitor.New);
        Assert.Equal((TestedOutcome.Nobody, TestedPage.Problem, true, null), (toGone.Outcome, toGone.Page, toGone.IsCounted, toGone.RememberedUntil));
        Assert.IsType<PartnerTakesNoClients>((await TestAsync($"/register?code={goneCode}", TestedVisitor.Existing)).Problem);
        Assert.Equal(TestedOutcome.Unknown, (await TestAsync("/register?refexternal=nobody", TestedVisitor.New)).Outcome);
        Assert.Equal(TestedOutcome.NoLink, (await TestAsync("https://elsewhere.test/r/" + code, TestedVisitor.New)).Outcome);

        Assert.Equal(before, await RowsAsync(portal));

        // The addresses themselves lead where the tester says.
        using var visitor = SignedIn.Visitor(portal);
        foreach (var address in new[] { $"/r/{code}?s=qr", $"/r/{code}?i={token}&s=mail", $"/r/{code}?to=/plans", FormattableString.Invariant($"/register?ref={number}&s=web"), $"/register?code={goneCode}", "/r/ACDEFHJK", $"/join?code={code}" })
        {
            using var answer = await visitor.GetAsync(new Uri(address, UriKind.Relative));
            Assert.Equal((await TestAsync(address, TestedVisitor.New)).Path, answer.Headers.Location?.OriginalString);
        }

        await world.ProgramAsync(p => (p.Switching, p.SwitchingLockDays) = (SwitchingRule.LockedForDays, 30));
        Assert.Equal(portal.Clock.Now.AddDays(30), Assert.IsType<SwitchingLocked>((await TestAsync(code, TestedVisitor.OthersClient)).Problem).Until);
        await world.ProgramAsync(p => p.Switching = SwitchingRule.BySupport);
        Assert.IsType<SwitchingBySupport>((await TestAsync(code, TestedVisitor.OthersClient)).Problem);

        async Task<LinkTestResult> TestAsync(string link, TestedVisitor who) => await AskAsync(portal, link, who, staff, asStaff: true);
    }

    [Fact]
    public async Task Test_OfAnothersLink_TellsAnIntegratorNothing()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var (partner, other, client) = (await world.IntegratorAsync("Brightwater Systems"), await world.IntegratorAsync("Delta Punkt"), await world.PersonAsync("Nina Novak"));
        var (own, strange) = (await world.CodeOfAsync(partner), await world.CodeOfAsync(other));
        await portal.CallAsync<InviteByEmail, Result<InviteOutcome>>(i => i.ExecuteAsync(new InviteRequest(["guest@example.test"], "en"), other, default));
        var token = await portal.ReadAsync(db => db.Invitations.Select(i => i.Token).SingleAsync());

        Assert.Equal(TestedOutcome.Becomes, (await AskAsync(portal, own, TestedVisitor.New, partner)).Outcome);
        Assert.Equal(new LinkTestResult(TestedOutcome.NotYours) { Path = "/join/ACDEFHJK" }, await AskAsync(portal, "/r/ACDEFHJK", TestedVisitor.New, partner));
        Assert.Equal(new LinkTestResult(TestedOutcome.NotYours) { Path = PortalUrls.Join(strange) }, await AskAsync(portal, "/r/" + strange, TestedVisitor.New, partner));
        Assert.Equal(new LinkTestResult(TestedOutcome.NotYours), await AskAsync(portal, FormattableString.Invariant($"/register?ref={AccountNumber.Offset + other.AccountId}"), TestedVisitor.Existing, partner));
        var mixed = await AskAsync(portal, $"/join/{own}?i={token}", TestedVisitor.New, partner);
        Assert.DoesNotContain(mixed.InPlay, c => c.PartnerName == "Delta Punkt" || c.Code == strange);
        Assert.IsType<NotAllowed>((await portal.CallAsync<LinkTestQueries, Result<LinkTestResult>>(q => q.TestAsync(own, TestedVisitor.New, Root, true, partner, default))).Error);
        Assert.IsType<NotAllowed>((await portal.CallAsync<LinkTestQueries, Result<LinkTestResult>>(q => q.TestAsync(own, TestedVisitor.New, Root, false, client, default))).Error);
    }

    [Theory]
    [InlineData("km7q x4wt", TestedLinkKind.Code, "KM7QX4WT")]
    [InlineData("partners.example.test/r/KM7QX4WT", TestedLinkKind.Referral, "KM7QX4WT")]
    [InlineData(" https://partners.example.test/join/KM7QX4WT?i=x ", TestedLinkKind.Join, "KM7QX4WT")]
    [InlineData("/join?code=KM7QX4WT", TestedLinkKind.Join, "KM7QX4WT")]
    [InlineData("/register?ref=100001", TestedLinkKind.Register, null)]
    [InlineData("https://partners.example.test/dashboard", null, null)]
    [InlineData("//elsewhere.test/r/KM7QX4WT", null, null)]
    [InlineData("javascript:alert(1)", null, null)]
    [InlineData("", null, null)]
    public void Parse_Pasted_IsTakenApart(string typed, TestedLinkKind? kind, string? code)
    {
        var link = TestedLink.Parse(typed, Root);

        Assert.Equal((kind, code), (link?.Kind, link?.Code));
    }

    private static async Task<LinkTestResult> AskAsync(TestPortal portal, string link, TestedVisitor who, Actor actor, bool asStaff = false)
    {
        var result = await portal.CallAsync<LinkTestQueries, Result<LinkTestResult>>(q => q.TestAsync(link, who, Root, asStaff, actor, default));
        Assert.Null(result.Error);
        return result.Value;
    }

    /// <summary>How many rows each table has.</summary>
    private static Task<List<string>> RowsAsync(TestPortal portal) => portal.ReadAsync(async db =>
    {
        var rows = new List<string>();
        foreach (var table in db.Model.GetEntityTypes().Select(e => e.GetTableName()!).Distinct().Order(StringComparer.Ordinal))
        {
            var count = "SELECT CAST(count(*) AS INTEGER) AS \"Value\" FROM \"" + table + "\"";
            rows.Add(FormattableString.Invariant($"{table} {await db.Database.SqlQueryRaw<int>(count).SingleAsync()}"));
        }

        return rows;
    });
}
