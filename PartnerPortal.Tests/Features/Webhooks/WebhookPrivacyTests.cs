using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Webhooks;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Webhooks;

/// <summary>What bodies say of people: a partner's what its list says at that moment, the program's what the account says.</summary>
public sealed class WebhookPrivacyTests
{
    private static readonly Canary Clara = new("Clara Zwitscher", "clara@client.test", "+4915735991234");

    [Theory, OnSqlite, OnPostgres]
    public async Task Bodies_AfterConsentIsWithdrawn_SayNothingOfTheClientToThePartner(DatabaseKind kind)
    {
        await using var scene = await WebhookScene.StartAsync(kind);
        var (own, program) = (await scene.AddAsync(scene.Partner, "/partner"), await scene.AddAsync(scene.Owner, "/program"));
        Assert.Null((await scene.Portal.CallAsync<UpdateProfile, Result<Done>>(u => u.ExecuteAsync(new ProfileRequest(Clara.Name, AccountKind.Person, Clara.Phone, "DE", null, "en"), scene.Client, default))).Error);
        // Whatever a receiver repeats is in the log.
        scene.Server.Answer = (told, _) => Task.FromResult(new SaidBack(told.Path == "/partner" ? 500 : 200, "Got it: " + told.Body));
        await scene.JoinAsync();
        await scene.TellAsync();
        var told = Assert.Single(scene.Server.Received, r => r.Path == "/partner");
        Assert.Equal([Clara.Name, Clara.Email, Clara.Phone], new[] { "name", "email", "phone" }.Select(p => told.Data.GetProperty("client").GetProperty(p).GetString()));
        Assert.Empty(Clara.In(await LogAsync(own)));

        // It waits still, and is sent after the client took its consent back.
        await scene.BuyAsync("o-1");
        await scene.QueueAsync();
        Assert.Null((await scene.Portal.CallAsync<StopSharing, Result<Done>>(s => s.ExecuteAsync(scene.Client, default))).Error);
        await scene.Money.RefundAsync(scene.Money.Refund("o-1", "r-1", 100));
        await scene.LeaveAsync();
        scene.Server.Received.Clear();
        scene.Server.Answer = (echo, _) => Task.FromResult(new SaidBack(200, "Got it: " + echo.Body));
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await scene.TellAsync();

        var later = scene.Server.Received.Where(r => r.Path == "/partner").ToList();
        Assert.Equal(["client.joined", "purchase.recorded", "client.details_withdrawn", "purchase.refunded", "client.left"], later.Select(r => r.Type));
        Assert.All(later, r => Assert.Empty(Clara.In(r.Body)));
        Assert.All(later, r => Assert.Equal(("C. Z.", JsonValueKind.Null, JsonValueKind.Null), (r.Data.GetProperty("client").GetProperty("name").GetString(), r.Data.GetProperty("client").GetProperty("email").ValueKind, r.Data.GetProperty("client").GetProperty("number").ValueKind)));
        Assert.Empty(Clara.In(await LogAsync(own)));
        foreach (var delivery in (await scene.DeliveriesAsync()).Where(d => d.EndpointId == own.Id))
        {
            var card = await scene.Portal.CallAsync<WebhookQueries, DeliveryCard?>(q => q.CardAsync(own.Id, delivery.Id, scene.Partner, default));
            Assert.Empty(Clara.In(JsonSerializer.Serialize(card)));
        }

        // The program knows its clients.
        Assert.All(scene.Server.Received.Where(r => r.Path == "/program"), r => Assert.Equal(Clara.Name, r.Data.GetProperty("client").GetProperty("name").GetString()));
        Assert.Empty(Clara.In(await LogAsync(program)));

        async Task<string> LogAsync(MadeEndpoint endpoint) => string.Join('\n', await scene.Portal.ReadAsync(db => (
            from a in db.WebhookAttempts join d in db.WebhookDeliveries on a.DeliveryId equals d.Id where d.EndpointId == endpoint.Id select a.Answer + d.Facts).ToListAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Bodies_OfAPartner_AreOfItsOwnWorld(DatabaseKind kind)
    {
        await using var scene = await WebhookScene.StartAsync(kind);
        var wrong = await new World(scene.Portal).IntegratorAsync("Wrongway");
        await scene.AddAsync(scene.Partner, "/right");
        await scene.AddAsync(wrong, "/wrong");
        await scene.AddAsync(scene.Owner, "/program");
        var other = await new World(scene.Portal).PersonAsync("Otto Other");
        await scene.JoinAsync();
        await scene.Access.JoinAsync(wrong, other);
        await scene.BuyAsync("o-1");
        await scene.BuyAsync("o-2", other.AccountId);
        await scene.Portal.CallAsync<CreateClients, Result<IReadOnlyList<CreatedClient>>>(c => c.ExecuteAsync([new NewClient("Carl Created", "carl@client.test", "", "DE", "en", "")], scene.Partner, default));
        var support = await new World(scene.Portal).SupportAsync();
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await scene.Portal.CallAsync<ReassignClients, Result<int>>(r => r.ExecuteAsync(new ReassignRequest([scene.Client.AccountId!.Value], wrong.AccountId!.Value, "in confidence"), support, default));

        await scene.TellAsync();

        Assert.Equal(["client.joined", "purchase.recorded", "client.created", "client.reassigned"], At("/right").OrderBy(t => t.Timestamp).Select(t => t.Type).OrderBy(Order));
        Assert.Equal(["client.joined", "purchase.recorded", "client.reassigned"], At("/wrong").Select(t => t.Type).OrderBy(Order));
        Assert.Equal(6, At("/program").Count);
        Assert.Equal(("lost", "gained"), (Direction("/right"), Direction("/wrong")));
        Assert.Equal("Carl Created", At("/right").Single(t => t.Type == "client.created").Data.GetProperty("client").GetProperty("name").GetString());
        // The new partner sees initials until the client agrees, and nobody is told of the other, nor why.
        Assert.Equal("C. Z.", At("/wrong").Single(t => t.Type == "client.reassigned").Data.GetProperty("client").GetProperty("name").GetString());
        Assert.DoesNotContain(scene.Server.Received, t => t.Body.Contains("in confidence", StringComparison.Ordinal) || (t.Path == "/right" && t.Body.Contains("Wrongway", StringComparison.Ordinal)) || (t.Path == "/wrong" && t.Body.Contains("Rightway", StringComparison.Ordinal)));
        Assert.Equal(2, At("/program").Count(t => t.Body.Contains("\"first\":true", StringComparison.Ordinal)));
        var moved = At("/program").Single(t => t.Type == "client.reassigned").Data;
        Assert.Equal((AccountNumber.Offset + scene.Partner.AccountId, "Wrongway"), (moved.GetProperty("formerPartner").GetProperty("number").GetInt64(), moved.GetProperty("partner").GetProperty("name").GetString()));

        List<ToldWebhook> At(string path) => [.. scene.Server.Received.Where(t => t.Path == path)];

        string? Direction(string path) => At(path).Single(t => t.Type == "client.reassigned").Data.GetProperty("direction").GetString();

        static int Order(string type) => Array.IndexOf(["client.joined", "purchase.recorded", "client.created", "client.reassigned"], type);
    }

    [Fact]
    public async Task Bodies_OfMoney_SayWhatTheWalletSays()
    {
        await using var scene = await WebhookScene.StartAsync();
        await scene.Money.AssignAsync(PartnerPortal.Features.Commissions.PlanScope.Program, 0, await scene.Money.PlanAsync(new() { Levels = [PartnerPortal.Features.Commissions.LevelRate.Share(1000)], HoldDays = 1 }));
        await scene.AddAsync(scene.Partner, "/right");
        await scene.AddAsync(scene.Owner, "/program");
        await scene.JoinAsync();
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await scene.Money.BuyAsync(scene.Money.Purchase(scene.Client.AccountId!.Value, "o-1") with { Discount = 500, Tax = 1425 })).Ok);
        scene.Portal.Clock.Advance(TimeSpan.FromDays(2));
        await scene.Money.ReleaseAsync();
        await scene.TellAsync();

        var (right, program) = (Bought("/right"), Bought("/program"));
        Assert.Equal((8000, 500, "EUR", "team", true), (right.GetProperty("purchase").GetProperty("amount").GetInt64(), right.GetProperty("purchase").GetProperty("discount").GetInt64(),
            right.GetProperty("purchase").GetProperty("currency").GetString(), right.GetProperty("purchase").GetProperty("product").GetString(), right.GetProperty("purchase").GetProperty("first").GetBoolean()));
        Assert.False(right.GetProperty("purchase").TryGetProperty("tax", out _));
        Assert.False(right.GetProperty("purchase").TryGetProperty("externalId", out _));
        Assert.Equal((1425, "o-1"), (program.GetProperty("purchase").GetProperty("tax").GetInt64(), program.GetProperty("purchase").GetProperty("externalId").GetString()));
        Assert.Equal((1, 750), (right.GetProperty("commissions")[0].GetProperty("level").GetInt32(), right.GetProperty("commissions")[0].GetProperty("amount").GetInt64()));
        var available = scene.Server.Received.Single(t => t.Path == "/right" && t.Type == "commission.available").Data;
        Assert.Equal(750, available.GetProperty("commissions")[0].GetProperty("amount").GetInt64());

        JsonElement Bought(string path) => scene.Server.Received.Single(t => t.Path == path && t.Type == "purchase.recorded").Data;
    }
}
