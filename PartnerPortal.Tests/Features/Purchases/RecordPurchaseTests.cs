using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Purchases;

public sealed class RecordPurchaseTests
{
    private static readonly PlanRules Standard = new() { Levels = [LevelRate.Share(1000), LevelRate.Share(500), LevelRate.Share(250)], HoldDays = 14 };

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_ThreeLevels_EachGetsItsShareAndFullRefundLeavesZero(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, people) = await ChainAsync(portal);

        var bought = (await world.BuyAsync(world.Purchase(people[0], "a-1", 9999))).Value;
        Assert.Equal([(people[1], 1000L), (people[2], 500), (people[3], 250)], await PendingAsync(world, people));
        Assert.True((await world.RefundAsync(world.Refund("a-1", "r-1", 3333))).Ok);
        Assert.Equal([(people[1], 667L), (people[2], 333), (people[3], 167)], await PendingAsync(world, people));
        Assert.True((await world.RefundAsync(world.Refund("a-1", "r-2", null))).Ok);

        Assert.Empty(await world.BalancesAsync(people));
        Assert.Equal(9999, await portal.ReadAsync(db => db.Purchases.Where(p => p.Id == bought.Id).Select(p => p.Refunded).SingleAsync()));
        var reversals = await portal.ReadAsync(db => db.LedgerTransactions.Where(t => t.Kind == LedgerKind.Reversal).ToListAsync());
        Assert.All(reversals, r => Assert.NotNull(r.ReversesId));
        Assert.Equal(2, reversals.Count);
        Assert.Empty(await BookInvariants.BrokenAsync(portal, people));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_HoldingPeriodOver_IsReleasedAndRefundDebitsWhatIsAvailable(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, people) = await ChainAsync(portal);
        await world.BuyAsync(world.Purchase(people[0], "a-1"));

        portal.Clock.Advance(TimeSpan.FromDays(14) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await world.ReleaseAsync());
        portal.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(3, await world.ReleaseAsync());
        Assert.Equal(0, await world.ReleaseAsync());
        Assert.Equal(800, (await world.BalancesAsync(people))[(people[1], "EUR", LedgerAccount.Available)]);
        await world.RefundAsync(world.Refund("a-1", "r-1", null));

        Assert.Empty(await world.BalancesAsync(people));
        Assert.Empty(await BookInvariants.BrokenAsync(portal, people));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_NobodysClient_IsKeptAndSaysSo(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, people) = await ChainAsync(portal);

        var id = (await world.BuyAsync(world.Purchase(people[3], "a-1"))).Value.Id;

        Assert.Equal(PurchaseOutcome.NoPartner, await portal.ReadAsync(db => db.Purchases.Where(p => p.Id == id).Select(p => p.Outcome).SingleAsync()));
        Assert.Empty(await world.BalancesAsync(people));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_LevelOne_IsThePartnerAtThePurchasesTime(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, people) = await ChainAsync(portal);
        var before = world.Purchase(people[0], "late");
        portal.Clock.Advance(TimeSpan.FromDays(1));
        await world.AttributeAsync(people[0], people[3]);
        await world.BuyAsync(world.Purchase(people[0], "now"));
        await world.BuyAsync(before);

        var partners = await portal.ReadAsync(db => db.Purchases.ToDictionaryAsync(p => p.ExternalId, p => p.PartnerId));
        Assert.Equal((people[3], people[1]), (partners["now"], partners["late"]));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_SameAgain_SameAnswerAndAnotherBodyIsRefused(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, people) = await ChainAsync(portal);
        var request = world.Purchase(people[0], "a-1") with { Key = "k-1" };
        var first = (await world.BuyAsync(request)).Value;
        portal.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(new Recorded(first.Id, false), (await world.BuyAsync(request)).Value);
        Assert.Equal(new Recorded(first.Id, false), (await world.BuyAsync(request with { Key = "k-2" })).Value);
        Assert.Equal(new PurchaseKeyUsed("Key"), (await world.BuyAsync(request with { Amount = 1 })).Error);
        Assert.Equal(new PurchaseKeyUsed("Key"), (await world.BuyAsync(request with { ExternalId = "a-2", Key = "k-2" })).Error);
        Assert.Equal(new PurchaseKeyUsed("ExternalId"), (await world.BuyAsync(request with { Amount = 1, Key = null })).Error);
        var refund = world.Refund("a-1", "r-1", 100) with { Key = "k-3" };
        var back = (await world.RefundAsync(refund)).Value;
        Assert.Equal(new Recorded(back.Id, false), (await world.RefundAsync(refund)).Value);
        Assert.Equal(new PurchaseKeyUsed("ExternalId"), (await world.RefundAsync(refund with { Key = null, Amount = 200 })).Error);
        Assert.Equal(new PurchaseKeyUsed("Key"), (await world.RefundAsync(refund with { Key = "k-1" })).Error);
        Assert.Equal((1, 1), (await portal.ReadAsync(db => db.Purchases.CountAsync()), await portal.ReadAsync(db => db.Refunds.CountAsync())));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_RefundFirst_WaitsAndIsApplied(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, people) = await ChainAsync(portal);
        var purchase = world.Purchase(people[0], "a-1");
        portal.Clock.Advance(TimeSpan.FromHours(1));

