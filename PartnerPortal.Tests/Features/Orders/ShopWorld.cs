using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Orders;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Orders;

/// <summary>Plans, and people who order them, for a test.</summary>
public sealed class ShopWorld(TestPortal portal)
{
    /// <summary>The program's owner, a member of no account.</summary>
    public static readonly Actor Owner = Actor.System with { IsOwner = true };

    public World People { get; } = new(portal);

    /// <returns>The plan's id.</returns>
    public async Task<long> PlanAsync(string code = "team", string prices = "100.00 EUR", string? name = null, string tax = "0 %", PlanPeriod period = PlanPeriod.Year)
    {
        var saved = await portal.CallAsync<SavePlan, Result<long>>(s => s.ExecuteAsync(
            null, new PlanDraft { Code = code, Name = name ?? code, Description = "All of it.", Prices = prices, Tax = tax, Period = period }, Owner, default));
        Assert.Null(saved.Error);
        return saved.Value;
    }

    /// <summary>All partners' terms: 10 % for the first level and this discount for their clients.</summary>
    public async Task TermsAsync(ClientDiscount? discount, params string[] products)
    {
        var money = new MoneyWorld(portal);
        await money.AssignAsync(PlanScope.Program, 0, await money.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000)], Discount = discount, Products = products }));
    }

    /// <summary>A person who took a partner, and that partner.</summary>
    public async Task<(Actor Client, Actor Partner)> ClientAsync(string name = "Clara Client")
    {
        var partner = await People.IntegratorAsync("Partner of " + name);
        var client = await People.PersonAsync(name);
        var code = await People.CodeOfAsync(partner);
        Assert.True((await portal.CallAsync<JoinPartner, Result<JoinOffer>>(j => j.ExecuteAsync(new JoinRequest(code, null, "en", []), client, default))).Ok);
        return (client, partner);
    }

    public Task<Result<PlacedOrder>> OrderAsync(Actor client, string plan = "team", string currency = "EUR", string? key = null, long? shown = null) =>
        portal.CallAsync<PlaceOrder, Result<PlacedOrder>>(p => p.ExecuteAsync(
            new OrderRequest(plan, currency, key ?? Guid.NewGuid().ToString("N"), new InvoiceParty(client.Acting?.ClientName ?? client.AccountName, "Main street 1\nTown", "X1"), shown), client, default));

    public Task<Result<PaidOrder>> PayAsync(long orderId, Actor actor, PaymentWay way = PaymentWay.Transfer, string? reference = null) =>
        portal.CallAsync<PayOrder, Result<PaidOrder>>(p => p.ExecuteAsync(new Payment(orderId, way, reference), actor, default));

    public Task<Result<Done>> CancelAsync(long orderId, Actor actor) => portal.CallAsync<CancelOrder, Result<Done>>(c => c.ExecuteAsync(orderId, actor, default));

    public Task<int> ExpireAsync() => portal.CallAsync<ExpireOrders, int>(e => e.ExecuteAsync(default));

    public Task<Order> ReadAsync(long orderId) => portal.ReadAsync(db => db.Orders.SingleAsync(o => o.Id == orderId));
}
