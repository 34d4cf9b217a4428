using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Orders;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Orders;

/// <summary>What an order does and what becomes of it.</summary>
public sealed class OrderTests
{
    private static readonly ClientDiscount Tenth = new(1000, null);

    [Theory, OnSqlite, OnPostgres]
    public async Task Order_PaidByTransfer_RecordsItsPurchaseAndEarns(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var shop = new ShopWorld(portal);
        await shop.TermsAsync(Tenth);
        await shop.PlanAsync(tax: "19 %");
        var (client, partner) = await shop.ClientAsync();
        var support = await shop.People.SupportAsync();

        var placed = (await shop.OrderAsync(client)).Value;
        portal.Clock.Advance(TimeSpan.FromDays(2));
        var paid = await shop.PayAsync(placed.OrderId, support, reference: " statement 7 ");

        Assert.True(paid.Value.IsNew);
        var purchase = await portal.ReadAsync(db => db.Purchases.SingleAsync());
        Assert.Equal((PurchaseSources.Portal, placed.InvoiceNumber, client.AccountId!.Value, "team"), (purchase.Source, purchase.ExternalId, purchase.ClientId, purchase.Product));
        Assert.Equal((10_000, 1_000, 1_710, "EUR"), (purchase.Amount, purchase.Discount, purchase.Tax, purchase.Currency));
        var line = await portal.ReadAsync(db => db.CommissionLines.SingleAsync());
        Assert.Equal((partner.AccountId!.Value, 900), (line.PartnerId, line.Granted));
        var order = await shop.ReadAsync(placed.OrderId);
        Assert.Equal((OrderState.Paid, PaymentWay.Transfer, "statement 7", purchase.Id), (order.State, order.PaidBy, order.PaymentReference, order.PurchaseId));
        var (subject, text) = await portal.MailAsync(client.Email, MailKinds.OrderPlaced);
        Assert.Contains("Your order of team", subject, StringComparison.Ordinal);
        Assert.Contains("€107.10", text, StringComparison.Ordinal);
        Assert.Contains(placed.InvoiceNumber, (await portal.MailAsync(client.Email, MailKinds.OrderPaid)).Text, StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Discount_OfTwoOrders_IsHeldByOneAndFreedByItsEnd(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var shop = new ShopWorld(portal);
        await shop.TermsAsync(Tenth);
        await shop.PlanAsync();
        var (client, _) = await shop.ClientAsync();

        var first = (await shop.OrderAsync(client)).Value.OrderId;
        var second = (await shop.OrderAsync(client)).Value.OrderId;
        Assert.Equal((1000, 0), ((await shop.ReadAsync(first)).Discount, (await shop.ReadAsync(second)).Discount));

        Assert.True((await shop.CancelAsync(first, client)).Ok);
        var third = (await shop.OrderAsync(client)).Value.OrderId;
        Assert.Equal(1000, (await shop.ReadAsync(third)).Discount);

        portal.Clock.Advance(Order.Lasts);
        // The worker has not been there yet: who orders takes what is over.
        var fourth = (await shop.OrderAsync(client)).Value.OrderId;
        Assert.Equal((OrderState.Expired, 1000), ((await shop.ReadAsync(third)).State, (await shop.ReadAsync(fourth)).Discount));
        Assert.Equal(0, await shop.ExpireAsync());
        Assert.Equal(new OrderRefused(OrderProblem.DiscountUsedMeanwhile), (await shop.PayAsync(third, await shop.People.SupportAsync())).Error);
    }

    [Fact]
    public async Task Discount_AfterAPurchaseOrWithoutPartner_IsNone()
    {
        await using var portal = await TestPortal.StartAsync();
        var shop = new ShopWorld(portal);
        await shop.TermsAsync(Tenth);
        await shop.PlanAsync();
        var (client, _) = await shop.ClientAsync();
        var alone = await shop.People.PersonAsync("Alone");
        await new MoneyWorld(portal).BuyAsync(new MoneyWorld(portal).Purchase(client.AccountId!.Value, "elsewhere"));

        Assert.Equal(0, (await shop.ReadAsync((await shop.OrderAsync(client)).Value.OrderId)).Discount);
        Assert.Equal(0, (await shop.ReadAsync((await shop.OrderAsync(alone)).Value.OrderId)).Discount);
    }

    [Fact]
    public async Task Order_PlanOrTermsChangedSince_KeepsItsSumAndInvoice()
    {
        await using var portal = await TestPortal.StartAsync();
        var shop = new ShopWorld(portal);
        await shop.People.ProgramAsync(p => (p.Name, p.SellerName, p.SellerAddress, p.PaymentDetails) = ("Fernhill", "Fernhill Software", "Quay 3\nAarhus", "IBAN DK50"));
        var plan = await shop.PlanAsync(name: "Team");
        var client = await shop.People.PersonAsync("Clara Client");
        var placed = (await shop.OrderAsync(client)).Value;

        await portal.CallAsync<SavePlan, Result<long>>(s => s.ExecuteAsync(plan, new PlanDraft { Name = "Dearer", Prices = "200 EUR", Tax = "19 %" }, ShopWorld.Owner, default));
        await shop.People.ProgramAsync(p => (p.SellerName, p.SellerAddress, p.PaymentDetails) = ("Other", "", ""));

        var invoice = await portal.CallAsync<OrderQueries, InvoiceView?>(q => q.InvoiceAsync(placed.InvoiceNumber, client, default));
        Assert.Equal((new OrderSum(10_000, 0, 0), "Team", "IBAN DK50"), (invoice!.Sum, invoice.PlanName, invoice.PaymentDetails));
        Assert.Equal((new InvoiceParty("Fernhill Software", "Quay 3\nAarhus", ""), new InvoiceParty("Clara Client", "Main street 1\nTown", "X1")), (invoice.Seller, invoice.Buyer));
        Assert.Equal(new OrderRefused(OrderProblem.SumChanged), (await shop.OrderAsync(client, shown: 10_000)).Error);
    }

    [Fact]
    public async Task Order_SameFormTwice_IsOne()
    {
        await using var portal = await TestPortal.StartAsync();
        var shop = new ShopWorld(portal);
        await shop.PlanAsync();
        var client = await shop.People.PersonAsync("Clara Client");

        var first = (await shop.OrderAsync(client, key: "f")).Value;
        Assert.Equal(first, (await shop.OrderAsync(client, key: "f")).Value);
        Assert.Equal(1, await portal.ReadAsync(db => db.Invoices.CountAsync()));
        Assert.Equal(1, await portal.ReadAsync(db => db.OutboxMessages.CountAsync()));
    }

    [Fact]
    public async Task Order_WhatCannotBe_IsRefused()
    {
        await using var portal = await TestPortal.StartAsync();
        var shop = new ShopWorld(portal);
        var plan = await shop.PlanAsync();
        var client = await shop.People.PersonAsync("Clara Client");

        Assert.Equal(new OrderRefused(OrderProblem.PlanUnknown), (await shop.OrderAsync(client, "gone")).Error);
        Assert.Equal(new OrderRefused(OrderProblem.NotInCurrency), (await shop.OrderAsync(client, currency: "USD")).Error);
        Assert.Equal(new OrderRefused(OrderProblem.BuyerNameMissing, nameof(InvoiceParty.Name)), (await shop.OrderAsync(client with { AccountName = " " })).Error);
        Assert.Equal(new OrderRefused(OrderProblem.TooLong, nameof(InvoiceParty.Name)), (await shop.OrderAsync(client with { AccountName = new string('x', 201) })).Error);
        Assert.IsType<NotAllowed>((await shop.OrderAsync(Actor.Visitor)).Error);
        Assert.IsType<NotAllowed>((await shop.OrderAsync(client with { Role = MemberRole.Seller })).Error);
        await portal.CallAsync<ArchivePlan, Result<Done>>(a => a.ExecuteAsync(plan, true, ShopWorld.Owner, default));
        Assert.Equal(new OrderRefused(OrderProblem.PlanUnknown), (await shop.OrderAsync(client)).Error);
        Assert.Equal(0, await portal.ReadAsync(db => db.Orders.CountAsync()));
    }

    [Fact]
    public async Task Order_ReadCancelledOrPaidByOthers_IsNot()
    {
        await using var portal = await TestPortal.StartAsync();
        var shop = new ShopWorld(portal);
        await shop.PlanAsync();
        var (client, partner) = await shop.ClientAsync();
        var support = await shop.People.SupportAsync();
        var colleague = await shop.People.ColleagueAsync(client, "Sally Seller", MemberRole.Seller);
        var placed = (await shop.OrderAsync(client)).Value;
        var own = (await shop.OrderAsync(support)).Value;

        foreach (var other in new[] { Actor.Visitor, partner, await shop.People.PersonAsync("Nobody's") })
        {
            Assert.Null(await portal.CallAsync<OrderQueries, InvoiceView?>(q => q.InvoiceAsync(placed.InvoiceNumber, other, default)));
            Assert.Empty((await portal.CallAsync<OrderQueries, Page<OrderRow>>(q => q.OwnAsync(null, other, default))).Items);
            Assert.Empty((await portal.CallAsync<OrderQueries, Page<OrderRow>>(q => q.DeskAsync(null, "", null, other, default))).Items);
            Assert.Equal(new OrderRefused(OrderProblem.OrderUnknown), (await shop.CancelAsync(placed.OrderId, other)).Error);
            Assert.IsType<NotAllowed>((await shop.PayAsync(placed.OrderId, other)).Error);
        }

        Assert.Equal(new OrderRefused(OrderProblem.OrderUnknown), (await shop.CancelAsync(placed.OrderId, colleague)).Error);
        Assert.IsType<NotAllowed>((await shop.PayAsync(placed.OrderId, client)).Error);
        Assert.IsType<OwnAccountInvolved>((await shop.PayAsync(own.OrderId, support)).Error);
        Assert.Equal(new OrderRefused(OrderProblem.OrderUnknown), (await shop.PayAsync(999, support)).Error);
        Assert.Equal(0, await portal.ReadAsync(db => db.Purchases.CountAsync()));
    }

    [Fact]
    public async Task Pay_ProcessEndedBetween_IsFinishedByTheWorker()
    {
        await using var portal = await TestPortal.StartAsync();
        var shop = new ShopWorld(portal);
        await shop.PlanAsync();
        var client = await shop.People.PersonAsync("Clara Client");
        var placed = (await shop.OrderAsync(client)).Value;
        await shop.PayAsync(placed.OrderId, await shop.People.SupportAsync());
        var purchase = (await shop.ReadAsync(placed.OrderId)).PurchaseId;
        // As if the process had ended after the purchase, before the order knew it.
        await portal.ReadAsync(db => db.Orders.ExecuteUpdateAsync(set => set.SetProperty(o => o.PurchaseId, (long?)null)));
        portal.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(1, await portal.CallAsync<RecordPaidOrders, int>(r => r.ExecuteAsync(default)));
        Assert.Equal(purchase, (await shop.ReadAsync(placed.OrderId)).PurchaseId);
        Assert.Equal(1, await portal.ReadAsync(db => db.Purchases.CountAsync()));
        Assert.Equal(0, await portal.CallAsync<RecordPaidOrders, int>(r => r.ExecuteAsync(default)));
    }
}
