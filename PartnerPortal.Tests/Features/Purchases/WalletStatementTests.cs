using System.Net;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Clients;
using PartnerPortal.Tests.Support;
using UglyToad.PdfPig;

namespace PartnerPortal.Tests.Features.Purchases;

public sealed class WalletStatementTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Get_MonthWithMovements_SumsFromOpeningToClosing(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, partner, client) = await SceneAsync(portal);
        await world.BuyAsync(world.Purchase(client, "a-1"));
        portal.Clock.Advance(TimeSpan.FromDays(20));
        await world.ReleaseAsync();
        await world.BuyAsync(world.Purchase(client, "a-2", 4000));
        await world.RefundAsync(world.Refund("a-1", "r-1", 2000));
        using var browser = await portal.BrowserOfAsync(partner);

        var text = await ReadAsync(browser, new CalendarMonth(2026, 12));

        Assert.Contains("Brightwater Systems", text, StringComparison.Ordinal);
        Assert.Contains("December 2026", text, StringComparison.Ordinal);
        Assert.Contains("On hold €8.00 -€4.00 €4.00", text, StringComparison.Ordinal);
        Assert.Contains("Available €0.00 +€6.00 €6.00", text, StringComparison.Ordinal);
        Assert.Contains("Earned in all €8.00 +€2.00 €10.00", text, StringComparison.Ordinal);
        // Cells of more than one line come between the figures of their row.
        Assert.Contains("Became available: J. A., team", text, StringComparison.Ordinal);
        Assert.Contains("Taken back after a refund: J. A., team", text, StringComparison.Ordinal);
        Assert.Contains("-€2.00", text, StringComparison.Ordinal);
        Assert.Contains("The month is not over", text, StringComparison.Ordinal);
        var before = await ReadAsync(browser, new CalendarMonth(2026, 11));
        Assert.Contains("On hold €0.00 +€8.00 €8.00", before, StringComparison.Ordinal);
        Assert.DoesNotContain("The month is not over", before, StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task MovementsAsync_OfAMonth_SumToWhatTheBalancesMoved(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, partner, client) = await SceneAsync(portal);
        var random = new Random(3);
        for (var i = 0; i < 40; i++)
        {
            portal.Clock.Advance(TimeSpan.FromHours(random.Next(1, 70)));
            await world.BuyAsync(world.Purchase(client, $"p-{i}", random.Next(100, 9000)));
            if (i % 3 == 2)
            {
                await world.RefundAsync(world.Refund($"p-{i - random.Next(3)}", $"r-{i}", random.Next(1, 100)));
                await world.ReleaseAsync();
            }
        }

        for (var month = new CalendarMonth(2026, 11); month.Number <= CalendarMonth.Of(portal.Clock.Now).Number; month = month.Plus(1))
        {
            var facts = (await portal.CallAsync<WalletStatementQueries, WalletStatementFacts?>(q => q.FindAsync("EUR", month, partner, default)))!;
            var (opening, closing) = (facts.Balances.Opening, facts.Balances.Closing);
            Assert.NotEmpty(facts.Rows);
            Assert.Equal(closing.Pending - opening.Pending, facts.Rows.Sum(r => r.Movement.Pending));
            Assert.Equal(closing.Available - opening.Available, facts.Rows.Sum(r => r.Movement.Available));
            Assert.All(facts.Rows, r => Assert.Equal(month, CalendarMonth.Of(r.Movement.At)));
        }

        var now = await portal.CallAsync<WalletQueries, IReadOnlyList<WalletBalance>>(q => q.BalancesAsync(partner, default));
        var last = await portal.CallAsync<WalletMonthQueries, WalletMonth?>(q => q.BalancesAsync("EUR", CalendarMonth.Of(portal.Clock.Now), partner, default));
        Assert.Equal(now.Single(), last!.Closing);
    }

    [Fact]
    public async Task Get_OfOthersMonthsToComeOrOtherRoles_IsNotThere()
    {
        await using var portal = await TestPortal.StartAsync();
        var (world, partner, client) = await SceneAsync(portal);
        await world.BuyAsync(world.Purchase(client, "a-1"));
        using var own = await portal.BrowserOfAsync(partner);
        using var other = await portal.BrowserOfAsync(await new World(portal).IntegratorAsync("Wrongway Limited"));
        using var seller = await portal.BrowserOfAsync(await new World(portal).ColleagueAsync(partner, "Selma Seller", MemberRole.Seller));

        foreach (var (browser, address) in new[]
        {
            (other, PortalUrls.WalletStatement(new CalendarMonth(2026, 11), "EUR")), (own, PortalUrls.WalletStatement(new CalendarMonth(2026, 12), "EUR")), (own, PortalUrls.WalletStatement(new CalendarMonth(2026, 10), "EUR")),
            (own, PortalUrls.WalletStatement(new CalendarMonth(2026, 11), "USD")), (own, "/wallet/statements/2026-11.pdf"), (own, "/wallet/statements/nonsense.pdf?currency=EUR"),
        })
        {
            using var answer = await browser.GetAsync(new Uri(address, UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var refused = await seller.GetAsync(new Uri(PortalUrls.WalletStatement(new CalendarMonth(2026, 11), "EUR"), UriKind.Relative));
        Assert.Contains(PortalUrls.AccessDenied, refused.Headers.Location?.ToString() ?? refused.StatusCode.ToString(), StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(HttpClient browser, CalendarMonth month)
    {
        using var answer = await browser.GetAsync(new Uri(PortalUrls.WalletStatement(month, "EUR"), UriKind.Relative));
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType?.MediaType);
        using var pdf = PdfDocument.Open(await answer.Content.ReadAsByteArrayAsync());
        return string.Join(' ', pdf.GetPages().SelectMany(p => p.GetWords()).Select(w => w.Text));
    }

    private static async Task<(MoneyWorld World, Actor Partner, long Client)> SceneAsync(TestPortal portal)
    {
        var world = new MoneyWorld(portal);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var client = (await new World(portal).PersonAsync("José Almeida")).AccountId!.Value;
        await world.AttributeAsync(client, partner.AccountId!.Value);
        await world.AssignAsync(PlanScope.Program, 0, await world.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000)], HoldDays = 15 }));
        return (world, partner, client);
    }
}
