using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys;

/// <summary>"My partner" tells a client what its partner sees, with the values of today, and what it earns where the program shows that.</summary>
public sealed class MyPartnerSeesTests
{
    /// <summary>Whether the client lets its partner see its data.</summary>
    public static readonly IEnumerable<object[]> Sharing = [[true], [false]];

    [Theory, OnSqlite(nameof(Sharing)), OnPostgres(nameof(Sharing))]
    public async Task CurrentAsync_SharedOrNot_SaysWhatThePartnersOwnRecordSays(DatabaseKind kind, bool shared)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (money, partner, client) = await SceneAsync(portal, shows: true);
        await money.BuyAsync(money.Purchase(client.AccountId!.Value, "a-1") with { Discount = 800 });
        await money.BuyAsync(money.Purchase(client.AccountId!.Value, "a-2", 9900, "USD"));
        await money.RefundAsync(money.Refund("a-1", "r-1", 1800));
        if (!shared)
        {
            await portal.CallAsync<StopSharing, Result<Done>>(u => u.ExecuteAsync(client, default));
        }

        var seen = await SeenAsync(portal, client);

        var line = await portal.ReadAsync(db => db.ClientRecords.Where(r => r.PartnerId == partner.AccountId).Select(r => r.Id).SingleAsync());
        var card = (await portal.CallAsync<ClientQueries, ClientCard?>(q => q.CardAsync(line, partner, default)))!;
        var theirs = await portal.CallAsync<ClientMoneyQueries, IReadOnlyList<ClientMoney>>(q => q.OfClientAsync(client.AccountId!.Value, partner, default));
        Assert.Equal((shared, card.Row.Name, card.Row.Email, card.Row.Phone, card.Number, card.Row.LastSeenAt), (seen.IsShared, seen.Name, seen.Email, seen.Phone, seen.Number, seen.LastSeenAt));
        Assert.Equal((shared ? card.Language : null, card.SponsorName), (seen.Language, seen.Sponsor));
        Assert.Equal(theirs.Select(m => new SeenMoney(m.Currency, m.Purchases, m.Bought, m.LastAt, m.PaidUntil, m.Earned)), seen.Money);
        Assert.Equal([("EUR", 1, 5400, 675), ("USD", 1, 9900, 1238)], seen.Money.Select(m => (m.Currency, m.Purchases, m.Bought, m.Earned!.Value)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task CurrentAsync_PartnerBeforeAndLevelsAbove_AreNotInItsMoney(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (money, partner, client) = await SceneAsync(portal, shows: true);
        await money.BuyAsync(money.Purchase(client.AccountId!.Value, "a-1"));
        portal.Clock.Advance(TimeSpan.FromHours(1));
        var world = new World(portal);
        var (next, support) = (await world.IntegratorAsync("Delta Punkt"), await world.SupportAsync());
        await portal.CallAsync<ReassignClients, Result<int>>(u => u.ExecuteAsync(new ReassignRequest([client.AccountId!.Value], next.AccountId!.Value, "asked by phone"), support, default));
        await money.AttributeAsync(next.AccountId!.Value, partner.AccountId!.Value);

        Assert.Empty((await SeenAsync(portal, client)).Money);
        await money.BuyAsync(money.Purchase(client.AccountId!.Value, "a-2", 4000));

        Assert.Equal([(1, 4000L, 500L)], (await SeenAsync(portal, client)).Money.Select(m => (m.Purchases, m.Bought, m.Earned!.Value)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Page_ProgramShowsEarningsOrNot_TellsThemOrNothingOfThem(bool shows)
    {
        await using var portal = await TestPortal.StartAsync();
        var (money, _, client) = await SceneAsync(portal, shows);
        await money.BuyAsync(money.Purchase(client.AccountId!.Value, "a-1"));

        var page = await (await SignedIn.SignedInClient(portal, client)).ReadAsync("/my-partner");

        Assert.Contains("€80.00", page, StringComparison.Ordinal);
        Assert.Contains("1 purchase", page, StringComparison.Ordinal);
        Assert.Contains("20 November 2026", page, StringComparison.Ordinal);
        Assert.Equal(shows, page.Contains("Brightwater Systems earned from you", StringComparison.Ordinal));
        Assert.Equal(shows, page.Contains("€10.00", StringComparison.Ordinal));
        Assert.Equal(shows ? 1000L : null, Assert.Single((await SeenAsync(portal, client)).Money).Earned);
    }

    [Fact]
    public async Task Page_NothingBought_SaysSo()
    {
        await using var portal = await TestPortal.StartAsync();
        var (_, _, client) = await SceneAsync(portal, shows: true);

        var page = await (await SignedIn.SignedInClient(portal, client)).ReadAsync("/my-partner");

        Assert.Contains("Nothing bought since you are its client", page, StringComparison.Ordinal);
        Assert.DoesNotContain("earned from you", page, StringComparison.Ordinal);
    }

    private static async Task<SeenByPartner> SeenAsync(TestPortal portal, Actor client) =>
        (await portal.CallAsync<MyPartnerQueries, MyPartner?>(q => q.CurrentAsync(client, default)))!.Seen!;

    /// <summary>A client by its own Yes; 12.5 % for its partner.</summary>
    private static async Task<(MoneyWorld Money, Actor Partner, Actor Client)> SceneAsync(TestPortal portal, bool shows)
    {
        var world = new World(portal);
        var money = new MoneyWorld(portal);
        await world.ProgramAsync(p => p.ShowsEarnings = shows);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var client = await world.PersonAsync("Nina Zvezdanova", "nina.zv@example.test");
        await portal.CallAsync<JoinPartner, Result<JoinOffer>>(async j => await j.ExecuteAsync(new JoinRequest(await world.CodeOfAsync(partner), null, "en", []), client, default));
        await money.AssignAsync(PlanScope.Program, 0, await money.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1250)], HoldDays = 30 }));
        return (money, partner, client);
    }
}
