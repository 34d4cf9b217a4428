using Bunit;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Clients;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Purchases;

public sealed class SimulatePlanVersionTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Execute_SameTerms_ComesToWhatTheLinesSay(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var rules = new PlanRules { Levels = [LevelRate.Share(1250), LevelRate.Share(300)], HoldDays = 30, MaxPerClient = new Dictionary<string, long> { ["EUR"] = 4000 } };
        var (world, people, planId) = await SceneAsync(portal, rules);
        var random = new Random(7);
        for (var i = 0; i < 30; i++)
        {
            portal.Clock.Advance(TimeSpan.FromHours(random.Next(1, 60)));
            await world.BuyAsync(world.Purchase(people[random.Next(1, people.Length)], $"p-{i}", random.Next(100, 20_000), random.Next(4) == 0 ? "USD" : "EUR"));
            if (i % 5 == 4)
            {
                await world.RefundAsync(world.Refund($"p-{i}", $"r-{i}", 50));
            }
        }

        var progress = new Told();
        var result = (await RunAsync(portal, planId, PlanForm.Of(rules), progress)).Value;

        var recorded = await portal.ReadAsync(db => db.CommissionLines.GroupBy(l => new { l.Level, l.Currency }).Select(g => new { g.Key.Level, g.Key.Currency, Net = g.Sum(l => l.Granted - l.Reversed) }).Where(g => g.Net != 0).ToListAsync());
        Assert.Equal(
            recorded.OrderBy(l => l.Level).ThenBy(l => l.Currency, StringComparer.Ordinal).Select(l => new SimulatedLevel(l.Level, l.Currency, l.Net, l.Net)), result.Levels);
        Assert.Empty(result.Gaining);
        Assert.Empty(result.Losing);
        Assert.Equal(30, result.Purchases);
        Assert.Equal(new SimulationProgress(result.Clients, result.Clients), progress.Last);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Execute_OtherTerms_ShowsWhoGainsAndLosesAndWritesNothing(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, people, planId) = await SceneAsync(portal, new PlanRules { Levels = [LevelRate.Share(1000), LevelRate.Share(500)] });
        await world.BuyAsync(world.Purchase(people[2], "old", 100_000));
        portal.Clock.Advance(TimeSpan.FromDays(SimulatePlanVersion.Days + 1));
        await world.BuyAsync(world.Purchase(people[2], "p-1", 10_000));
        await world.RefundAsync(world.Refund("p-1", "r-1", 5000));
        var other = await world.PartnersAsync(2);
        await world.AssignAsync(PlanScope.Partner, other[0], await world.PlanAsync(new PlanRules { Levels = [LevelRate.Share(9000)] }));
        await world.AttributeAsync(other[1], other[0]);
        await world.BuyAsync(world.Purchase(other[1], "by-another-plan"));
        var before = await CountsAsync(portal);
        var form = new PlanForm();
        form.Levels.Clear();
        form.Levels.AddRange(["12 %", "1 %"]);

        var result = (await RunAsync(portal, planId, form, new Told())).Value;

        // Half is refunded. The first purchase is too long ago, the last is by another plan.
        Assert.Equal((1, 1), (result.Purchases, result.Clients));
        Assert.Equal([new SimulatedLevel(1, "EUR", 500, 600), new SimulatedLevel(2, "EUR", 250, 50)], result.Levels);
        Assert.Equal([(people[1], 100L)], result.Gaining.Select(p => (p.AccountId, p.Change)));
        Assert.Equal([(people[0], -200L)], result.Losing.Select(p => (p.AccountId, p.Change)));
        Assert.Equal(before, await CountsAsync(portal));
    }

    [Fact]
    public async Task Execute_ByOthersOrWithWrongTerms_IsRefused()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var (_, _, planId) = await SceneAsync(portal, new PlanRules { Levels = [LevelRate.Share(1000)] });
        foreach (var other in new[] { await world.SupportAsync(), await world.IntegratorAsync("Brightwater Systems"), Actor.Visitor })
        {
            Assert.IsType<NotAllowed>((await portal.CallAsync<SimulatePlanVersion, Result<PlanSimulation>>(s => s.ExecuteAsync(planId, new PlanForm(), new Told(), other, default))).Error);
        }

        Assert.Equal(new PlanRefused(PlanProblem.HoldDaysWrong, "HoldDays"), (await RunAsync(portal, planId, new PlanForm { HoldDays = "x" }, new Told())).Error);
    }

    [Fact]
    public async Task Page_Tried_ShowsTheDifferenceAndSaysWhenItIsStale()
    {
        await using var portal = await TestPortal.StartAsync();
        var (world, people, planId) = await SceneAsync(portal, new PlanRules { Levels = [LevelRate.Share(1000)] });
        await world.BuyAsync(world.Purchase(people[1], "p-1", 10_000));
        await using var pages = new ClientPages(portal, await new World(portal).OwnerAsync());
        pages.Navigation.NavigateTo(FormattableString.Invariant($"{PortalUrls.AdminCommissionPlans}?plan={planId}"));
        var page = pages.Render<CommissionPlansPage>();

        await page.ActAsync("#plan-level-1", i => i.InputAsync(new() { Value = "15 %" }));
        await page.ActAsync("section[aria-labelledby=s-simulation] .btn", b => b.ClickAsync());

        page.WaitForAssertion(() => Assert.Contains("+€5.00", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("The terms above were changed since", page.Markup, StringComparison.Ordinal);
        await page.ActAsync("#plan-level-1", i => i.InputAsync(new() { Value = "16 %" }));
        Assert.Contains("The terms above were changed since", page.Markup, StringComparison.Ordinal);
    }

    private static async Task<Result<PlanSimulation>> RunAsync(TestPortal portal, long planId, PlanForm form, IProgress<SimulationProgress> progress)
    {
        var owner = await new World(portal).OwnerAsync();
        return await portal.CallAsync<SimulatePlanVersion, Result<PlanSimulation>>(s => s.ExecuteAsync(planId, form, progress, owner, default));
    }

    private static Task<(int, int, int, int)> CountsAsync(TestPortal portal) => portal.ReadAsync(async db =>
        (await db.CommissionLines.CountAsync(), await db.LedgerEntries.CountAsync(), await db.PlanVersions.CountAsync(), await db.Purchases.CountAsync()));

    /// <summary>Each the client of the one before.</summary>
    private static async Task<(MoneyWorld World, long[] People, long PlanId)> SceneAsync(TestPortal portal, PlanRules rules)
    {
        var world = new MoneyWorld(portal);
        var people = await world.PartnersAsync(4);
        for (var i = 1; i < people.Length; i++)
        {
            await world.AttributeAsync(people[i], people[i - 1]);
        }

        var planId = await world.PlanAsync(rules);
        await world.AssignAsync(PlanScope.Program, 0, planId);
        return (world, people, planId);
    }

    private sealed class Told : IProgress<SimulationProgress>
    {
        public SimulationProgress? Last { get; private set; }

        public void Report(SimulationProgress value) => Last = value;
    }
}
