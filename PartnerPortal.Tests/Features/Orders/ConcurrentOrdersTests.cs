using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Orders;
using PartnerPortal.Identity;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Orders;

/// <summary>Many people, and many times the same one, at the same moment.</summary>
public sealed class ConcurrentOrdersTests
{
    private const int Writers = 8;

    [Theory, OnSqlite, OnPostgres]
    public async Task Place_ManyAtOnce_NumbersHaveNoGapAndOneDiscountAClient(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var shop = new ShopWorld(portal);
        await shop.TermsAsync(new ClientDiscount(1000, null));
        await shop.PlanAsync();
        var clients = new List<Actor>();
        foreach (var name in new[] { "Anna", "Bela", "Cora", "Dora" })
        {
            clients.Add((await shop.ClientAsync(name)).Client);
        }

        await Parallel.ForEachAsync(Enumerable.Range(0, 40), new ParallelOptions { MaxDegreeOfParallelism = Writers }, async (n, _) =>
        {
            // Each form is sent twice; one in five is for a plan that is not there, and must leave no number behind.
            var placed = await shop.OrderAsync(clients[n % clients.Count], n % 5 == 4 ? "gone" : "team", key: $"f{n / 2}");
            Assert.Equal(n % 5 == 4, !placed.Ok);
        });

        var sequences = await portal.ReadAsync(db => db.Invoices.OrderBy(i => i.Sequence).Select(i => i.Sequence).ToListAsync());
        Assert.Equal(Enumerable.Range(1, sequences.Count), sequences);
        var orders = await portal.ReadAsync(db => db.Orders.ToListAsync());
        Assert.Equal(orders.Count, sequences.Count);
        Assert.All(orders.GroupBy(o => o.ClientId), of => Assert.Single(of, o => o.HoldsDiscount));
        Assert.All(orders, o => Assert.Equal(o.HoldsDiscount ? 1000 : 0, o.Discount));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Pay_ManyAtOnce_IsOnePurchaseAndOneMail(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var shop = new ShopWorld(portal);
        await shop.PlanAsync();
        var client = await shop.People.PersonAsync("Clara Client");
        var staff = new[] { await shop.People.SupportAsync("Sam"), await shop.People.SupportAsync("Sue"), Actor.System with { MayPostMoney = true } };
        var order = (await shop.OrderAsync(client)).Value.OrderId;

        var told = await Task.WhenAll(Enumerable.Range(0, Writers).Select(n => Task.Run(() => shop.PayAsync(order, staff[n % staff.Length]))));

        Assert.Single(told, t => t.Value.IsNew);
        Assert.Single(told.Select(t => t.Value.PurchaseId).Distinct());
        Assert.Equal(1, await portal.ReadAsync(db => db.Purchases.CountAsync()));
        Assert.Equal(1, await portal.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.Kind == MailKinds.OrderPaid)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task CancelAndPay_AtOnce_EitherIsSo(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var shop = new ShopWorld(portal);
        await shop.TermsAsync(new ClientDiscount(1000, null));
        await shop.PlanAsync();
        var support = await shop.People.SupportAsync();
        for (var round = 0; round < 4; round++)
        {
            var (client, _) = await shop.ClientAsync("Client " + (char)('A' + round));
            var order = (await shop.OrderAsync(client)).Value.OrderId;

            var cancel = Task.Run(() => shop.CancelAsync(order, client));
            var pay = Task.Run(() => shop.PayAsync(order, support));
            await Task.WhenAll(cancel, pay);

            // A transfer that is there is booked even if the client took the order back just before.
            Assert.True((await pay).Ok);
            var now = await shop.ReadAsync(order);
            Assert.Equal((OrderState.Paid, true), (now.State, now.HoldsDiscount));
            Assert.Equal(1, await portal.ReadAsync(db => db.Purchases.CountAsync(p => p.ClientId == client.AccountId && p.Discount == 1000)));
        }
    }
}