        Assert.True((await world.RefundAsync(world.Refund("a-1", "r-1", 4000))).Ok);
        Assert.True((await world.RefundAsync(world.Refund("a-1", "r-2", 100, "USD"))).Ok);
        Assert.Empty(await world.BalancesAsync(people));
        await world.BuyAsync(purchase);

        Assert.Equal([(people[1], 400L), (people[2], 200), (people[3], 100)], await PendingAsync(world, people));
        Assert.Equal([4000L, 0], await portal.ReadAsync(db => db.Refunds.OrderBy(r => r.Id).Select(r => r.Applied).ToListAsync()));
        Assert.Equal(new RefundTooLarge(4000, "EUR"), (await world.RefundAsync(world.Refund("a-1", "r-3", 4001))).Error);
        Assert.Equal(new PurchaseRefused(PurchaseProblem.OtherCurrency, "Currency"), (await world.RefundAsync(world.Refund("a-1", "r-3", 1, "USD"))).Error);
        Assert.True((await world.RefundAsync(world.Refund("a-1", "r-3", 4000))).Ok);
        portal.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(new RefundTooLarge(0, "EUR"), (await world.RefundAsync(world.Refund("a-1", "r-4", null))).Error);
        Assert.Empty(await world.BalancesAsync(people));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_EarlierPurchaseComesLate_CorrectsTheLaterOne(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, people) = await ChainAsync(portal, Standard with { Span = EarningSpan.FirstPurchase });
        var first = world.Purchase(people[0], "first", 1000);
        portal.Clock.Advance(TimeSpan.FromDays(20));
        await world.BuyAsync(world.Purchase(people[0], "second"));
        portal.Clock.Advance(TimeSpan.FromDays(20));
        await world.ReleaseAsync();

        await world.BuyAsync(first);
        await world.ReleaseAsync();

