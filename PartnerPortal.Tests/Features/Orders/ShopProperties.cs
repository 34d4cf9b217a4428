using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Orders;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Commissions;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Orders;

/// <summary>What holds of orders whatever is done with them, in whatever order.</summary>
public sealed class ShopProperties
{
    /// <summary>What can happen; the number says to which order, as far as it goes.</summary>
    private enum Act
    {
        Order,
        OrderOther,
        Pay,
        PayByCard,
        Cancel,
        Lapse,
        BuyElsewhere,
        Leave,
    }

    [Fact]
    public void Sum_OfAnyPrice_StaysWithinItsParts() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
        (from price in PlanGenerator.Long(1, Money.Largest)
         from share in Gen.Choose(0, 10_000)
         from amount in PlanGenerator.Long(0, Money.Largest)
         from isShare in Gen.Elements(true, false)
         from tax in Gen.Choose(0, 10_000)
         select (price, discount: isShare ? new ClientDiscount(share, null) : new ClientDiscount(null, new Dictionary<string, long> { ["EUR"] = amount }), tax)).ToArbitrary(),
        sample =>
        {
            var sum = OrderSum.Of(sample.price, sample.discount, sample.tax, "EUR");
            return sum.Discount >= 0 && sum.Discount <= sum.Price && sum.Tax >= 0 && sum.Tax <= sum.Net && sum.Total == sum.Price - sum.Discount + sum.Tax
                && ((Int128)sum.Tax * 10_000 - ((Int128)sum.Net * sample.tax)) is var off && off > -5_001 && off < 5_001;
        }));

    [Theory, OnSqlite, OnPostgres]
    public async Task Orders_AfterAnyActs_KeepDiscountNumbersAndBooks(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var shop = new ShopWorld(portal);
        await shop.TermsAsync(new ClientDiscount(1500, null));
        await shop.PlanAsync("team", "99.99 EUR", tax: "19 %");
        await shop.PlanAsync("solo", "12.34 EUR", tax: "7 %");
        var support = await shop.People.SupportAsync();
        var runs = (from acts in (from act in Gen.Elements(Enum.GetValues<Act>()) from which in Gen.Choose(0, 5) select (act, which)).ListOf(12) select acts).Sample(kind is DatabaseKind.Sqlite ? 12 : 6);
        var n = 0;
        foreach (var acts in runs)
        {
            var (client, partner) = await shop.ClientAsync($"Client {++n}");
            var orders = new List<long>();
            foreach (var (act, which) in acts)
            {
                portal.Clock.Advance(TimeSpan.FromHours(1));
                await DoAsync(portal, shop, act, orders, orders.Count == 0 ? 0 : orders[which % orders.Count], client, support);
                await HoldsAsync(portal, client, string.Join(", ", acts));
            }

            Assert.Empty(await BookInvariants.BrokenAsync(portal, [client.AccountId!.Value, partner.AccountId!.Value]));
        }

        // What lapses takes the clock into the next year, and with it into the next series.
        var invoices = await portal.ReadAsync(db => db.Invoices.OrderBy(i => i.Id).Select(i => new { i.Series, i.Sequence }).ToListAsync());
        Assert.All(invoices.GroupBy(i => i.Series), of => Assert.Equal(Enumerable.Range(1, of.Count()), of.Select(i => i.Sequence)));
    }

    private static async Task DoAsync(TestPortal portal, ShopWorld shop, Act act, List<long> orders, long which, Actor client, Actor support)
    {
        switch (act)
        {
            case Act.Order or Act.OrderOther:
                orders.Add((await shop.OrderAsync(client, act is Act.Order ? "team" : "solo")).Value.OrderId);
                break;
            case Act.Pay:
                await shop.PayAsync(which, support);
                break;
            case Act.PayByCard:
                // A processor may tell a payment late: it is a fact, whatever became of the order.
                await shop.PayAsync(which, Actor.System with { MayPostMoney = true }, PaymentWay.Card, "pi_1");
                break;
            case Act.Cancel:
                await shop.CancelAsync(which, client);
                break;
            case Act.Lapse:
                portal.Clock.Advance(Order.Lasts);
                await shop.ExpireAsync();
                break;
            case Act.BuyElsewhere:
                var money = new MoneyWorld(portal);
                await money.BuyAsync(money.Purchase(client.AccountId!.Value, Guid.NewGuid().ToString("N")));
                break;
            case Act.Leave:
                await new MoneyWorld(portal).LeaveAsync(client.AccountId!.Value);
                break;
        }
    }

    private static async Task HoldsAsync(TestPortal portal, Actor client, string story)
    {
        var orders = await portal.ReadAsync(db => db.Orders.Where(o => o.ClientId == client.AccountId).ToListAsync());
        var purchases = await portal.ReadAsync(db => db.Purchases.Where(p => p.ClientId == client.AccountId && p.Source == "portal").ToListAsync());
        Assert.True(orders.Count(o => o.HoldsDiscount) <= 1, story);
        Assert.All(orders, o => Assert.True(!o.HoldsDiscount || (o.Discount > 0 && o.State is OrderState.Open or OrderState.Paid), story));
        Assert.All(orders.Where(o => o.State is OrderState.Open), o => Assert.True(o.Discount == 0 || o.HoldsDiscount, story));
        Assert.Equal(orders.Where(o => o.State is OrderState.Paid).Select(o => (long?)o.Id).Order(), orders.Where(o => purchases.Exists(p => p.Id == o.PurchaseId)).Select(o => (long?)o.Id).Order());
        Assert.Equal(orders.Count(o => o.State is OrderState.Paid), purchases.Count);
        Assert.All(orders.Where(o => o.State is OrderState.Paid), o => Assert.Equal(o.Sum, purchases.Where(p => p.Id == o.PurchaseId).Select(p => new OrderSum(p.Amount, p.Discount, p.Tax)).Single()));
    }
}
