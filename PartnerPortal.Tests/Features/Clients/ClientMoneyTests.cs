using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Orders;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Clients;

/// <summary>What "My clients" says of purchases, earnings and paid time.</summary>
public sealed class ClientMoneyTests
{
    private static readonly ClientSorting SoonestFirst = new(ClientSort.PaidUntil, true);

    [Theory, OnSqlite, OnPostgres]
    public async Task Row_RenewalsInAnyOrderAndRefunds_SaysPaidUntilAndWhatWasEarned(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, partner) = await SceneAsync(portal);
        var (client, other) = (await ClientAsync(world, partner, "Ida"), await ClientAsync(world, partner, "Omar"));
        await PlanAsync(world, "team", PlanPeriod.Month);
        portal.Clock.Advance(TimeSpan.FromDays(70));
        var now = portal.Clock.Now;
        var (january, february) = (now.AddDays(-60), now.AddDays(-25));

        // One gets the renewal before what it renews; in the end both say the same.
        foreach (var (who, order) in new[] { (client, new[] { january, february }), (other, [february, january]) })
        {
            foreach (var at in order)
            {
                await BuyAsync(world, who, $"{who}-{at.Day}", at);
            }
        }

        var until = february.AddMonths(1);
        Assert.Equal([("Ida", until, 2, 1600L), ("Omar", until, 2, 1600)], await MoneyAsync(portal, partner));

        await world.RefundAsync(world.Refund($"{client}-{february.Day}", "part", 4000));
        Assert.Equal(("Ida", until, 2, 1200L), (await MoneyAsync(portal, partner)).Single(m => m.Name == "Ida"));
        await world.RefundAsync(world.Refund($"{client}-{february.Day}", "rest", null));
        Assert.Equal(("Ida", january.AddMonths(1), 2, 800L), (await MoneyAsync(portal, partner)).Single(m => m.Name == "Ida"));
        await world.RefundAsync(world.Refund($"{client}-{january.Day}", "all", null));
        Assert.Equal(("Ida", null, 2, 0L), (await MoneyAsync(portal, partner)).Single(m => m.Name == "Ida"));
        // Told by the source, whatever the plan; in another currency; and something that is bought once.
        await world.BuyAsync(world.Purchase(client, "told") with { PaidUntil = now.AddDays(3), Currency = "USD" });
        await world.BuyAsync(world.Purchase(client, "once") with { Product = "setup" });
        var ida = (await portal.CallAsync<ClientQueries, ClientPage>(q => q.PageAsync(new ClientFilter("Ida"), SoonestFirst, null, 50, partner, default))).Page.Items.Single().Money!;
        Assert.Equal((now.AddDays(3), 4), (ida.PaidUntil, ida.Purchases));
        Assert.Equal([("EUR", 800L), ("USD", 800L)], ida.Earned);
        Assert.Empty((await portal.CallAsync<VerifyBooks, BookReport>(v => v.ExecuteAsync(default))).Findings);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Row_PurchasesOfAnotherPartnersTime_AreInThatPartnersListAlone(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, first) = await SceneAsync(portal);
        var second = await new World(portal).IntegratorAsync("Other Partner");
        var client = await ClientAsync(world, first, "Ida");
        await BuyAsync(world, client, "a", world.Portal.Clock.Now, days: 20);
        var switched = portal.Clock.Now;
        portal.Clock.Advance(TimeSpan.FromDays(1));
        // The line comes after what is told below, late, of a time before.
        await world.AttributeAsync(client, second.AccountId!.Value);
        await BuyAsync(world, client, "b", portal.Clock.Now, days: 200);
        await LineAsync(world, second, client, "Ida of the second");

        Assert.Equal([("Ida", switched.AddDays(20), 1, 800L)], await MoneyAsync(portal, first));
        Assert.Equal([("Ida of the second", portal.Clock.Now.AddDays(200), 1, 800L)], await MoneyAsync(portal, second));
        await BuyAsync(world, client, "late", switched.AddHours(2), days: 25);
        Assert.Equal([("Ida", switched.AddHours(2).AddDays(25), 2, 1600L)], await MoneyAsync(portal, first));
        Assert.Empty((await portal.CallAsync<VerifyBooks, BookReport>(v => v.ExecuteAsync(default))).Findings);

        // Somebody who sells for the first partner sees no money, and gets no order or filter by it.
        var seller = await new World(portal).ColleagueAsync(first, "Selma Seller", MemberRole.Seller);
        var page = await portal.CallAsync<ClientQueries, ClientPage>(q => q.PageAsync(new ClientFilter(LapsingAt: switched.AddDays(900)), SoonestFirst, null, 50, seller, default, true));
        Assert.Null(Assert.Single(page.Page.Items).Money);
        Assert.DoesNotContain(ClientColumn.Earned, ClientColumns.Parse("Earned,Email", seller));
        Assert.Equal("", ClientView.Parse("?lapsing=1&sort=PaidUntil").For(seller).Address(""));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Lapsing_AtItsEdges_FindsWhoIsToBeAskedAndStillAClient(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, partner) = await SceneAsync(portal);
        var start = portal.Clock.Now;
        var now = start.AddDays(100);
        var second = TimeSpan.FromSeconds(1);
        foreach (var (name, until) in new[]
        {
            ("too early", now + ClientFilter.Soon + second), ("just soon", now + ClientFilter.Soon), ("today", now), ("just late", now - ClientFilter.Late), ("too late", now - ClientFilter.Late - second),
            ("left", now),
        })
        {
            var client = await ClientAsync(world, partner, name, name == "left");
            await world.BuyAsync(world.Purchase(client, name) with { OccurredAt = start, PaidUntil = until });
        }

