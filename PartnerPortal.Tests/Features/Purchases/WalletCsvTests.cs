using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Clients;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Purchases;

public sealed class WalletCsvTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Get_FilterAndFormulas_GivesWhatIsShownSafely(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new MoneyWorld(portal);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var client = (await new World(portal).PersonAsync("José Almeida")).AccountId!.Value;
        await world.AttributeAsync(client, partner.AccountId!.Value);
        await world.AssignAsync(PlanScope.Program, 0, await world.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1250)], HoldDays = 30 }));
        await world.BuyAsync(world.Purchase(client, "a-1") with { Product = "=HYPERLINK(\"http://bad.test\")", Discount = 800 });
        await world.BuyAsync(world.Purchase(client, "a-2", currency: "USD"));
        for (var i = 0; i < 510; i++)
        {
            // Each at a time of its own: purchases of the same moment are reckoned together.
            portal.Clock.Advance(TimeSpan.FromMinutes(1));
            await world.BuyAsync(world.Purchase(client, $"many-{i}", currency: "JPY"));
        }

        using var browser = await portal.BrowserOfAsync(partner);
        var text = await browser.GetStringAsync(new Uri(PortalUrls.WalletCsv + "?currency=EUR", UriKind.Relative));
        var all = await browser.GetStringAsync(new Uri(PortalUrls.WalletCsv, UriKind.Relative));

        var rows = text.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, rows.Length);
        Assert.StartsWith("Bought (UTC),Client,Product,Level,State,Currency,Price,", rows[0], StringComparison.Ordinal);
        Assert.Contains(",J. A.,\"'=HYPERLINK(\"\"http://bad.test\"\")\",1,On hold,EUR,80.00,8.00,72.00,12.5%,9.00,9.00,0.00,9.00,", rows[1], StringComparison.Ordinal);
        Assert.Equal(1 + 2 + 510, all.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(2, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.WalletExported && e.AccountId == partner.AccountId)));
    }

    [Fact]
    public async Task Get_NobodyClientOrSeller_IsRefused()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        foreach (var actor in new[] { await world.PersonAsync("Clara Client"), await world.ColleagueAsync(partner, "Selma Seller", MemberRole.Seller) })
        {
            using var browser = await portal.BrowserOfAsync(actor);
            using var refused = await browser.GetAsync(new Uri(PortalUrls.WalletCsv, UriKind.Relative));
            Assert.Contains(PortalUrls.AccessDenied, refused.Headers.Location?.ToString() ?? refused.StatusCode.ToString(), StringComparison.Ordinal);
        }

        using var nobody = portal.CreateClient(new() { AllowAutoRedirect = false });
        using var asked = await nobody.GetAsync(new Uri(PortalUrls.WalletCsv, UriKind.Relative));
        Assert.Contains(PortalUrls.SignIn, asked.Headers.Location?.ToString() ?? "", StringComparison.Ordinal);
        Assert.Equal(0, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.WalletExported)));
    }
}
