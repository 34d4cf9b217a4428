using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Purchases.Stripe;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Purchases.Stripe;

/// <summary>A portal with a secret of Stripe's, and clients of a chain of partners who earn 10, 5 and 2.5 percent.</summary>
internal sealed class StripeScene : IAsyncDisposable
{
    public const string Secret = "whsec_of_the_test_endpoint";

    private readonly HttpClient _stripe;

    private StripeScene(TestPortal portal, MoneyWorld world, long[] people)
    {
        (Portal, World, People) = (portal, world, people);
        _stripe = SignedIn.Visitor(portal);
    }

    public TestPortal Portal { get; }

    public MoneyWorld World { get; }

    /// <summary>The first is a client of the second, that of the third, that of the fourth.</summary>
    public long[] People { get; }

    /// <summary>The first of the people, by metadata.</summary>
    public StripeBuyer Buyer => new(AccountNumber.Offset + People[0]);

    public static async Task<StripeScene> StartAsync(DatabaseKind kind = DatabaseKind.Sqlite)
    {
        var portal = await TestPortal.StartAsync(kind, settings: new Dictionary<string, string> { ["Stripe:WebhookSecret"] = Secret });
        var world = new MoneyWorld(portal);
        portal.Clock.Advance(TimeSpan.FromDays(-1));
        await world.AssignAsync(PlanScope.Program, 0, await world.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000), LevelRate.Share(500), LevelRate.Share(250)], HoldDays = 14 }));
        var scene = new StripeScene(portal, world, await ChainAsync(world));
        portal.Clock.Advance(TimeSpan.FromDays(1));
        return scene;
    }

    /// <summary>Another chain of four, made now.</summary>
    public static async Task<long[]> ChainAsync(MoneyWorld world)
    {
        var people = await world.PartnersAsync(4);
        for (var i = people.Length - 2; i >= 0; i--)
        {
            await world.AttributeAsync(people[i], people[i + 1]);
        }

        return people;
    }

    /// <summary>Delivers an event, signed now.</summary>
    public async Task<HttpStatusCode> TellAsync(string json)
    {
        var seconds = Portal.Clock.GetUtcNow().ToUnixTimeSeconds();
        return (await PostAsync(json, $"t={seconds},v1={StripeSignature.Sign(seconds, Encoding.UTF8.GetBytes(json), Secret)}")).Status;
    }

    /// <summary>The status and the last word of a problem's type; empty when it is none.</summary>
    public async Task<(HttpStatusCode Status, string Problem)> PostAsync(string json, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, PortalUrls.StripeWebhook) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (signature is not null)
        {
            request.Headers.TryAddWithoutValidation("Stripe-Signature", signature);
        }

        using var response = await _stripe.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return (response.StatusCode, "");
        }

        using var problem = JsonDocument.Parse(text);
        return (response.StatusCode, problem.RootElement.GetProperty("type").GetString()!["urn:partner-portal:problem:".Length..]);
    }

    /// <summary>What each of the people holds in the currency, pending and available, in order.</summary>
    public async Task<long[]> HeldAsync(long[] people, string currency = "EUR")
    {
        var balances = await World.BalancesAsync(people);
        return [.. people.Select(p => balances.Where(b => b.Key.Owner == p && b.Key.Currency == currency).Sum(b => b.Value))];
    }

    public Task<int> PurchasesAsync() => Portal.ReadAsync(db => db.Purchases.CountAsync());

    public async ValueTask DisposeAsync()
    {
        _stripe.Dispose();
        await Portal.DisposeAsync();
    }
}
