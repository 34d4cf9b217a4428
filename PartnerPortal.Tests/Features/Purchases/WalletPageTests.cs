using Bunit;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Clients;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Purchases;

public sealed class WalletPageTests
{
    [Fact]
    public async Task Page_NothingEarned_SaysWhatWillBeHere()
    {
        await using var portal = await TestPortal.StartAsync();
        await using var pages = new ClientPages(portal, await new World(portal).IntegratorAsync("Brightwater Systems"));

        Assert.Contains("Your earnings will stand here", pages.Render<WalletPage>().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_LinesOfEachKind_AreExplainedInWords()
    {
        await using var portal = await TestPortal.StartAsync();
        var (world, partner, client) = await SceneAsync(portal);
        await world.BuyAsync(world.Purchase(client, "a-1") with { Discount = 800 });
        await world.RefundAsync(world.Refund("a-1", "r-1", 1800));
        portal.Clock.Advance(TimeSpan.FromDays(31));
        await world.ReleaseAsync();
        await world.BuyAsync(world.Purchase(client, "a-2"));
        await world.BuyAsync(world.Purchase(client, "a-3") with { Product = "solo" });
        await world.BuyAsync(world.Purchase(client, "a-4", 500_000));
        await using var pages = new ClientPages(portal, partner);

        var page = pages.Render<WalletPage>();

        var rows = page.FindAll(".led > tbody > tr").Select(r => r.TextContent).ToList();
        Assert.Equal(4, rows.Count);
        Assert.All(rows, r => Assert.Contains("J. A.", r, StringComparison.Ordinal));
        Assert.Contains("12.5% of €5,000.00, level 1 of plan", rows[0], StringComparison.Ordinal);
        Assert.Contains("Limit for one purchase", rows[0], StringComparison.Ordinal);
        Assert.Contains("pays nothing for solo", rows[1], StringComparison.Ordinal);
        Assert.Contains("Nothing due", rows[1], StringComparison.Ordinal);
        Assert.Contains("On hold until 20 Jan 2027", rows[2], StringComparison.Ordinal);
        Assert.Contains("+€10.00", rows[2], StringComparison.Ordinal);
        Assert.Contains("€18.00 of €72.00 was refunded", rows[3], StringComparison.Ordinal);
        Assert.Contains("+€6.75", rows[3], StringComparison.Ordinal);
        Assert.Equal(["€6.75", "€110.00", "€0.00", "€116.75"], page.FindAll(".figures dd bdi").Select(f => f.TextContent));
    }

    [Theory]
    [InlineData("held", 1)]
    [InlineData("Nothing", 1)]
    [InlineData("TakenBack", 0)]
    [InlineData("nonsense", 2)]
    public async Task Page_Filtered_ShowsThatState(string state, int rows)
    {
        await using var portal = await TestPortal.StartAsync();
        var (world, partner, client) = await SceneAsync(portal);
        await world.BuyAsync(world.Purchase(client, "a-1"));
        await world.BuyAsync(world.Purchase(client, "a-2") with { Product = "solo" });
        await world.BuyAsync(world.Purchase(client, "a-3", currency: "USD"));
        await using var pages = new ClientPages(portal, partner);
        pages.Navigation.NavigateTo(PortalUrls.WithQuery(PortalUrls.Wallet, ("currency", "eur"), ("state", state)));

        var page = pages.Render<WalletPage>();

        Assert.Equal(rows, page.FindAll(".led > tbody > tr").Count);
        Assert.Equal(2, page.FindAll("nav.views")[0].QuerySelectorAll("a").Length);
    }

    [Fact]
    public async Task PageAsync_OfAnotherOrOfASeller_IsEmpty()
    {
        await using var portal = await TestPortal.StartAsync();
        var (world, partner, client) = await SceneAsync(portal);
        await world.BuyAsync(world.Purchase(client, "a-1"));
        Task<Page<WalletLine>> LinesAsync(Actor actor) => portal.CallAsync<WalletLineQueries, Page<WalletLine>>(q => q.PageAsync(new WalletView(), actor, default));

        Assert.Single((await LinesAsync(partner)).Items);
        Assert.Empty((await LinesAsync(await new World(portal).IntegratorAsync("Wrongway Limited"))).Items);
        Assert.Empty((await LinesAsync(partner with { Role = MemberRole.Seller })).Items);
        Assert.Empty((await LinesAsync(Actor.Visitor)).Items);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task PageAsync_Filters_FindLinesByLevelMonthAndClientAndPageByKey(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, partner, client) = await SceneAsync(portal, LevelRate.Share(1250), LevelRate.Share(500));
        var below = await world.PartnersAsync(1);
        var deeper = (await new World(portal).PersonAsync("Mia Lind")).AccountId!.Value;
        await world.AttributeAsync(below[0], partner.AccountId!.Value);
        await world.AttributeAsync(deeper, below[0]);
        for (var i = 0; i < 30; i++)
        {
            await world.BuyAsync(world.Purchase(client, $"a-{i}"));
        }

        await world.BuyAsync(world.Purchase(deeper, "b-1"));
        portal.Clock.Advance(TimeSpan.FromDays(20));
        await world.BuyAsync(world.Purchase(client, "a-late"));
        Task<Page<WalletLine>> LinesAsync(WalletView view) => portal.CallAsync<WalletLineQueries, Page<WalletLine>>(q => q.PageAsync(view, partner, default));

        Assert.Equal(["M. L."], (await LinesAsync(new WalletView { Level = 2 })).Items.Select(l => l.Client));
        Assert.Single((await LinesAsync(new WalletView { Month = new CalendarMonth(2026, 12), Currency = "EUR" })).Items);
        var first = await LinesAsync(new WalletView { Month = new CalendarMonth(2026, 11), Level = 1, State = WalletLineState.Held });
        var second = await LinesAsync(new WalletView { Month = new CalendarMonth(2026, 11), Level = 1, State = WalletLineState.Held, At = first.Next });
        Assert.Equal((WalletLineQueries.PageSize, 5), (first.Items.Count, second.Items.Count));
        Assert.Equal(30, first.Items.Concat(second.Items).Select(l => l.Id).Distinct().Count());
        Assert.Null(second.Next);
        var one = first.Items[3].Id;
        var same = await LinesAsync(new WalletView { ClientOf = one });
        Assert.All(same.Items, l => Assert.Equal("J. A.", l.Client));
        Assert.NotNull(same.Next);
        Assert.Equal("J. A.", await portal.CallAsync<WalletLineQueries, string?>(q => q.ClientOfAsync(one, partner, default)));

        // A line of somebody else's wallet names no client here.
        var foreign = await portal.ReadAsync(db => db.CommissionLines.Where(l => l.PartnerId == below[0]).Select(l => l.Id).FirstAsync());
        Assert.Empty((await LinesAsync(new WalletView { ClientOf = foreign })).Items);
        Assert.Null(await portal.CallAsync<WalletLineQueries, string?>(q => q.ClientOfAsync(foreign, partner, default)));
        Assert.Equal(2, await portal.CallAsync<WalletLineQueries, int>(q => q.HighestLevelAsync("EUR", partner, default)));
    }

    [Fact]
    public async Task Page_FiltersChosen_StandInTheAddressAndChart()
    {
        await using var portal = await TestPortal.StartAsync();
        var (world, partner, client) = await SceneAsync(portal);
        await world.BuyAsync(world.Purchase(client, "a-1"));
        portal.Clock.Advance(TimeSpan.FromDays(31));
        await world.ReleaseAsync();
        await world.RefundAsync(world.Refund("a-1", "r-1", null));
        await using var pages = new ClientPages(portal, partner);
        pages.Navigation.NavigateTo(PortalUrls.Wallet + "?state=TakenBack");

        var page = pages.Render<WalletPage>();
        await page.ActAsync("#filter-month", s => s.ChangeAsync(new() { Value = "2026-11" }));

        Assert.EndsWith("/wallet?currency=EUR&state=TakenBack&month=2026-11", pages.Navigation.Uri, StringComparison.Ordinal);
        Assert.Contains("November 2026", page.Find(".chips .chip").TextContent, StringComparison.Ordinal);
        Assert.Contains("/wallet/export.csv?currency=EUR&state=TakenBack&month=2026-11", page.Find("a[href^='/wallet/export']").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Single(page.FindAll("svg.wide .neg"));
        Assert.Contains("Nov €10.00, Dec -€10.00 so far", page.Find("svg.wide desc").TextContent, StringComparison.Ordinal);
        Assert.Equal(["December 2026 so far", "November 2026"], page.FindAll(".figuretable tbody th").Take(2).Select(h => h.TextContent));
        await page.ActAsync(".chips .chip button", b => b.ClickAsync());
        Assert.EndsWith("/wallet?currency=EUR&state=TakenBack", pages.Navigation.Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?currency=eur&state=held&level=2&month=2026-11&client=7&at=x", "/wallet?currency=EUR&state=Held&level=2&month=2026-11&client=7&at=x")]
    [InlineData("?currency=XYZ&state=9&level=11&month=11-2026&client=-7", "/wallet")]
    [InlineData("?state=1&level=0&month=2026-00&client=99999999999999999999", "/wallet")]
    public void Parse_Address_ComesBackWithoutWhatIsWrong(string query, string address) => Assert.Equal(address, WalletView.Parse(query).Address(PortalUrls.Wallet));

    private static async Task<(MoneyWorld World, Actor Partner, long Client)> SceneAsync(TestPortal portal, params LevelRate[] levels)
    {
        var world = new MoneyWorld(portal);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var client = (await new World(portal).PersonAsync("José Almeida")).AccountId!.Value;
        await world.AttributeAsync(client, partner.AccountId!.Value);
        await world.AssignAsync(PlanScope.Program, 0, await world.PlanAsync(new PlanRules
        {
            Levels = levels.Length > 0 ? levels : [LevelRate.Share(1250)],
            Products = ["team"],
            HoldDays = 30,
            MaxPerPurchase = new Dictionary<string, long> { ["EUR"] = 10_000 },
        }));
        return (world, partner, client);
    }
}
