using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Notifications;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.AccessGrants;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Notifications;

/// <summary>A partner with an admin, a seller and one for finance, another partner, and a client who can join.</summary>
public sealed class NotificationScene : IAsyncDisposable
{
    private NotificationScene(TestPortal portal) => Portal = portal;

    public TestPortal Portal { get; }

    public Actor Admin { get; private set; } = Actor.Visitor;

    public Actor Seller { get; private set; } = Actor.Visitor;

    public Actor Finance { get; private set; } = Actor.Visitor;

    public Actor Wrong { get; private set; } = Actor.Visitor;

    public Actor Client { get; private set; } = Actor.Visitor;

    public Actor Support { get; private set; } = Actor.Visitor;

    public AccessWorld Access => new(Portal);

    public static async Task<NotificationScene> StartAsync(DatabaseKind kind = DatabaseKind.Sqlite)
    {
        var scene = new NotificationScene(await TestPortal.StartAsync(kind));
        var world = new World(scene.Portal);
        scene.Admin = await world.IntegratorAsync("Nordwind", "admin@nordwind.test");
        scene.Seller = await world.ColleagueAsync(scene.Admin, "Sally Seller", MemberRole.Seller, "sally@nordwind.test");
        scene.Finance = await world.ColleagueAsync(scene.Admin, "Fiona Finance", MemberRole.Finance, "fiona@nordwind.test");
        scene.Wrong = await world.IntegratorAsync("Wrongway", "admin@wrongway.test");
        scene.Client = await world.PersonAsync("Clara Client", "clara@client.test");
        scene.Support = await world.SupportAsync();
        // Nobody is told of what was before the first reading.
        Assert.Equal(0, await scene.TellAsync());
        return scene;
    }

    public Task<int> TellAsync() => Portal.CallAsync<MakeNotifications, int>(m => m.ExecuteAsync(default));

    public Task<int> DigestAsync() => Portal.CallAsync<SendDigests, int>(s => s.ExecuteAsync(default));

    public async Task JoinAsync()
    {
        await Access.JoinAsync(Admin, Client);
        await TellAsync();
    }

    public async Task<IReadOnlyList<NotificationLine>> LinesAsync(Actor actor) =>
        (await Portal.CallAsync<NotificationQueries, Page<NotificationLine>>(q => q.PageAsync(null, null, 50, actor, default))).Items;

    public Task<int> NewAsync(Actor actor) => Portal.CallAsync<NotificationQueries, int>(q => q.CountNewAsync(actor, default));

    public async Task WishAsync(Actor actor, NotificationKind kind, bool inPortal, MailWish mail, string? zone = null) =>
        Assert.True((await Portal.CallAsync<KeepWish, Result<Done>>(k => k.ExecuteAsync(kind, new NotificationWish(inPortal, mail), zone, actor, default))).Ok);

    public Task<List<string>> MailsAsync(string kind) => Portal.ReadAsync(db => db.OutboxMessages.Where(m => m.Kind == kind).OrderBy(m => m.Id).Select(m => m.ToAddress).ToListAsync());

    /// <summary>The client buys so often, and its partner earns.</summary>
    public async Task BuyAsync(params string[] ids)
    {
        var money = new MoneyWorld(Portal);
        if (!await Portal.ReadAsync(db => db.CommissionPlans.AnyAsync()))
        {
            await money.AssignAsync(PlanScope.Program, 0, await money.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000)], HoldDays = 30 }));
            Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        foreach (var id in ids)
        {
            await money.BuyAsync(money.Purchase(Client.AccountId!.Value, id));
        }
    }

    public async Task WorkAsync(Func<PortalTransaction, NotificationBook, Task> write) => await Portal.InScopeAsync(async services =>
    {
        await using var work = await services.GetRequiredService<PortalDb>().BeginAsync();
        await write(work, services.GetRequiredService<NotificationBook>());
        await work.CommitAsync(default);
        return true;
    });

    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}