        await ClientAsync(world, partner, "bought nothing");
        portal.Clock.Advance(TimeSpan.FromDays(100));
        var filter = new ClientView { Lapsing = true };
        Assert.Equal("?lapsing=1", filter.Address(""));
        Assert.True(ClientView.Parse("?lapsing=1").Lapsing);

        var found = await portal.PageAsync(partner, new ClientFilter(LapsingAt: now), SoonestFirst);
        Assert.Equal(["just late", "today", "just soon"], found.Page.Items.Select(r => r.Name));
        Assert.Equal(3, found.Total);
        Assert.Equal(["just late", "just soon"], (await portal.PageAsync(partner, new ClientFilter("just", LapsingAt: now), new ClientSorting(ClientSort.Name, true))).Page.Items.Select(r => r.Name));
        var all = await portal.PageAsync(partner, null, SoonestFirst);
        Assert.Equal(["too late", "just late"], all.Page.Items.Take(2).Select(r => r.Name));
        Assert.Equal("bought nothing", all.Page.Items[^1].Name);
    }

    [Fact]
    public async Task Csv_WithAndWithoutTheRight_GivesAmountsAsPlainNumbersOrNothing()
    {
        await using var portal = await TestPortal.StartAsync();
        var (world, partner) = await SceneAsync(portal);
        var client = await ClientAsync(world, partner, "Ida");
        portal.Clock.Advance(TimeSpan.FromHours(2));
        await BuyAsync(world, client, "a", portal.Clock.Now, days: 10);
        await BuyAsync(world, client, "b", portal.Clock.Now.AddHours(-1), days: 5);
        var columns = PortalUrls.ClientsCsv + "?lapsing=1&columns=Purchases,Earned,PaidUntil";

        using var browser = await portal.BrowserOfAsync(partner);
        var text = await browser.GetStringAsync(new Uri(columns, UriKind.Relative));
        using var other = await portal.BrowserOfAsync(await new World(portal).ColleagueAsync(partner, "Selma Seller", MemberRole.Seller));
        var without = await other.GetStringAsync(new Uri(columns, UriKind.Relative));

        var until = portal.Clock.Now.AddDays(10).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        Assert.Equal($"Name,Purchases,Earned,Paid until\r\nIda,2,16.00 EUR,{until}\r\n", text.TrimStart('\uFEFF'));
        Assert.Equal("Name\r\nIda\r\n", without.TrimStart('\uFEFF'));
    }

    private static async Task<(MoneyWorld World, Actor Partner)> SceneAsync(TestPortal portal)
    {
        var world = new MoneyWorld(portal);
        await world.AssignAsync(PlanScope.Program, 0, await world.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000)], HoldDays = 10 }));
        return (world, await new World(portal).IntegratorAsync("Brightwater Systems"));
    }

    /// <summary>A client in the partner's list.</summary>
    private static async Task<long> ClientAsync(MoneyWorld world, Actor partner, string name, bool hasLeft = false)
    {
        var client = (await new World(world.Portal).PersonAsync(name)).AccountId!.Value;
        await world.AttributeAsync(client, partner.AccountId!.Value);
        await LineAsync(world, partner, client, name, hasLeft);
        return client;
    }

    private static Task LineAsync(MoneyWorld world, Actor partner, long client, string name, bool hasLeft = false) => world.WorkAsync(work =>
    {
        var line = ClientRecord.Join(partner.AccountId!.Value, work.Now);
        line.Open(client, CameBy.Link, signedInBefore: true, work.Now);
        line.Share(name, null, null, "en", null);
        if (hasLeft)
        {
            line.Leave(name);
        }

        return Task.FromResult(work.Db.ClientRecords.Add(line));
    });

    private static Task PlanAsync(MoneyWorld world, string code, PlanPeriod period) => world.WorkAsync(work =>
    {
        var plan = new Plan(code, work.Now);
        plan.Change(new SaleTerms("Team", "", new Dictionary<string, long> { ["EUR"] = 8000 }, period, 0, true, 1), work.Now);
        return Task.FromResult(work.Db.Plans.Add(plan));
    });

    private static async Task BuyAsync(MoneyWorld world, long client, string id, DateTime at, int? days = null) =>
        Assert.True((await world.BuyAsync(world.Purchase(client, id) with { OccurredAt = at, PaidUntil = days is { } length ? at.AddDays(length) : null })).Ok);

    private static async Task<List<(string Name, DateTime? PaidUntil, int Purchases, long Earned)>> MoneyAsync(TestPortal portal, Actor actor) =>
        [.. (await portal.CallAsync<ClientQueries, ClientPage>(q => q.PageAsync(new ClientFilter(), new ClientSorting(ClientSort.Name, true), null, 50, actor, default, true))).Page.Items
            .Select(r => (r.Name, r.Money?.PaidUntil, r.Money?.Purchases ?? 0, r.Money?.Earned.Sum(e => e.Minor) ?? 0))];
}
