using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Accounts;

public sealed class AccountSearchTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task SearchAsync_AnySpelling_FindsTheAccount(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var support = await world.SupportAsync();
        var jose = await world.PersonAsync("José Álvarez-Nuñez", "jose@almeida-padaria.test");
        await world.PersonAsync("Marek Łukasz", "marek@example.test");
        await ChangeAsync(portal, jose, a =>
        {
            a.ChangeContact(a.Name, a.Email, "+33639981207", null);
            a.SetExternalId("CRM_100%/7");
        });
        var number = Account.NumberOffset + jose.AccountId!.Value;
        var code = await world.CodeOfAsync(jose);

        foreach (var typed in new[]
        {
            "ALVAREZ", "nunez jose", "almeida-padaria", "+33 6 39 98 12 07", "06 39 98 12 07", "0033 639 981207", "+33 (0)6 39 98", "981207",
            number.ToString(System.Globalization.CultureInfo.InvariantCulture), code, code.ToLowerInvariant(), "crm_100%", "CRM_100%/7",
        })
        {
            Assert.Equal([jose.AccountId.Value], await IdsAsync(portal, typed, support));
        }

        Assert.Equal(2, (await IdsAsync(portal, "z", support)).Count);
        Assert.Empty(await IdsAsync(portal, "crm1100", support));
        Assert.Empty(await IdsAsync(portal, "jose lukasz", support));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task SearchAsync_Pages_GoForthAndBackWithoutLosingAny(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var support = await world.SupportAsync();
        for (var i = 0; i < (AccountSearchQueries.PageSize * 2) + 3; i++)
        {
            await world.PersonAsync($"Client {i}");
        }

        var query = SearchQuery.Parse("client");
        var first = await SearchAsync(portal, query, null, support);
        var second = await SearchAsync(portal, query, first.Page.Next, support);
        var third = await SearchAsync(portal, query, second.Page.Next, support);
        var back = await SearchAsync(portal, query, third.Page.Previous, support);
        var start = await SearchAsync(portal, query, back.Page.Previous, support);

        Assert.Equal(53, first.Count);
        Assert.Equal((25, 25, 3), (first.Page.Items.Count, second.Page.Items.Count, third.Page.Items.Count));
        Assert.Null(first.Page.Previous);
        Assert.Null(third.Page.Next);
        Assert.Equal(53, first.Page.Items.Concat(second.Page.Items).Concat(third.Page.Items).Select(h => h.Id).Distinct().Count());
        Assert.Equal(second.Page.Items, back.Page.Items);
        Assert.Equal(first.Page.Items, start.Page.Items);
        Assert.Null(start.Page.Previous);
        Assert.Equal(first.Page.Items, (await SearchAsync(portal, query, "no cursor", support)).Page.Items);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Queries_NoStaff_ReadNothing(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var id = partner.AccountId!.Value;

        Assert.Empty((await SearchAsync(portal, SearchQuery.Parse(null), null, partner)).Page.Items);
        Assert.Empty(await portal.CallAsync<AccountSearchQueries, IReadOnlyDictionary<long, string>>(q => q.NamesAsync([id], partner, default)));
        Assert.Null(await portal.CallAsync<AccountRecordQueries, AccountRecord?>(q => q.FindAsync(id, partner, default)));
        Assert.Empty(await portal.CallAsync<AccountRecordQueries, IReadOnlyList<AccountMember>>(q => q.MembersAsync(id, partner, default)));
        Assert.Empty((await portal.CallAsync<AuditQueries, Page<AuditRow>>(q => q.FindAsync(AuditFilter.None, null, 10, partner, default))).Items);
    }

    [Fact]
    public void SearchText_FollowsEveryChangeOfTheAccount()
    {
        var account = new Account(AccountKind.Person, "Zoë Müller", "KM7QX4WT", "en", AccountState.Active, DateTime.UnixEpoch);
        Assert.Equal("zoe muller km7qx4wt", account.SearchText);

        account.ChangeContact("Zoë Weiß", "zoe@example.test", "+4930231", null);
        account.SetExternalId("CRM-1");
        Assert.Equal("zoe weiss zoe@example.test +4930231 km7qx4wt crm-1", account.SearchText);

        account.ChangeEmail("z@example.test");
        Assert.Contains("z@example.test", account.SearchText, StringComparison.Ordinal);

        account.Close();
        Assert.Equal("km7qx4wt", account.SearchText);
    }

    private static async Task<IReadOnlyList<long>> IdsAsync(TestPortal portal, string typed, Actor actor) =>
        [.. (await SearchAsync(portal, SearchQuery.Parse(typed), null, actor)).Page.Items.Select(h => h.Id)];

    private static Task<AccountHits> SearchAsync(TestPortal portal, SearchQuery query, string? cursor, Actor actor) =>
        portal.CallAsync<AccountSearchQueries, AccountHits>(q => q.SearchAsync(query, cursor, actor, default));

    private static async Task ChangeAsync(TestPortal portal, Actor actor, Action<Account> change)
    {
        await using var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync();
        change(await work.Db.Accounts.SingleAsync(a => a.Id == actor.AccountId));
        work.Audit(Actor.System, AuditActions.AccountChanged, ("account", actor.AccountId), actor.AccountId);
        await work.CommitAsync(default);
    }
}
