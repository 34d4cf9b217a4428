using Bunit;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Clients;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Commissions;

public sealed class CommissionPlansTests
{
    private static readonly DateOnly Tomorrow = new(2026, 11, 21);

    [Theory, OnSqlite, OnPostgres]
    public async Task Publish_PlanThenVersion_CountFromTheirDates(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var owner = await new World(portal).OwnerAsync();
        var plan = (await PublishAsync(portal, null, "Standard", new PlanForm(), null, owner)).Value;
        Assert.Equal((1, portal.Clock.Now), (plan.Number, plan.CountsFrom));

        var second = (await PublishAsync(portal, plan.PlanId, null, new PlanForm { HoldDays = "14" }, Tomorrow, owner)).Value;

        Assert.Equal((2, new DateTime(2026, 11, 21, 0, 0, 0, DateTimeKind.Utc)), (second.Number, second.CountsFrom));
        Assert.Equal(1, (await ListAsync(portal, owner)).Single().InForce);
        portal.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(2, (await ListAsync(portal, owner)).Single().InForce);
        await AppendOnlyRows.AssertRefusedAsync(portal, "PlanVersions", "\"Number\" = 7");
        Assert.Equal(new PlanRefused(PlanProblem.DateTooEarly, "From"), (await PublishAsync(portal, plan.PlanId, null, new PlanForm(), Tomorrow, owner)).Error);
        Assert.Equal(new PlanRefused(PlanProblem.NameTaken, "Name"), (await PublishAsync(portal, null, " STANDARD", new PlanForm(), null, owner)).Error);
        Assert.Equal(new PlanRefused(PlanProblem.NameMissing, "Name"), (await PublishAsync(portal, null, " ", new PlanForm(), null, owner)).Error);
        Assert.Equal(new PlanRefused(PlanProblem.NoSuchPlan, "Name"), (await PublishAsync(portal, 4711, null, new PlanForm(), Tomorrow, owner)).Error);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Assign_ScopesAndBack_CountFromNow(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var owner = await world.OwnerAsync();
        var partner = (await world.IntegratorAsync("Brightwater Systems")).AccountId!.Value;
        var group = await new MoneyWorld(portal).GroupAsync();
        var plan = (await PublishAsync(portal, null, "Standard", new PlanForm(), null, owner)).Value.PlanId;

        Assert.True((await AssignAsync(portal, PlanScope.Program, 0, plan, owner)).Ok);
        Assert.True((await AssignAsync(portal, PlanScope.Group, group, plan, owner)).Ok);
        Assert.True((await AssignAsync(portal, PlanScope.Partner, partner, plan, owner)).Ok);
        Assert.Equal(["", "Brightwater Systems"], (await ListAsync(portal, owner)).Single().Holders.Where(h => h.Scope is not PlanScope.Group).Select(h => h.Target));
        Assert.True((await AssignAsync(portal, PlanScope.Partner, partner, null, owner)).Ok);
        Assert.Equal([PlanScope.Program, PlanScope.Group], (await ListAsync(portal, owner)).Single().Holders.Select(h => h.Scope));
        Assert.Equal(new PlanRefused(PlanProblem.NoSuchGroup, "Target"), (await AssignAsync(portal, PlanScope.Group, 4711, plan, owner)).Error);
        Assert.Equal(new PlanRefused(PlanProblem.NoSuchPartner, "Target"), (await AssignAsync(portal, PlanScope.Partner, -1, plan, owner)).Error);
        Assert.Equal(new PlanRefused(PlanProblem.NoSuchPlan, "Plan"), (await AssignAsync(portal, PlanScope.Program, 0, 4711, owner)).Error);
        await AppendOnlyRows.AssertRefusedAsync(portal, "PlanAssignments", "\"TargetId\" = 7");
    }

    [Fact]
    public async Task Plans_ByAnybodyButTheOwner_AreRefused()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        foreach (var other in new[] { await world.SupportAsync(), await world.IntegratorAsync("Brightwater Systems"), Actor.Visitor })
        {
            Assert.IsType<NotAllowed>((await PublishAsync(portal, null, "Mine", new PlanForm(), null, other)).Error);
            Assert.IsType<NotAllowed>((await AssignAsync(portal, PlanScope.Program, 0, null, other)).Error);
            Assert.Empty(await ListAsync(portal, other));
        }
    }

    [Theory]
    [InlineData("Levels", "", PlanProblem.LevelUnreadable, "Level1")]
    [InlineData("Levels", "101 %", PlanProblem.LevelUnreadable, "Level1")]
    [InlineData("Levels", "12.345 %", PlanProblem.LevelUnreadable, "Level1")]
    [InlineData("Levels", "5 XYZ", PlanProblem.LevelUnreadable, "Level1")]
    [InlineData("Levels", "5.001 EUR", PlanProblem.LevelUnreadable, "Level1")]
    [InlineData("Levels", "60 %|41 %", PlanProblem.LevelsAboveWhole, "Level1")]
    [InlineData("HoldDays", "366", PlanProblem.HoldDaysWrong, "HoldDays")]
    [InlineData("HoldDays", "x", PlanProblem.HoldDaysWrong, "HoldDays")]
    [InlineData("Months", "0", PlanProblem.MonthsWrong, "Months")]
    [InlineData("MaxPerPurchase", "100", PlanProblem.AmountsUnreadable, "MaxPerPurchase")]
    [InlineData("MaxPerClient", "1 EUR; 2 EUR", PlanProblem.AmountsUnreadable, "MaxPerClient")]
    [InlineData("MaxShare", "many", PlanProblem.PercentUnreadable, "MaxShare")]
    [InlineData("Discount", "-5 %", PlanProblem.DiscountUnreadable, "Discount")]
    public void Read_WrongTerms_SaysWhatAndWhere(string field, string typed, PlanProblem problem, string at)
    {
        var form = new PlanForm { Span = EarningSpan.Months };
        if (field == "Levels")
        {
            form.Levels.Clear();
            form.Levels.AddRange(typed.Split('|'));
        }
        else
        {
            typeof(PlanForm).GetProperty(field)!.SetValue(form, typed);
        }

        Assert.Equal(new PlanRefused(problem, at), form.Read().Problem);
    }

