using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Webhooks;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Webhooks;

/// <summary>Adding, changing and reading endpoints, and who may.</summary>
public sealed class WebhookEndpointTests
{
    private static readonly EndpointForm Form = new("https://hooks.example.com/portal", "ERP", ["client.joined"]);

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_OfSomebodyElse_IsNotThere(DatabaseKind kind)
    {
        await using var scene = await WebhookScene.StartAsync(kind);
        var world = new World(scene.Portal);
        var (own, program) = (await scene.AddAsync(scene.Partner), await scene.AddAsync(scene.Owner));
        await scene.JoinAsync();
        await scene.TellAsync();
        var delivery = (await scene.DeliveriesAsync()).First(d => d.EndpointId == own.Id).Id;
        Actor[] strangers =
        [
            Actor.Visitor, scene.Client, await world.IntegratorAsync("Wrongway"), await world.SupportAsync(),
            await world.ColleagueAsync(scene.Partner, "Fiona Finance", MemberRole.Finance), await world.ColleagueAsync(scene.Partner, "Sally Seller", MemberRole.Seller),
        ];
        foreach (var actor in strangers.Append(scene.Owner))
        {
            await AssertRefusedAsync(own.Id, actor);
        }

        foreach (var actor in strangers.Append(scene.Partner))
        {
            await AssertRefusedAsync(program.Id, actor);
            Assert.IsType<NotAllowed>((await scene.Portal.CallAsync<AddWebhook, Result<MadeEndpoint>>(a => a.ExecuteAsync(Form, true, actor, default))).Error);
            Assert.Empty(await scene.Portal.CallAsync<WebhookQueries, IReadOnlyList<EndpointRow>>(q => q.ListAsync(true, actor, default)));
        }

        foreach (var actor in new[] { scene.Client, strangers[4], strangers[5] })
        {
            Assert.IsType<NotAllowed>((await scene.Portal.CallAsync<AddWebhook, Result<MadeEndpoint>>(a => a.ExecuteAsync(Form, false, actor, default))).Error);
        }

        Assert.Equal(own.Id, Assert.Single(await scene.Portal.CallAsync<WebhookQueries, IReadOnlyList<EndpointRow>>(q => q.ListAsync(false, scene.Partner, default))).Id);

        async Task AssertRefusedAsync(long id, Actor actor)
        {
            Assert.IsType<NoSuchEndpoint>((await scene.Portal.CallAsync<ChangeWebhook, Result<Done>>(c => c.ExecuteAsync(id, Form, actor, default))).Error);
            Assert.IsType<NoSuchEndpoint>((await scene.Portal.CallAsync<RotateSecret, Result<MadeEndpoint>>(c => c.ExecuteAsync(new EndpointRequest(id), actor, default))).Error);
            Assert.IsType<NoSuchEndpoint>((await scene.Portal.CallAsync<PauseWebhook, Result<Done>>(c => c.ExecuteAsync(id, actor, default))).Error);
            Assert.IsType<NoSuchEndpoint>((await scene.Portal.CallAsync<ResumeWebhook, Result<Done>>(c => c.ExecuteAsync(id, actor, default))).Error);
            Assert.IsType<NoSuchEndpoint>((await scene.Portal.CallAsync<DeleteWebhook, Result<Done>>(c => c.ExecuteAsync(id, actor, default))).Error);
            Assert.IsType<NoSuchEndpoint>((await scene.Portal.CallAsync<SendTestEvent, Result<SentDelivery>>(c => c.ExecuteAsync(new EndpointRequest(id), actor, default))).Error);
            if (id == own.Id)
            {
                Assert.IsType<NoSuchDelivery>((await scene.Portal.CallAsync<SendDeliveryAgain, Result<SentDelivery>>(c => c.ExecuteAsync(new DeliveryRequest(delivery), actor, default))).Error);
                Assert.Null(await scene.Portal.CallAsync<WebhookQueries, DeliveryCard?>(q => q.CardAsync(id, delivery, actor, default)));
            }

            Assert.Null(await scene.Portal.CallAsync<WebhookQueries, EndpointRow?>(q => q.FindAsync(id, false, actor, default)) is { } mine && mine.Id != id ? mine : null);
            Assert.Empty((await scene.Portal.CallAsync<WebhookQueries, Page<DeliveryRow>>(q => q.PageAsync(id, null, null, actor, default))).Items);
            Assert.Empty(await scene.Portal.CallAsync<WebhookQueries, IReadOnlyDictionary<DeliveryState, int>>(q => q.CountsAsync(id, actor, default)));
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_Rotated_BothSecretsSignForADay(DatabaseKind kind)
    {
        await using var scene = await WebhookScene.StartAsync(kind);
        var made = await scene.AddAsync(scene.Partner);
        var rotated = (await scene.Portal.CallAsync<RotateSecret, Result<MadeEndpoint>>(r => r.ExecuteAsync(new EndpointRequest(made.Id), scene.Partner, default))).Value;
        Assert.NotEqual(made.Secret, rotated.Secret);

        Assert.Equal([rotated.Secret, made.Secret], await SignersAsync());
        scene.Portal.Clock.Advance(TimeSpan.FromHours(23.9));
        Assert.Equal([rotated.Secret, made.Secret], await SignersAsync());
        scene.Portal.Clock.Advance(TimeSpan.FromHours(0.2));
        Assert.Equal([rotated.Secret], await SignersAsync());
        var row = await scene.EndpointAsync(made.Id);
        Assert.DoesNotContain(made.Secret, System.Text.Encoding.Latin1.GetString([.. row.SealedSecret, .. row.FormerSecret!]), StringComparison.Ordinal);

        async Task<IEnumerable<string>> SignersAsync()
        {
            scene.Server.Received.Clear();
            await scene.Portal.CallAsync<SendTestEvent, Result<SentDelivery>>(s => s.ExecuteAsync(new EndpointRequest(made.Id), scene.Partner, default));
            await scene.DispatchAsync();
            var told = Assert.Single(scene.Server.Received);
            var time = long.Parse(told.Timestamp, System.Globalization.CultureInfo.InvariantCulture);
            return told.Signature.Split(' ').Select(s => new[] { made.Secret, rotated.Secret }.Single(secret => WebhookSecret.Sign(secret, told.Id, time, told.Body) == s));
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_PausedChangedAndDeleted_DoAsTheySay(DatabaseKind kind)
    {
        await using var scene = await WebhookScene.StartAsync(kind);
        var made = await scene.AddAsync(scene.Partner);
        Assert.True((await scene.Portal.CallAsync<PauseWebhook, Result<Done>>(p => p.ExecuteAsync(made.Id, scene.Partner, default))).Ok);
        Assert.IsType<NothingToChange>((await scene.Portal.CallAsync<PauseWebhook, Result<Done>>(p => p.ExecuteAsync(made.Id, scene.Partner, default))).Error);
        await scene.JoinAsync();
        await scene.TellAsync();
        Assert.Empty(scene.Server.Received);
        Assert.Equal(1, (await scene.Portal.CallAsync<WebhookQueries, EndpointRow?>(q => q.FindAsync(made.Id, false, scene.Partner, default)))!.Waiting);

        // A test goes to a paused one, too.
        await scene.Portal.CallAsync<SendTestEvent, Result<SentDelivery>>(s => s.ExecuteAsync(new EndpointRequest(made.Id), scene.Partner, default));
        await scene.DispatchAsync();
        Assert.Equal("test", Assert.Single(scene.Server.Received).Type);

        Assert.True((await scene.Portal.CallAsync<ChangeWebhook, Result<Done>>(c => c.ExecuteAsync(made.Id, new EndpointForm(new Uri(scene.Server.Address, "/new").AbsoluteUri, "ERP", ["purchase.recorded"]), scene.Partner, default))).Ok);
        Assert.True((await scene.Portal.CallAsync<ResumeWebhook, Result<Done>>(p => p.ExecuteAsync(made.Id, scene.Partner, default))).Ok);
        await scene.BuyAsync("o-1");
        await scene.LeaveAsync();
        await scene.TellAsync();
        Assert.Equal([("/new", "client.joined"), ("/new", "purchase.recorded")], scene.Server.Received.Skip(1).Select(r => (r.Path, r.Type)));

        Assert.True((await scene.Portal.CallAsync<DeleteWebhook, Result<Done>>(p => p.ExecuteAsync(made.Id, scene.Partner, default))).Ok);
        Assert.Empty(await scene.DeliveriesAsync());
        Assert.Equal(0, await scene.Portal.ReadAsync(db => db.WebhookAttempts.CountAsync()));
        var actions = await scene.Portal.ReadAsync(db => db.AuditEntries.Where(e => e.SubjectKind == "webhook").OrderBy(e => e.Id).Select(e => e.Action).ToListAsync());
        Assert.Equal([AuditActions.WebhookAdded, AuditActions.WebhookPaused, AuditActions.WebhookTested, AuditActions.WebhookChanged, AuditActions.WebhookResumed, AuditActions.WebhookDeleted], actions);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_SentAgain_ComesUnderTheSameId(DatabaseKind kind)
    {
        await using var scene = await WebhookScene.StartAsync(kind);
        var made = await scene.AddAsync(scene.Partner);
        await scene.JoinAsync();
        scene.Server.Say(500);
        await scene.TellAsync();
        var waiting = (await scene.DeliveriesAsync())[0];
        scene.Server.Say(200);

        Assert.Equal(waiting.Id, (await scene.Portal.CallAsync<SendDeliveryAgain, Result<SentDelivery>>(s => s.ExecuteAsync(new DeliveryRequest(waiting.Id), scene.Partner, default))).Value.Id);
        await scene.DispatchAsync();
        Assert.Equal((DeliveryState.Delivered, 2), ((await scene.DeliveriesAsync())[0].State, (await scene.DeliveriesAsync())[0].Attempts));
        var again = (await scene.Portal.CallAsync<SendDeliveryAgain, Result<SentDelivery>>(s => s.ExecuteAsync(new DeliveryRequest(waiting.Id), scene.Partner, default))).Value.Id;
        await scene.DispatchAsync();

        Assert.NotEqual(waiting.Id, again);
        Assert.Equal(3, scene.Server.Received.Count);
        Assert.Equal(waiting.MessageId, Assert.Single(scene.Server.Received.Select(r => r.Id).Distinct()));
        var card = await scene.Portal.CallAsync<WebhookQueries, DeliveryCard?>(q => q.CardAsync(made.Id, waiting.Id, scene.Partner, default));
        Assert.Equal([200, 500], card!.Attempts.Select(a => a.Status!.Value));
        Assert.Contains("\"type\": \"client.joined\"", card.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExecuteAsync_TooMany_AreRefused()
    {
        await using var scene = await WebhookScene.StartAsync();
        for (var i = 0; i < AddWebhook.Most; i++)
        {
            await scene.AddAsync(scene.Partner, $"/hook-{i}");
        }

        Assert.IsType<TooManyEndpoints>((await scene.Portal.CallAsync<AddWebhook, Result<MadeEndpoint>>(a => a.ExecuteAsync(Form, false, scene.Partner, default))).Error);
        Assert.True((await scene.Portal.CallAsync<AddWebhook, Result<MadeEndpoint>>(a => a.ExecuteAsync(Form, true, scene.Owner, default))).Ok);
    }
}
