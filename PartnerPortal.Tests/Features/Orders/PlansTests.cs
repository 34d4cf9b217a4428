using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Orders;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Orders;

/// <summary>The owner's plans.</summary>
public sealed class PlansTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Save_NewThenChangedThenArchived_IsOnSaleAsSaid(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var shop = new ShopWorld(portal);
        var id = await shop.PlanAsync("team", "49.00 EUR; 55 USD; 900 JPY", "Team", "19 %", PlanPeriod.Month);

        var made = Assert.Single(await OnSaleAsync(portal));
        Assert.Equal(("team", "Team", PlanPeriod.Month, 1900), (made.Code, made.Name, made.Period, made.TaxBasisPoints));
        Assert.Equal(new SortedDictionary<string, long> { ["EUR"] = 4900, ["JPY"] = 900, ["USD"] = 5500 }, made.Prices);

        Assert.True((await SaveAsync(portal, id, new PlanDraft { Name = "Team plus", Prices = "59 EUR", Tax = "7 %" })).Ok);
        Assert.Equal(("Team plus", 5900L), (Assert.Single(await OnSaleAsync(portal)).Name, (await OnSaleAsync(portal))[0].Prices["EUR"]));
        Assert.True((await SaveAsync(portal, id, new PlanDraft { Name = "Team plus", Prices = "59 EUR", IsShown = false })).Ok);
        Assert.Empty(await OnSaleAsync(portal));
        Assert.True((await SaveAsync(portal, id, new PlanDraft { Name = "Team plus", Prices = "59 EUR" })).Ok);
        Assert.True((await ArchiveAsync(portal, id, true, ShopWorld.Owner)).Ok);
        Assert.Empty(await OnSaleAsync(portal));
        Assert.NotNull(Assert.Single(await portal.CallAsync<PlanQueries, IReadOnlyList<PlanRow>>(q => q.ListAsync(ShopWorld.Owner, default))).ArchivedAt);
        Assert.True((await ArchiveAsync(portal, id, false, ShopWorld.Owner)).Ok);
        Assert.Single(await OnSaleAsync(portal));
    }

    [Fact]
    public async Task Save_WhatCannotBe_IsRefusedWithItsField()
    {
        await using var portal = await TestPortal.StartAsync();
        await new ShopWorld(portal).PlanAsync("team");

        await RefusedAsync(new PlanDraft { Code = "TEAM", Name = "x", Prices = "1 EUR" }, PlanFault.CodeTaken, nameof(PlanDraft.Code));
        await RefusedAsync(new PlanDraft { Code = " ", Name = "x", Prices = "1 EUR" }, PlanFault.CodeMissing, nameof(PlanDraft.Code));
        await RefusedAsync(new PlanDraft { Code = "a b", Name = "x", Prices = "1 EUR" }, PlanFault.CodeBad, nameof(PlanDraft.Code));
        await RefusedAsync(new PlanDraft { Code = "a", Name = "  ", Prices = "1 EUR" }, PlanFault.NameMissing, nameof(PlanDraft.Name));
        foreach (var prices in new[] { "", "0 EUR", "-1 EUR", "1 XXX", "1.001 EUR", "1 EUR; 2 EUR", "10", "99999999999999 EUR" })
        {
            await RefusedAsync(new PlanDraft { Code = "a", Name = "x", Prices = prices }, PlanFault.PricesUnreadable, nameof(PlanDraft.Prices));
        }

        await RefusedAsync(new PlanDraft { Code = "a", Name = "x", Prices = "1 EUR", Tax = "101 %" }, PlanFault.TaxUnreadable, nameof(PlanDraft.Tax));
        await RefusedAsync(new PlanDraft { Code = "a", Name = "x", Prices = "1 EUR", Position = "-1" }, PlanFault.PositionUnreadable, nameof(PlanDraft.Position));
        Assert.Equal(1, await portal.ReadAsync(db => db.Plans.CountAsync()));

        async Task RefusedAsync(PlanDraft draft, PlanFault fault, string field) => Assert.Equal(new PlanWrong(fault, field), (await SaveAsync(portal, null, draft)).Error);
    }

    [Fact]
    public async Task Plans_ChangedByOthers_AreNot()
    {
        await using var portal = await TestPortal.StartAsync();
        var shop = new ShopWorld(portal);
        var id = await shop.PlanAsync();
        foreach (var actor in new[] { Actor.Visitor, await shop.People.PersonAsync("Clara Client"), await shop.People.SupportAsync(), await shop.People.IntegratorAsync("Brightwater") })
        {
            Assert.IsType<NotAllowed>((await portal.CallAsync<SavePlan, Result<long>>(s => s.ExecuteAsync(id, new PlanDraft { Name = "x", Prices = "1 EUR" }, actor, default))).Error);
            Assert.IsType<NotAllowed>((await ArchiveAsync(portal, id, true, actor)).Error);
            Assert.Empty(await portal.CallAsync<PlanQueries, IReadOnlyList<PlanRow>>(q => q.ListAsync(actor, default)));
        }
    }

    private static Task<Result<long>> SaveAsync(TestPortal portal, long? id, PlanDraft draft) => portal.CallAsync<SavePlan, Result<long>>(s => s.ExecuteAsync(id, draft, ShopWorld.Owner, default));

    private static Task<Result<Done>> ArchiveAsync(TestPortal portal, long id, bool archived, Actor actor) => portal.CallAsync<ArchivePlan, Result<Done>>(a => a.ExecuteAsync(id, archived, actor, default));

    private static Task<IReadOnlyList<PlanRow>> OnSaleAsync(TestPortal portal) => portal.CallAsync<PlanQueries, IReadOnlyList<PlanRow>>(q => q.OnSaleAsync(default));
}