    [Fact]
    public void Read_TermsOfAllKinds_AreKeptAndComeBack()
    {
        var form = new PlanForm
        {
            Products = "team, Team , solo",
            Span = EarningSpan.Months,
            Months = "6",
            HoldDays = "0",
            MaxPerPurchase = "100 EUR; usd 110.50",
            MaxShare = "30",
            Inactive = InactiveRule.PassUp,
            Discount = "5,00 EUR",
        };
        form.Levels.Clear();
        form.Levels.AddRange(["12,5 %", "15 EUR; 1600 JPY", "0.25"]);

        var rules = PlanForm.Of(PlanRules.Read(form.Read().Rules!.Write())).Read().Rules!;

        Assert.Equal([1250, null, 25], rules.Levels.Select(l => l.BasisPoints));
        Assert.Equal((1500L, 1600L), (rules.Levels[1].Fixed!["EUR"], rules.Levels[1].Fixed!["JPY"]));
        Assert.Equal(["team", "solo"], rules.Products);
        Assert.Equal((6, 0, 10_000L, 11_050L, 3000, InactiveRule.PassUp, 500L), (rules.Months, rules.HoldDays, rules.MaxPerPurchase["EUR"], rules.MaxPerPurchase["USD"], rules.MaxShareBasisPoints, rules.Inactive, rules.Discount!.Fixed!["EUR"]));
    }

    [Theory]
    [InlineData(1000, null, 4999, true, 500)]
    [InlineData(1000, null, 4999, false, 0)]
    [InlineData(null, 500L, 4999, true, 500)]
    [InlineData(null, 500L, 300, true, 300)]
    [InlineData(10_000, null, 4999, true, 4999)]
    public void Of_Discount_IsForTheFirstPurchaseAndNeverMoreThanThePrice(int? share, long? amount, long price, bool isFirst, long expected) =>
        Assert.Equal(expected, new ClientDiscount(share, amount is { } a ? new Dictionary<string, long> { ["EUR"] = a } : null).Of(price, "EUR", isFirst));

    [Fact]
    public async Task Page_TermsTyped_ExampleFollowsAndPlanIsMadeAndGiven()
    {
        await using var portal = await TestPortal.StartAsync();
        await using var pages = new ClientPages(portal, await new World(portal).OwnerAsync());
        var page = pages.Render<CommissionPlansPage>();
        Assert.Contains("Level 1 gets €10.00", page.Markup, StringComparison.Ordinal);

        await page.ActAsync("#plan-level-1", i => i.InputAsync(new() { Value = "12.5 %" }));
        Assert.Contains("Level 1 gets €12.50", page.Markup, StringComparison.Ordinal);
        await page.ActAsync("#plan-discount", i => i.InputAsync(new() { Value = "10 %" }));
        Assert.Contains("Level 1 gets €11.25", page.Markup, StringComparison.Ordinal);
        Assert.Contains("€11.25 in all; €78.75 stay with the program", page.Markup, StringComparison.Ordinal);
        await page.ActAsync("form[aria-labelledby=s-terms]", f => f.SubmitAsync());
        Assert.Contains("Give the plan a name", page.Markup, StringComparison.Ordinal);
        await page.ActAsync("#plan-name", i => i.InputAsync(new() { Value = "Standard" }));
        await page.ActAsync("form[aria-labelledby=s-terms]", f => f.SubmitAsync());

        var made = pages.Render<CommissionPlansPage>();
        Assert.Contains("Versions of Standard", made.Markup, StringComparison.Ordinal);
        await made.ActAsync("section form", f => f.SubmitAsync());
        Assert.Contains("All partners", made.Find("ul.chips").TextContent, StringComparison.Ordinal);
        Assert.Equal(1, await portal.ReadAsync(db => db.PlanAssignments.CountAsync()));
    }

    private static Task<Result<PublishedVersion>> PublishAsync(TestPortal portal, long? plan, string? name, PlanForm form, DateOnly? from, Actor actor) =>
        portal.CallAsync<PublishPlanVersion, Result<PublishedVersion>>(p => p.ExecuteAsync(plan, name, form, from, actor, default));

    private static Task<Result<Done>> AssignAsync(TestPortal portal, PlanScope scope, long target, long? plan, Actor actor) =>
        portal.CallAsync<AssignCommissionPlan, Result<Done>>(a => a.ExecuteAsync(scope, target, plan, actor, default));

    private static Task<IReadOnlyList<PlanRow>> ListAsync(TestPortal portal, Actor actor) => portal.CallAsync<CommissionPlanQueries, IReadOnlyList<PlanRow>>(q => q.ListAsync(actor, default));
}
