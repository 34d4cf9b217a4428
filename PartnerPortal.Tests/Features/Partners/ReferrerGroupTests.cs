using Bunit;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Partners;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Clients;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Partners;

public sealed class ReferrerGroupTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_Chosen_NewReferrersComeIntoIt(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, money) = (new World(portal), new MoneyWorld(portal));
        var owner = await world.OwnerAsync();
        long[] groups = [await money.GroupAsync(), await money.GroupAsync()];
        Assert.Null(await GroupOfNewReferrerAsync(portal, world, "Ana"));

        Assert.True((await ChooseAsync(portal, groups[0], owner)).Ok);
        Assert.Equal(groups[0], await GroupOfNewReferrerAsync(portal, world, "Ben"));
        // What it earns goes by how it stood: the first standing knows the group already.
        Assert.Equal(1, await portal.ReadAsync(db => db.PartnerStandings.CountAsync(s => s.GroupId == groups[0])));

        Assert.True((await ChooseAsync(portal, groups[1], owner)).Ok);
        Assert.Equal([groups[1]], await portal.ReadAsync(db => db.PartnerGroups.Where(g => g.TakesReferrers).Select(g => g.Id).ToArrayAsync()));
        Assert.Equal(groups[1], await GroupOfNewReferrerAsync(portal, world, "Cleo"));

        Assert.True((await ChooseAsync(portal, null, owner)).Ok);
        Assert.Null(await GroupOfNewReferrerAsync(portal, world, "Dag"));
        Assert.Equal(1, await portal.ReadAsync(db => db.Partners.CountAsync(p => p.GroupId == groups[0])));
        Assert.Equal(3, await portal.ReadAsync(db => db.AuditEntries.CountAsync(a => a.Action == AuditActions.ReferrerGroupChosen)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_NotTheOwnerOrNoSuchGroup_ChangesNothing(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (owner, group) = (await world.OwnerAsync(), await new MoneyWorld(portal).GroupAsync());
        Assert.True((await ChooseAsync(portal, group, owner)).Ok);

        Assert.IsType<NoSuchGroup>((await ChooseAsync(portal, 4711, owner)).Error);
        foreach (var actor in new[] { Actor.Visitor, await world.SupportAsync(), await world.IntegratorAsync("Brightwater Systems"), await world.PersonAsync("Nina Novak") })
        {
            Assert.IsType<NotAllowed>((await ChooseAsync(portal, null, actor)).Error);
        }

        Assert.True(await portal.ReadAsync(db => db.PartnerGroups.AllAsync(g => g.TakesReferrers)));
    }

    [Fact]
    public async Task Page_GroupChosen_SaysSoAndShowsItAgain()
    {
        await using var portal = await TestPortal.StartAsync();
        var (owner, money) = (await new World(portal).OwnerAsync(), new MoneyWorld(portal));
        await money.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000)] }, "Standard");
        await using var pages = new ClientPages(portal, owner);
        Assert.Contains("There is no group yet", pages.Render<CommissionPlansPage>().Markup, StringComparison.Ordinal);
        var group = await money.GroupAsync();

        var page = pages.Render<CommissionPlansPage>();
        await page.ActAsync("#referrer-group", s => s.ChangeAsync(new() { Value = $"{group}" }));
        await page.ActAsync("section[aria-labelledby=s-referrers] form", f => f.SubmitAsync());

        Assert.Contains("takes the clients who recommend", page.Markup, StringComparison.Ordinal);
        Assert.Equal($"{group}", pages.Render<CommissionPlansPage>().Find("#referrer-group").GetAttribute("value"));
        Assert.True(await portal.ReadAsync(db => db.PartnerGroups.Where(g => g.Id == group).Select(g => g.TakesReferrers).SingleAsync()));
    }

    private static Task<Result<Done>> ChooseAsync(TestPortal portal, long? group, Actor actor) =>
        portal.CallAsync<ChooseReferrerGroup, Result<Done>>(c => c.ExecuteAsync(group, actor, default));

    /// <summary>Somebody recommends for the first time, and somebody else says Yes.</summary>
    private static async Task<long?> GroupOfNewReferrerAsync(TestPortal portal, World world, string name)
    {
        var (referrer, friend) = (await world.PersonAsync(name), await world.PersonAsync(name + "'s friend"));
        var code = await world.CodeOfAsync(referrer);
        Assert.True((await portal.CallAsync<JoinPartner, Result<JoinOffer>>(j => j.ExecuteAsync(new JoinRequest(code, null, "en", []), friend, default))).Ok);
        return await portal.ReadAsync(db => db.Partners.Where(p => p.AccountId == referrer.AccountId).Select(p => p.GroupId).SingleAsync());
    }
}
