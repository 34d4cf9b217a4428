using Bunit;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Features.Purchases.Stripe;
using PartnerPortal.Features.Support;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Clients;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Support;

public sealed class SupportPurchasesTests
{
    [Fact]
    public async Task New_FilledIn_IsRecordedOnceAndTold()
    {
        await using var portal = await TestPortal.StartAsync();
        var (staff, client, _) = await SceneAsync(portal);
        await using var pages = new ClientPages(portal, staff);
        var page = pages.Render<NewPurchase>();

        await FillAsync(page, (AccountNumber.Offset + client).ToString(System.Globalization.CultureInfo.InvariantCulture), "80,00");
        await page.ActAsync("#tax", i => i.ChangeAsync(new() { Value = "15.20" }));
        await page.ActAsync("form", f => f.SubmitAsync());
        await page.ActAsync("form", f => f.SubmitAsync());

        var bought = await portal.ReadAsync(db => db.Purchases.SingleAsync());
        Assert.Equal(("hand", 8000L, 1520L, "team", PurchaseOutcome.Earns), (bought.Source, bought.Amount, bought.Tax, bought.Product, bought.Outcome));
        Assert.EndsWith($"/support/purchases/{bought.Id}?entered=true", pages.Navigation.Uri, StringComparison.Ordinal);
        var entry = await portal.ReadAsync(db => db.AuditEntries.SingleAsync(e => e.Action == AuditActions.PurchaseRecorded));
        Assert.Equal((staff.UserId, client), (entry.ActorUserId, entry.AccountId));
    }

