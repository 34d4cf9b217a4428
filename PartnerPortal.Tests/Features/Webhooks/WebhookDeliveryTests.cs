using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Webhooks;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Webhooks;

/// <summary>What becomes of a delivery: signed, in order, tried again, given up.</summary>
public sealed class WebhookDeliveryTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_Events_ArriveSignedAndOnce(DatabaseKind kind)
    {
        await using var scene = await WebhookScene.StartAsync(kind);
        var made = await scene.AddAsync(scene.Partner);
        await scene.JoinAsync();
        await scene.BuyAsync("o-1");

        await scene.TellAsync();
        await scene.TellAsync();

        Assert.Equal(["client.joined", "purchase.recorded"], scene.Server.Received.Select(r => r.Type));
        foreach (var told in scene.Server.Received)
        {
            Assert.Equal(new DateTimeOffset(scene.Portal.Clock.Now).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), told.Timestamp);
            Assert.Equal(WebhookSecret.Sign(made.Secret, told.Id, long.Parse(told.Timestamp, CultureInfo.InvariantCulture), told.Body), told.Signature);
            Assert.Equal("application/json; charset=utf-8", told.ContentType);
            Assert.Equal("/hook", told.Path);
        }

        Assert.Equal(2, scene.Server.Received.Select(r => r.Id).Distinct().Count());
        Assert.All(await scene.DeliveriesAsync(), d => Assert.Equal((DeliveryState.Delivered, 1, 200), (d.State, d.Attempts, d.LastStatus!.Value)));
        Assert.NotNull((await scene.EndpointAsync(made.Id)).LastSuccessAt);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_FailedOne_HoldsBackLaterOnesOfItsClientAlone(DatabaseKind kind)
    {
        await using var scene = await WebhookScene.StartAsync(kind);
        var made = await scene.AddAsync(scene.Partner);
        var (world, other) = (new World(scene.Portal), await scene.AddAsync(scene.Owner, "/program"));
        var second = await world.PersonAsync("Sebastian Second");
        await scene.JoinAsync();
        await scene.Access.JoinAsync(scene.Partner, second);
        var record = await scene.Portal.ReadAsync(db => db.ClientRecords.Where(r => r.ClientId == scene.Client.AccountId).Select(r => r.Id).SingleAsync());
        var refuses = true;
        scene.Server.Answer = (told, _) => Task.FromResult(new SaidBack(refuses && told.Path == "/hook" && told.Type == "client.joined" && IsHis(told) ? 500 : 204));
        await scene.BuyAsync("o-1");
        await scene.BuyAsync("o-2", second.AccountId);
        await scene.LeaveAsync();

        await scene.TellAsync();

        Assert.Equal(["client.joined", "client.joined", "purchase.recorded"], At("/hook").Select(t => t.Type).Order());
        Assert.Equal(5, At("/program").Count());
        var waiting = (await scene.DeliveriesAsync()).Where(d => d.State is DeliveryState.Waiting).ToList();
        Assert.Equal(["client.joined", "purchase.recorded", "client.left"], waiting.Select(d => d.Kind));
        Assert.All(waiting, d => Assert.Equal((made.Id, scene.Client.AccountId), (d.EndpointId, d.ClientId)));

        refuses = false;
        scene.Portal.Clock.Advance(TimeSpan.FromSeconds(10));
        await scene.TellAsync();
        Assert.Equal(["client.joined", "client.joined", "purchase.recorded", "client.left"], At("/hook").Where(IsHis).Select(t => t.Type));
        Assert.Equal(5, (await scene.DeliveriesAsync()).Count(d => d.EndpointId == made.Id && d.State is DeliveryState.Delivered));
        Assert.NotEqual(made.Id, other.Id);

        bool IsHis(ToldWebhook told) => told.Data.GetProperty("client").GetProperty("id").GetInt64() == record;

        IEnumerable<ToldWebhook> At(string path) => scene.Server.Received.Where(t => t.Path == path);
    }

    [Theory]
    [InlineData(404, DeliveryProblem.Status)]
    [InlineData(500, DeliveryProblem.Status)]
    [InlineData(302, DeliveryProblem.Redirect)]
    [InlineData(308, DeliveryProblem.Redirect)]
    public async Task ExecuteAsync_OtherAnswerThanSuccess_IsAFailureWithItsText(int status, DeliveryProblem problem)
    {
        await using var scene = await WebhookScene.StartAsync();
        await scene.AddAsync(scene.Partner);
        await scene.JoinAsync();
        scene.Server.Answer = (_, _) => Task.FromResult(new SaidBack(status, "Not today, Clara Zwitscher. " + new string('x', 9000), new Uri(scene.Server.Address, "/elsewhere").AbsoluteUri));

        await scene.TellAsync();

        Assert.Equal("/hook", Assert.Single(scene.Server.Received).Path);
        var delivery = Assert.Single(await scene.DeliveriesAsync());
        Assert.Equal((DeliveryState.Waiting, 1, status, problem), (delivery.State, delivery.Attempts, delivery.LastStatus!.Value, delivery.LastProblem!.Value));
        Assert.InRange(delivery.NextAttemptAt, scene.Portal.Clock.Now.AddSeconds(5), scene.Portal.Clock.Now.AddSeconds(6));
        var attempt = await scene.Portal.ReadAsync(db => db.WebhookAttempts.SingleAsync());
        Assert.StartsWith("Not today, …. xxx", attempt.Answer, StringComparison.Ordinal);
        Assert.InRange(attempt.Answer.Length, 3000, WebhookAnswer.TextLength);
    }

    [Fact]
    public async Task ExecuteAsync_ReceiverThatHangsOrIsNotThere_IsTriedAgain()
    {
        await using var scene = await WebhookScene.StartAsync();
        var made = await scene.AddAsync(scene.Partner);
        await scene.JoinAsync();
        scene.Server.Answer = async (_, ct) =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            return new SaidBack(200);
        };

        await scene.TellAsync();
        Assert.Equal((DeliveryProblem.Timeout, (int?)null), (Assert.Single(await scene.DeliveriesAsync()).LastProblem, (await scene.DeliveriesAsync())[0].LastStatus));
        Assert.InRange(await scene.Portal.ReadAsync(db => db.WebhookAttempts.Select(a => a.DurationMs).SingleAsync()), 4500, 15000);

        await scene.Server.DisposeAsync();
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await scene.TellAsync();
        Assert.Equal((DeliveryProblem.Connection, 2), ((await scene.DeliveriesAsync())[0].LastProblem, (await scene.DeliveriesAsync())[0].Attempts));
        Assert.Equal(2, (await scene.EndpointAsync(made.Id)).FailuresInARow);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_Gone_DisablesDropsAndTellsTheAdminsInTheirLanguage(DatabaseKind kind)
    {
        await using var scene = await WebhookScene.StartAsync(kind);
        var made = await scene.AddAsync(scene.Partner);
        await scene.JoinAsync();
        await scene.BuyAsync("o-1");
        scene.Server.Say(410);

        await scene.TellAsync();
        await scene.BuyAsync("o-2");
        await scene.TellAsync();

        Assert.Single(scene.Server.Received);
        Assert.Equal(WebhookState.Gone, (await scene.EndpointAsync(made.Id)).State);
        Assert.Equal([DeliveryState.Dropped, DeliveryState.Dropped], (await scene.DeliveriesAsync()).Select(d => d.State));
        var mail = await MailAsync(scene);
        Assert.Equal((scene.Partner.Email, "es"), (mail.ToAddress, mail.Language));
        Assert.Contains("127.0.0.1", mail.Subject, StringComparison.Ordinal);
        Assert.Contains($"/developer/webhooks/{made.Id}", mail.Text, StringComparison.Ordinal);

        Assert.True((await scene.Portal.CallAsync<ResumeWebhook, Result<Done>>(r => r.ExecuteAsync(made.Id, scene.Partner, default))).Ok);
        scene.Server.Say(200);
        await scene.BuyAsync("o-3");
        await scene.TellAsync();
        Assert.Equal(2, scene.Server.Received.Count);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_AllAttemptsFail_GivesUpAndGoesOnWithTheNext(DatabaseKind kind)
    {
        await using var scene = await WebhookScene.StartAsync(kind);
        await scene.AddAsync(scene.Partner, kinds: "client.joined");
        await scene.JoinAsync();
        scene.Server.Say(503);
        await scene.TellAsync();
        for (var i = 1; i < WebhookRetries.Attempts; i++)
        {
            await scene.DispatchAsync();
            Assert.Equal(i, scene.Server.Received.Count);
            scene.Portal.Clock.Advance((await scene.DeliveriesAsync())[0].NextAttemptAt - scene.Portal.Clock.Now);
            await scene.DispatchAsync();
        }

        Assert.Equal((DeliveryState.GivenUp, WebhookRetries.Attempts), ((await scene.DeliveriesAsync())[0].State, (await scene.DeliveriesAsync())[0].Attempts));
        await scene.DispatchAsync();
        Assert.Equal(WebhookRetries.Attempts, scene.Server.Received.Count);
        Assert.Single(scene.Server.Received.Select(r => r.Id).Distinct());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_FailingForFiveDays_IsPausedWithOneMailAndKeepsWhatHappens(DatabaseKind kind)
    {
        await using var scene = await WebhookScene.StartAsync(kind);
        var made = await scene.AddAsync(scene.Owner);
        scene.Server.Say(500);
        for (var day = 0; day <= 6; day++)
        {
            await scene.BuyAsync($"o-{day}");
            await scene.TellAsync();
            scene.Portal.Clock.Advance(TimeSpan.FromDays(1));
        }

        var (state, came) = ((await scene.EndpointAsync(made.Id)).State, scene.Server.Received.Count);
        Assert.Equal(WebhookState.Failing, state);
        var mail = await MailAsync(scene);
        Assert.Equal(scene.Owner.Email, mail.ToAddress);
        Assert.Contains($"/admin/system/webhooks/{made.Id}", mail.Text, StringComparison.Ordinal);
        Assert.Equal(1, await scene.Portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.WebhookPaused)));
        await scene.BuyAsync("o-7");
        await scene.TellAsync();
        Assert.Equal(came, scene.Server.Received.Count);

        scene.Server.Say(200);
        Assert.True((await scene.Portal.CallAsync<ResumeWebhook, Result<Done>>(r => r.ExecuteAsync(made.Id, scene.Owner, default))).Ok);
        await scene.DispatchAsync();
        Assert.All(await scene.DeliveriesAsync(), d => Assert.NotEqual(DeliveryState.Waiting, d.State));
        Assert.Contains(scene.Server.Received, r => r.Body.Contains("o-7", StringComparison.Ordinal));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_TwoNodes_DeliverEachOnceAndInOrder(DatabaseKind kind)
    {
        await using var scene = await WebhookScene.StartAsync(kind);
        await scene.AddAsync(scene.Owner);
        await using var second = scene.Portal.StartAgain();
        var people = await scene.Money.PartnersAsync(6);
        foreach (var i in Enumerable.Range(0, 36))
        {
            await scene.BuyAsync($"o-{i:D2}", people[i % people.Length]);
        }

        var queued = await Task.WhenAll(scene.QueueAsync(), second.CallAsync<QueueDeliveries, int>(q => q.ExecuteAsync(default)));
        Assert.Equal(36, queued.Sum());
        while ((await scene.DeliveriesAsync()).Exists(d => d.State is DeliveryState.Waiting))
        {
            await Task.WhenAll(scene.DispatchAsync(), second.CallAsync<WebhookDispatcher, int>(d => d.ExecuteAsync(default)));
        }

        Assert.Equal(36, scene.Server.Received.Count);
        var byClient = scene.Server.Received.GroupBy(r => r.Data.GetProperty("client").GetProperty("number").GetInt64()).ToList();
        Assert.Equal(6, byClient.Count);
        Assert.All(byClient, one => Assert.Equal(one.Select(Order).Order(), one.Select(Order)));

        static string Order(ToldWebhook told) => told.Data.GetProperty("purchase").GetProperty("externalId").GetString()!;
    }

    [Fact]
    public async Task ExecuteAsync_WhatADeadProcessHeld_IsSentWhenTheHoldIsOver()
    {
        await using var scene = await WebhookScene.StartAsync();
        await scene.AddAsync(scene.Partner);
        await scene.JoinAsync();
        await scene.BuyAsync("o-1");
        await scene.QueueAsync();
        var until = scene.Portal.Clock.Now.AddMinutes(1);
        await scene.Portal.ReadAsync(db => db.WebhookDeliveries.Where(d => d.Kind == "client.joined").ExecuteUpdateAsync(d => d.SetProperty(x => x.HeldBy, Guid.NewGuid()).SetProperty(x => x.HeldUntil, until)));

        await scene.DispatchAsync();
        Assert.Empty(scene.Server.Received);
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(2));
        await scene.DispatchAsync();
        Assert.Equal(["client.joined", "purchase.recorded"], scene.Server.Received.Select(r => r.Type));
    }

    [Fact]
    public async Task ExecuteAsync_PrivateAddressBehindAName_IsRefusedWhereItConnects()
    {
        await using var scene = await WebhookScene.StartAsync();
        // The name was allowed when it was typed; what counts is where it leads when it is called.
        var made = await scene.AddAsync(scene.Partner);
        await scene.Portal.ReadAsync(db => db.WebhookEndpoints.ExecuteUpdateAsync(e => e.SetProperty(x => x.Url, "http://localhost:" + scene.Server.Address.Port + "/hook")));
        await scene.Portal.CallAsync<SendTestEvent, Result<SentDelivery>>(s => s.ExecuteAsync(new EndpointRequest(made.Id), scene.Partner, default));
        await scene.DispatchAsync();
        Assert.Equal(DeliveryProblem.AddressRefused, (await scene.DeliveriesAsync())[0].LastProblem);

        await scene.Portal.ReadAsync(db => db.WebhookEndpoints.ExecuteUpdateAsync(e => e.SetProperty(x => x.Url, "https://no-such-host.invalid/hook")));
        await scene.Portal.CallAsync<SendTestEvent, Result<SentDelivery>>(s => s.ExecuteAsync(new EndpointRequest(made.Id), scene.Partner, default));
        await scene.DispatchAsync();
        Assert.Equal(DeliveryProblem.HostUnknown, (await scene.DeliveriesAsync())[1].LastProblem);
        Assert.Empty(scene.Server.Received);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_AfterAMonth_TheLogIsForgotten(DatabaseKind kind)
    {
        await using var scene = await WebhookScene.StartAsync(kind);
        await scene.AddAsync(scene.Partner);
        await scene.JoinAsync();
        await scene.TellAsync();
        scene.Portal.Clock.Advance(TimeSpan.FromDays(29));
        await scene.BuyAsync("o-1");
        await scene.TellAsync();
        scene.Portal.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(1, await scene.Portal.CallAsync<ForgetDeliveries, int>(f => f.ExecuteAsync(default)));
        Assert.Equal("purchase.recorded", Assert.Single(await scene.DeliveriesAsync()).Kind);
        Assert.Equal(1, await scene.Portal.ReadAsync(db => db.WebhookAttempts.CountAsync()));
    }

    private static async Task<OutboxMessage> MailAsync(WebhookScene scene) => Assert.Single(await scene.Portal.ReadAsync(db => db.OutboxMessages.Where(m => m.Kind == MailKinds.WebhookPaused).ToListAsync()));
}