        var balances = await world.BalancesAsync(people);
        Assert.Equal([100L, 50, 25], people[1..].Select(p => balances[(p, "EUR", LedgerAccount.Available)]));
        Assert.Equal(1, await portal.ReadAsync(db => db.LedgerTransactions.CountAsync(t => t.Kind == LedgerKind.Correction)));
        Assert.Empty(await BookInvariants.BrokenAsync(portal, people));
    }

    [Fact]
    public async Task ExecuteAsync_WrongRequests_AreRefusedAndNothingIsKept()
    {
        await using var portal = await TestPortal.StartAsync();
        var (world, people) = await ChainAsync(portal);
        var good = world.Purchase(people[0], "a-1");
        (PurchaseRequest Request, PurchaseProblem Kind, string Field)[] cases =
        [
            (good with { ExternalId = " " }, PurchaseProblem.ExternalIdMissing, "ExternalId"),
            (good with { ExternalId = new string('x', 101) }, PurchaseProblem.ExternalIdTooLong, "ExternalId"),
            (good with { ExternalId = "pur_7" }, PurchaseProblem.ExternalIdReserved, "ExternalId"),
            (good with { Client = new(null, " ", null) }, PurchaseProblem.ClientMissing, "Client"),
            (good with { Client = new(999_999, null, null) }, PurchaseProblem.ClientUnknown, "Client"),
            (good with { Client = new(null, null, "nobody@nowhere.test") }, PurchaseProblem.ClientUnknown, "Client"),
            (good with { Currency = "EURO" }, PurchaseProblem.UnknownCurrency, "Currency"),
            (good with { Currency = "eur" }, PurchaseProblem.UnknownCurrency, "Currency"),
            (good with { Amount = 0 }, PurchaseProblem.NotPositive, "Amount"),
            (good with { Amount = -1 }, PurchaseProblem.NotPositive, "Amount"),
            (good with { Amount = Money.Largest + 1 }, PurchaseProblem.TooLarge, "Amount"),
            (good with { Discount = -1 }, PurchaseProblem.Negative, "Discount"),
            (good with { Discount = 8001 }, PurchaseProblem.DiscountAboveAmount, "Discount"),
            (good with { Tax = -1 }, PurchaseProblem.Negative, "Tax"),
            (good with { Product = "" }, PurchaseProblem.ProductMissing, "Product"),
            (good with { OccurredAt = portal.Clock.Now.AddMinutes(3) }, PurchaseProblem.InFuture, "OccurredAt"),
            (good with { OccurredAt = default }, PurchaseProblem.TooOld, "OccurredAt"),
            (good with { PaidUntil = good.OccurredAt }, PurchaseProblem.PaidUntilTooEarly, "PaidUntil"),
            (good with { PaidUntil = good.OccurredAt.AddYears(10).AddSeconds(1) }, PurchaseProblem.PaidUntilTooLate, "PaidUntil"),
            (good with { Key = new string('x', 101) }, PurchaseProblem.KeyTooLong, "Key"),
        ];
        foreach (var (request, kind, field) in cases)
        {
            Assert.Equal(new PurchaseRefused(kind, field), (await world.BuyAsync(request)).Error);
        }

        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        Assert.IsType<NotAllowed>((await portal.CallAsync<RecordPurchase, Result<Recorded>>(r => r.ExecuteAsync(good, partner, default))).Error);
        Assert.IsType<NotAllowed>((await portal.CallAsync<RefundPurchase, Result<Recorded>>(r => r.ExecuteAsync(world.Refund("a", "b", 1), partner, default))).Error);
        Assert.Equal(0, await portal.ReadAsync(db => db.Purchases.CountAsync()));
        Assert.True((await world.BuyAsync(good with { Amount = Money.Largest })).Ok);
    }

    [Fact]
    public async Task ExecuteAsync_ClientByExternalIdOrConfirmedAddress_IsFound()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new MoneyWorld(portal);
        var person = await new World(portal).PersonAsync("José Almeida", "jose@example.test");
        await world.WorkAsync(async work => (await work.Db.Accounts.SingleAsync(a => a.Id == person.AccountId)).SetExternalId("crm-7"));
        var request = world.Purchase(person.AccountId!.Value, "a");

        Assert.True((await world.BuyAsync(request with { ExternalId = "b", Client = new(null, "crm-7", null) })).Ok);
        Assert.True((await world.BuyAsync(request with { ExternalId = "c", Client = new(null, null, "JOSE@example.test") })).Ok);
        // The same facts, with the client named in another way.
        Assert.False((await world.BuyAsync(request with { ExternalId = "c" })).Value.IsNew);
        Assert.Equal(2, await portal.ReadAsync(db => db.Purchases.CountAsync(p => p.ClientId == person.AccountId)));
    }

    [Fact]
    public async Task ExecuteAsync_OwnPlanThenGroupThenProgram_Counts()
    {
        await using var portal = await TestPortal.StartAsync();
        var (world, people) = await ChainAsync(portal);
        var group = await world.GroupAsync();
        async Task<long> EarnsAsync(string id)
        {
            portal.Clock.Advance(TimeSpan.FromMinutes(1));
            var bought = (await world.BuyAsync(world.Purchase(people[0], id))).Value.Id;
            return await portal.ReadAsync(db => db.CommissionLines.Where(l => l.PurchaseId == bought && l.PartnerId == people[1]).Select(l => l.Granted).SingleAsync());
        }

        Assert.Equal(800, await EarnsAsync("program"));
        var special = await world.PlanAsync(Standard with { Levels = [LevelRate.Share(2000)] });
        await world.AssignAsync(PlanScope.Group, group, special);
        Assert.Equal(800, await EarnsAsync("no group"));
        await world.MoveAsync(people[1], group);
        Assert.Equal(1600, await EarnsAsync("group"));
        await world.AssignAsync(PlanScope.Partner, people[1], await world.PlanAsync(Standard with { Levels = [LevelRate.Share(100)] }));
        Assert.Equal(80, await EarnsAsync("own"));
        await world.AssignAsync(PlanScope.Partner, people[1], null);
        await world.VersionAsync(special, Standard with { Levels = [LevelRate.Share(3000)] });
        Assert.Equal(2400, await EarnsAsync("group again"));
        Assert.Empty(await BookInvariants.BrokenAsync(portal, people));
    }

    /// <summary>People of whom each is the client of the next, and the program's plan.</summary>
    private static async Task<(MoneyWorld World, long[] People)> ChainAsync(TestPortal portal, PlanRules? rules = null)
    {
        var world = new MoneyWorld(portal);
        var people = await world.PartnersAsync(4);
        for (var i = people.Length - 2; i >= 0; i--)
        {
            await world.AttributeAsync(people[i], people[i + 1]);
        }

        await world.AssignAsync(PlanScope.Program, 0, await world.PlanAsync(rules ?? Standard));
        return (world, people);
    }

    private static async Task<IEnumerable<(long, long)>> PendingAsync(MoneyWorld world, long[] people) =>
        (await world.BalancesAsync(people)).Where(b => b.Key.Account is LedgerAccount.Pending).OrderBy(b => b.Key.Owner).Select(b => (b.Key.Owner, b.Value));
}
