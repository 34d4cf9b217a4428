using Bunit;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Reports;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Clients;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Reports;

public sealed class DashboardMoneyTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task ViewAsync_PurchasesOfMonths_ShowsThisMonthTrendTopClientsAndFirstPurchases(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, partner, clients) = await SceneAsync(portal);
        await world.BuyAsync(world.Purchase(clients[0], "nov", 30_000));
        portal.Clock.Advance(TimeSpan.FromDays(15));
        await world.BuyAsync(world.Purchase(clients[0], "a", 1000));
        await world.BuyAsync(world.Purchase(clients[1], "b", 5000));
        await world.BuyAsync(world.Purchase(clients[1], "c", 700, "USD"));
        await world.BuyAsync(world.Purchase(clients[1], "d", 800));
        await world.RefundAsync(world.Refund("d", "r", null));

        var view = (await portal.CallAsync<DashboardMoneyQueries, MoneyView?>(q => q.ViewAsync(partner, default)))!;

        Assert.Equal([new MonthTotal("EUR", 600, 0, 1), new MonthTotal("USD", 70, 0, 0)], view.Totals);
        Assert.Equal([3000L, 600L], view.Trend.Skip(10).Select(b => b.Value));
        Assert.Equal([("Client 1", 500L), ("Client 0", 100L)], view.Top.Select(t => (t.Name, t.Net)));
        var dashboard = (await portal.CallAsync<DashboardQueries, DashboardView?>(q => q.ViewAsync(portal.Clock.Now.AddDays(-30), partner, default)))!;
        Assert.Equal((3, 2), (dashboard.Through.Clients, dashboard.Buyers));
        var earlier = (await portal.CallAsync<DashboardQueries, DashboardView?>(q => q.ViewAsync(portal.Clock.Now.AddDays(-1), partner, default)))!;
        Assert.Equal(0, earlier.Buyers);
    }

    [Fact]
    public async Task Page_BySomebodyWhoMaySeeMoney_ShowsItAndToOthersNothing()
    {
        await using var portal = await TestPortal.StartAsync();
        var (world, partner, clients) = await SceneAsync(portal);
        await world.BuyAsync(world.Purchase(clients[0], "a", 1000));
        var people = new World(portal);

        Assert.Contains("Earnings in November 2026", Shown(partner), StringComparison.Ordinal);
        Assert.Contains("€1.00 on hold", Shown(partner), StringComparison.Ordinal);
        Assert.Contains("Bought for the first time", Shown(partner), StringComparison.Ordinal);
        var seller = Shown(await people.ColleagueAsync(partner, "Selma Seller", MemberRole.Seller));
        Assert.Contains("Bought for the first time", seller, StringComparison.Ordinal);
        Assert.DoesNotContain("€", seller, StringComparison.Ordinal);
        Assert.DoesNotContain("Your terms wait", seller, StringComparison.Ordinal);
        Assert.DoesNotContain("€", Shown(await people.IntegratorAsync("Wrongway Limited")), StringComparison.Ordinal);

        string Shown(Actor actor)
        {
            using var pages = new ClientPages(portal, actor);
            return pages.Render<DashboardPage>().Markup;
        }
    }

    private static async Task<(MoneyWorld World, Actor Partner, long[] Clients)> SceneAsync(TestPortal portal)
    {
        var world = new MoneyWorld(portal);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var clients = new List<long>();
        for (var i = 0; i < 3; i++)
        {
            clients.Add((await new World(portal).PersonAsync($"Client {i}")).AccountId!.Value);
            await world.AttributeAsync(clients[i], partner.AccountId!.Value);
            var line = ClientRecord.Join(partner.AccountId.Value, portal.Clock.Now);
            line.Open(clients[i], CameBy.Link, signedInBefore: true, portal.Clock.Now);
            line.Share($"Client {i}", null, null, "en", null);
            await portal.AddAsync(line);
        }

        await world.AssignAsync(PlanScope.Program, 0, await world.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000)], HoldDays = 30 }));
        return (world, partner, [.. clients]);
    }
}
