using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.AccessGrants;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys;

/// <summary>A purchase is told with the time of another clock, which may be ahead: whose client it was then may change after it was recorded.</summary>
public sealed class PurchaseAheadTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Join_AtTheMomentOfAPurchaseOrBeforeIt_EarnsFromIt(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (money, partner, client) = await StartAsync(portal);
        await BuyAsync(money, client, "now", TimeSpan.Zero);
        await BuyAsync(money, client, "ahead", TimeSpan.FromMinutes(1));

        await new AccessWorld(portal).JoinAsync(partner, client);

        Assert.Equal([("ahead", true), ("now", true)], await EarnedAsync(portal, partner));
        Assert.Empty(await FindingsAsync(portal));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Join_AfterAPurchase_EarnsNothingFromIt(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (money, partner, client) = await StartAsync(portal);
        await BuyAsync(money, client, "before", TimeSpan.Zero);
        portal.Clock.Advance(TimeSpan.FromSeconds(1));

        await new AccessWorld(portal).JoinAsync(partner, client);

        Assert.Empty(await EarnedAsync(portal, partner));
        Assert.Empty(await FindingsAsync(portal));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Leave_BeforeTheMomentOfAPurchase_TakesBackWhatItEarned(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (money, partner, client) = await StartAsync(portal);
        await new AccessWorld(portal).JoinAsync(partner, client);
        portal.Clock.Advance(TimeSpan.FromDays(60));
        await BuyAsync(money, client, "ahead", TimeSpan.FromMinutes(1));
        Assert.NotEmpty(await money.BalancesAsync([partner.AccountId!.Value]));

        Assert.Null((await portal.CallAsync<LeavePartner, Result<Done>>(l => l.ExecuteAsync(client, default))).Error);

        Assert.Empty(await money.BalancesAsync([partner.AccountId!.Value]));
        Assert.Empty(await FindingsAsync(portal));
    }

    private static async Task<(MoneyWorld Money, Actor Partner, Actor Client)> StartAsync(TestPortal portal)
    {
        var (world, money) = (new World(portal), new MoneyWorld(portal));
        await money.AssignAsync(PlanScope.Program, 0, await money.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000)] }));
        return (money, await world.IntegratorAsync("Rightway", "admin@rightway.test"), await world.PersonAsync("Nina Novak", "nina@novak.test"));
    }

    private static async Task BuyAsync(MoneyWorld money, Actor client, string id, TimeSpan ahead)
    {
        var purchase = money.Purchase(client.AccountId!.Value, id);
        Assert.True((await money.BuyAsync(purchase with { OccurredAt = purchase.OccurredAt + ahead })).Ok);
    }

    private static async Task<List<(string Purchase, bool Earns)>> EarnedAsync(TestPortal portal, Actor partner) => [.. (await portal.ReadAsync(db => (
        from l in db.CommissionLines
        join p in db.Purchases on l.PurchaseId equals p.Id
        where l.PartnerId == partner.AccountId
        orderby p.ExternalId
        select new { p.ExternalId, l.Granted }).ToListAsync())).Select(l => (l.ExternalId, l.Granted > 0))];

    private static async Task<IReadOnlyList<BookFinding>> FindingsAsync(TestPortal portal) => (await portal.CallAsync<VerifyBooks, BookReport>(v => v.ExecuteAsync(default))).Findings;
}
