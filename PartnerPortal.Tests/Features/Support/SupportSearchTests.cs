using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Claims;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Features.Support;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Claims;
using PartnerPortal.Tests.Features.Orders;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Support;

/// <summary>Support finds whatever belongs to a client by whatever is known of it, and nobody else finds anything.</summary>
public sealed class SupportSearchTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Find_ByAnythingKnown_ShowsAllThatHangsOnIt(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var claims = new ClaimWorld(portal);
        var (shop, money) = (new ShopWorld(portal), new MoneyWorld(portal));
        var (old, client, claimant, staff) = await claims.StartAsync();
        await shop.PlanAsync();
        var order = (await shop.OrderAsync(client)).Value;
        var bought = (await money.BuyAsync(money.Purchase(client.AccountId!.Value, "ext-77"))).Value;
        var claim = await claims.FiledAsync(claimant, client.Email!);
        await claims.People.PersonAsync("Somebody Else");

        var number = AccountNumber.Offset + client.AccountId.Value;
        foreach (var typed in new[] { "almeida", client.Email!, number.ToString(System.Globalization.CultureInfo.InvariantCulture), await claims.People.CodeOfAsync(client) })
        {
            var found = await FindAsync(typed, staff);
            Assert.Equal((typed, client.AccountId, "Delta Punkt"), (typed, Assert.Single(found.Clients).Account.Id, found.Clients[0].Partner!.PartnerName));
            Assert.Equal([bought.Id], found.Purchases.Select(p => p.Id));
            Assert.Equal([order.InvoiceNumber], found.Orders.Select(o => o.Invoice));
            Assert.Equal([claim], found.Claims.Select(c => c.Id));
            Assert.All(found.Mail, m => Assert.Equal(client.AccountId, m.AccountId));
            Assert.NotEmpty(found.Mail);
            Assert.Empty(found.Partners);
        }

        Assert.Equal([old.AccountId!.Value], (await FindAsync("delta", staff)).Partners.Select(p => p.AccountId));
        Assert.Equal([bought.Id], (await FindAsync("ext-77", staff)).Purchases.Select(p => p.Id));
        Assert.Equal([bought.Id], (await FindAsync(PurchaseNumber.Write(bought.Id), staff)).Purchases.Select(p => p.Id));
        Assert.Equal([order.InvoiceNumber], (await FindAsync(order.InvoiceNumber, staff)).Orders.Select(o => o.Invoice));
        Assert.Equal([claim], (await FindAsync($"c-{claim}", staff)).Claims.Select(c => c.Id));
        Assert.True((await FindAsync("nobody%", staff)).IsEmpty);
        Assert.True((await FindAsync("a", staff)).IsEmpty);
        Assert.True((await FindAsync("almeida", old)).IsEmpty);
        Assert.True((await FindAsync("almeida", Actor.Visitor)).IsEmpty);

        // The desks show all of a kind, in any state.
        await claims.DecideAsync(claim, staff, moves: false);
        Assert.Equal([claim], (await portal.CallAsync<ClaimDeskQueries, Page<DeskClaimRow>>(q => q.SearchAsync("almeida", null, staff, default))).Items.Select(c => c.Id));
        Assert.Empty((await portal.CallAsync<ClaimDeskQueries, Page<DeskClaimRow>>(q => q.SearchAsync("nobody", null, staff, default))).Items);
        Assert.Empty((await portal.CallAsync<ClaimDeskQueries, Page<DeskClaimRow>>(q => q.SearchAsync("almeida", null, old, default))).Items);
        var all = await portal.CallAsync<PartnerAdminQueries, Page<PartnerRow>>(q => q.FindAsync(new PartnerFilter(PartnerTab.All, SearchQuery.Parse("delta"), null), null, staff, default));
        Assert.Equal([old.AccountId.Value], all.Items.Select(p => p.AccountId));

        Task<SupportFindings> FindAsync(string typed, Actor actor) => portal.CallAsync<SupportSearchQueries, SupportFindings>(q => q.FindAsync(typed, actor, default));
    }
}
