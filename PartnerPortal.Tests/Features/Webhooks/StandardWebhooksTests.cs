using PartnerPortal.Features.Webhooks;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Webhooks;

/// <summary>What the portal sends is genuine to the library that receivers use, and nothing else is.</summary>
public sealed class StandardWebhooksTests
{
    [NpmFact]
    public async Task SentWebhooks_CheckedByTheLibrary_AreGenuine()
    {
        await using var scene = await WebhookScene.StartAsync();
        var made = await scene.AddAsync(scene.Partner);
        await scene.JoinAsync();
        await scene.BuyAsync("ж-1");
        await scene.TellAsync();
        var rotated = (await scene.Portal.CallAsync<RotateSecret, Result<MadeEndpoint>>(r => r.ExecuteAsync(new EndpointRequest(made.Id), scene.Partner, default))).Value;
        await scene.LeaveAsync();
        await scene.TellAsync();
        var told = scene.Server.Received.ToList();
        Assert.Equal(["client.joined", "purchase.recorded", "client.left"], told.Select(t => t.Type));
        var now = scene.Portal.Clock.GetUtcNow();

        var verdicts = await WebhookLibrary.VerifyAsync(
        [
            (told[0], made.Secret), (told[1], made.Secret), (told[2], made.Secret), (told[2], rotated.Secret),
            (told[0], rotated.Secret), (told[0] with { Body = told[0].Body + " " }, made.Secret), (told[0] with { Id = told[1].Id }, made.Secret),
        ], now);
        var late = await WebhookLibrary.VerifyAsync([(told[0], made.Secret)], now.AddMinutes(6));

        Assert.Equal(["ok", "ok", "ok", "ok"], verdicts.Take(4));
        Assert.Equal(3, verdicts.Skip(4).Count(v => v == "No matching signature found"));
        Assert.Equal(["Message timestamp too old"], late);
    }
}
