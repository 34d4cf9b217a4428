using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Webhooks;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.AccessGrants;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Webhooks;

/// <summary>A portal that may call a receiver on this machine, a partner with a client, and the program's owner.</summary>
public sealed class WebhookScene : IAsyncDisposable
{
    private WebhookScene(TestPortal portal, WebhookTestServer server) => (Portal, Server) = (portal, server);

    public TestPortal Portal { get; }

    public WebhookTestServer Server { get; }

    public Actor Partner { get; private set; } = Actor.Visitor;

    public Actor Owner { get; private set; } = Actor.Visitor;

    public Actor Client { get; private set; } = Actor.Visitor;

    public MoneyWorld Money => new(Portal);

    public AccessWorld Access => new(Portal);

    public static async Task<WebhookScene> StartAsync(DatabaseKind kind = DatabaseKind.Sqlite)
    {
        var server = await WebhookTestServer.StartAsync();
        var portal = await TestPortal.StartAsync(kind, settings: server.Settings);
        var scene = new WebhookScene(portal, server);
        var world = new World(portal);
        scene.Partner = await world.IntegratorAsync("Rightway", "admin@rightway.test", "es");
        scene.Owner = await world.OwnerAsync();
        scene.Client = await world.PersonAsync("Clara Zwitscher", "clara@client.test");
        // The queue begins now.
        await scene.QueueAsync();
        return scene;
    }

    public async Task<MadeEndpoint> AddAsync(Actor actor, string path = "/hook", params string[] kinds) => (await Portal.CallAsync<AddWebhook, Result<MadeEndpoint>>(a => a.ExecuteAsync(
        new EndpointForm(new Uri(Server.Address, path).AbsoluteUri, "", kinds.Length == 0 ? null : kinds), actor.IsOwner, actor, default))).Value;

    public Task<int> QueueAsync() => Portal.CallAsync<QueueDeliveries, int>(q => q.ExecuteAsync(default));

    public Task<int> DispatchAsync() => Portal.CallAsync<WebhookDispatcher, int>(d => d.ExecuteAsync(default));

    /// <summary>Queues what happened and delivers what is due.</summary>
    public async Task TellAsync()
    {
        await QueueAsync();
        await DispatchAsync();
    }

    public Task JoinAsync() => Access.JoinAsync(Partner, Client);

    public async Task BuyAsync(string id, long? client = null) => Assert.True((await Money.BuyAsync(Money.Purchase(client ?? Client.AccountId!.Value, id))).Ok);

    public async Task LeaveAsync() => Assert.Null((await Portal.CallAsync<LeavePartner, Result<Done>>(l => l.ExecuteAsync(Client, default))).Error);

    public Task<List<WebhookDelivery>> DeliveriesAsync() => Portal.ReadAsync(db => db.WebhookDeliveries.OrderBy(d => d.Id).ToListAsync());

    public Task<WebhookEndpoint> EndpointAsync(long id) => Portal.ReadAsync(db => db.WebhookEndpoints.SingleAsync(e => e.Id == id));

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await Server.DisposeAsync();
    }
}