    [Theory]
    [InlineData("#client", "", "Say who the client is")]
    [InlineData("#client", "999999", "No account is known by that")]
    [InlineData("#client", "nobody@nowhere.test", "No account is known by that")]
    [InlineData("#product", "", "Say what was bought")]
    [InlineData("#amount", "eighty", "Write an amount such as 80.00")]
    [InlineData("#amount", "80.001", "Write an amount such as 80.00")]
    [InlineData("#amount", "0", "It must be above zero")]
    [InlineData("#amount", "-5", "It must be above zero")]
    [InlineData("#amount", "10000000000000.01", "The amount is too large")]
    [InlineData("#discount", "80.01", "The discount is above the price")]
    [InlineData("#discount", "-1", "It must not be below zero")]
    [InlineData("#tax", "-1", "It must not be below zero")]
    [InlineData("#at", "2026-11-21T10:00", "That time lies in the future")]
    [InlineData("#at", "1999-11-21T10:00", "That time lies before the year 2000")]
    [InlineData("#reference", "pur_17", "looks like one of the portal")]
    public async Task New_WrongField_SaysSoBesideItAndRecordsNothing(string field, string value, string expected)
    {
        await using var portal = await TestPortal.StartAsync();
        var (staff, client, _) = await SceneAsync(portal);
        await using var pages = new ClientPages(portal, staff);
        var page = pages.Render<NewPurchase>();

        await FillAsync(page, (AccountNumber.Offset + client).ToString(System.Globalization.CultureInfo.InvariantCulture), "80.00");
        await page.ActAsync(field, i => i.ChangeAsync(new() { Value = value }));
        await page.ActAsync("form", f => f.SubmitAsync());

        Assert.Contains(expected, page.Find(field + "-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await portal.ReadAsync(db => db.Purchases.CountAsync()));
    }

    [Fact]
    public async Task New_ForAnAccountOfOnesOwnOrThatItEarnsBy_IsRefusedInWords()
    {
        await using var portal = await TestPortal.StartAsync();
        var (staff, client, partner) = await SceneAsync(portal);
        var asPartner = await new World(portal).ColleagueAsync(partner, "Petra Partner", MemberRole.Admin);
        await GrantSupportAsync(portal, asPartner);
        foreach (var (actor, buyer) in new[] { (staff, staff.AccountId!.Value), (await new World(portal).AgainAsync(asPartner), client) })
        {
            await using var pages = new ClientPages(portal, actor);
            var page = pages.Render<NewPurchase>();

            await FillAsync(page, (AccountNumber.Offset + buyer).ToString(System.Globalization.CultureInfo.InvariantCulture), "80.00");
            await page.ActAsync("form", f => f.SubmitAsync());

            Assert.Contains("An account of your own buys or earns here", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        }

        Assert.Equal((0, 0), (await portal.ReadAsync(db => db.Purchases.CountAsync()), await portal.ReadAsync(db => db.LedgerTransactions.CountAsync())));
    }

    [Fact]
    public async Task Purchase_OfNobodysClient_IsKeptAndSaysSo()
    {
        await using var portal = await TestPortal.StartAsync();
        var (staff, _, _) = await SceneAsync(portal);
        var world = new MoneyWorld(portal);
        var loner = (await new World(portal).PersonAsync("Lone Buyer")).AccountId!.Value;
        var id = (await world.BuyAsync(world.Purchase(loner, "a-1"))).Value.Id;
        await using var pages = new ClientPages(portal, staff);

        var page = pages.Render<SupportPurchase>(p => p.Add(x => x.Id, id));

        Assert.Contains("The buyer was nobody’s client at that time. The purchase is kept and earns nothing.", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Nobody’s client", pages.Render<SupportPurchases>().Find("tbody").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refund_ByHand_TakesBackWhatItSaysAndNoMore()
    {
        await using var portal = await TestPortal.StartAsync();
        var (staff, client, partner) = await SceneAsync(portal);
        var world = new MoneyWorld(portal);
        var id = (await world.BuyAsync(world.Purchase(client, "a-1"))).Value.Id;
        await using var pages = new ClientPages(portal, staff);
        var page = pages.Render<SupportPurchase>(p => p.Add(x => x.Id, id));
        Assert.Contains("12.5% of €80.00, level 1", page.Markup, StringComparison.Ordinal);

        foreach (var (typed, expected) in new[] { ("80.01", "At most €80.00 can still be refunded"), ("0", "It must be above zero"), ("-5", "It must be above zero"), ("x", "Write an amount") })
        {
            await page.ActAsync("#refund-amount", i => i.ChangeAsync(new() { Value = typed }));
            await page.ActAsync("form", f => f.SubmitAsync());
            Assert.Contains(expected, page.Find("#refund-amount-error").TextContent, StringComparison.Ordinal);
        }

        await page.ActAsync("#refund-amount", i => i.ChangeAsync(new() { Value = "20" }));
        await page.ActAsync("form", f => f.SubmitAsync());
        Assert.Contains("The refund is recorded", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Refunds took back €2.50 of it", page.Markup, StringComparison.Ordinal);
        // Of two at the same moment the ids decide which comes first, and these are drawn by lot.
        portal.Clock.Advance(TimeSpan.FromSeconds(1));
        await page.ActAsync("form", f => f.SubmitAsync());

        Assert.Empty(page.FindAll("form"));
        Assert.Empty(await world.BalancesAsync([partner.AccountId!.Value]));
        Assert.Equal([6000L, 2000], await portal.ReadAsync(db => db.Refunds.OrderByDescending(r => r.Id).Select(r => r.Applied).ToListAsync()));
    }

    [Theory]
    [InlineData("", null, 3)]
    [InlineData("a-2", null, 1)]
    [InlineData("José", null, 2)]
    [InlineData("lone", "NoPartner", 1)]
    [InlineData("lone", "Earns", 0)]
    [InlineData("pur_1", null, 1)]
    [InlineData("", "nonsense", 3)]
    public async Task List_Filtered_ShowsWhatFits(string query, string? outcome, int rows)
    {
        await using var portal = await TestPortal.StartAsync();
        var (staff, client, _) = await SceneAsync(portal);
        var world = new MoneyWorld(portal);
        await world.BuyAsync(world.Purchase(client, "a-1"));
        await world.BuyAsync(world.Purchase(client, "a-2"));
        await world.BuyAsync(world.Purchase((await new World(portal).PersonAsync("Lone Buyer")).AccountId!.Value, "a-3"));
        await using var pages = new ClientPages(portal, staff);
        pages.Navigation.NavigateTo(PortalUrls.WithQuery(PortalUrls.SupportPurchases, ("q", query), ("outcome", outcome)));

        Assert.Equal(rows, pages.Render<SupportPurchases>().FindAll("tbody > tr").Count);
    }

    [Fact]
    public async Task Waiting_ClientNamed_IsPlacedAndRemembered()
    {
        await using var portal = await TestPortal.StartAsync();
        var (staff, client, _) = await SceneAsync(portal);
        Task TellAsync(string id) => portal.CallAsync<TakeStripeEvent, Result<Done>>(t => t.ExecuteAsync(
            new StripePaid(id, null, null, "cus_1", "unknown@nowhere.test", 8000, 0, 0, "EUR", "team", portal.Clock.Now), default));
        await TellAsync("pi_1");
        await using var pages = new ClientPages(portal, staff);
        Assert.Contains("One payment waits for its client", pages.Render<SupportPurchases>().Markup, StringComparison.Ordinal);
        var page = pages.Render<SupportWaitingPayments>();

        await page.ActAsync("tbody form", f => f.SubmitAsync());
        Assert.Contains("Say who the client is", page.Markup, StringComparison.Ordinal);
        await page.ActAsync("tbody input", i => i.ChangeAsync(new() { Value = (AccountNumber.Offset + staff.AccountId!.Value).ToString(System.Globalization.CultureInfo.InvariantCulture) }));
        await page.ActAsync("tbody form", f => f.SubmitAsync());
        Assert.Contains("An account of your own", page.Markup, StringComparison.Ordinal);
        await page.ActAsync("tbody input", i => i.ChangeAsync(new() { Value = (AccountNumber.Offset + client).ToString(System.Globalization.CultureInfo.InvariantCulture) }));
        await page.ActAsync("tbody form", f => f.SubmitAsync());

        Assert.Contains("No payment waits", page.Markup, StringComparison.Ordinal);
        await TellAsync("pi_2");
        Assert.Equal([client, client], await portal.ReadAsync(db => db.Purchases.Select(p => p.ClientId).ToListAsync()));
        Assert.Equal(1, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.StripeClientNamed)));
    }

    [Fact]
    public async Task Queries_AskedByOthers_GiveNothing()
    {
        await using var portal = await TestPortal.StartAsync();
        var (_, client, partner) = await SceneAsync(portal);
        var world = new MoneyWorld(portal);
        var id = (await world.BuyAsync(world.Purchase(client, "a-1"))).Value.Id;

        Assert.Empty((await portal.CallAsync<PurchaseDeskQueries, Page<PurchaseRow>>(q => q.PageAsync("", null, null, partner, default))).Items);
        Assert.Null(await portal.CallAsync<PurchaseDeskQueries, PurchaseFile?>(q => q.FindAsync(id, partner, default)));
        Assert.Empty(await portal.CallAsync<WaitingPaymentQueries, IReadOnlyList<WaitingPayment>>(q => q.ListAsync(partner, default)));
        Assert.IsType<NotAllowed>((await portal.CallAsync<NameStripeClient, Result<Done>>(n => n.ExecuteAsync(1, new ClientReference(1, null, null), partner, default))).Error);
        Assert.IsType<NotAllowed>((await portal.CallAsync<RecordPurchase, Result<Recorded>>(r => r.ExecuteAsync(world.Purchase(client, "a-2"), partner, default))).Error);
        Assert.IsType<NotAllowed>((await portal.CallAsync<RefundPurchase, Result<Recorded>>(r => r.ExecuteAsync(world.Refund("a-1", "r-1", 1), partner, default))).Error);
    }

    private static async Task FillAsync(IRenderedComponent<NewPurchase> page, string client, string amount)
    {
        await page.ActAsync("#client", i => i.ChangeAsync(new() { Value = client }));
        await page.ActAsync("#product", i => i.ChangeAsync(new() { Value = "team" }));
        await page.ActAsync("#amount", i => i.ChangeAsync(new() { Value = amount }));
    }

    private static async Task<(Actor Staff, long Client, Actor Partner)> SceneAsync(TestPortal portal)
    {
        var world = new MoneyWorld(portal);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var client = (await new World(portal).PersonAsync("José Almeida")).AccountId!.Value;
        await world.AttributeAsync(client, partner.AccountId!.Value);
        await world.AssignAsync(PlanScope.Program, 0, await world.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1250)], HoldDays = 30 }));
        return (await new World(portal).SupportAsync(), client, partner);
    }

    private static Task GrantSupportAsync(TestPortal portal, Actor person) => new MoneyWorld(portal).WorkAsync(async work =>
    {
        var role = await work.Db.Roles.SingleAsync(r => r.Name == StaffRoles.Support);
        work.Db.UserRoles.Add(new Microsoft.AspNetCore.Identity.IdentityUserRole<long> { UserId = person.UserId!.Value, RoleId = role.Id });
    });
}
