using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Api;

/// <summary>What the API said.</summary>
/// <param name="Json">Undefined where there was no body.</param>
public sealed record ApiReply(HttpStatusCode Status, JsonElement Json, string? ETag, HttpResponseMessage Response)
{
    public string Text(string member) => Json.GetProperty(member).GetString()!;

    /// <summary>The last word of a problem's type.</summary>
    public string Problem => Text("type")["urn:partner-portal:problem:".Length..];

    public IEnumerable<JsonElement> Items => Json.GetProperty("items").EnumerateArray();

    public bool IsReplay => Response.Headers.Contains("Idempotent-Replayed");
}

/// <summary>A partner with a client that earned it something, another partner, and keys of all kinds.</summary>
public sealed class ApiScene : IAsyncDisposable
{
    private ApiScene(TestPortal portal) => (Portal, World, Money, Contract) = (portal, new World(portal), new MoneyWorld(portal), ApiContract.Of(portal));

    public TestPortal Portal { get; }

    public World World { get; }

    public MoneyWorld Money { get; }

    public ApiContract Contract { get; }

    public Actor Owner { get; private set; } = Actor.Visitor;

    public Actor Partner { get; private set; } = Actor.Visitor;

    public Actor Other { get; private set; } = Actor.Visitor;

    public Actor Client { get; private set; } = Actor.Visitor;

    public string PartnerKey { get; private set; } = "";

    public string OtherKey { get; private set; } = "";

    public string ProgramKey { get; private set; } = "";

    public static async Task<ApiScene> StartAsync(DatabaseKind kind = DatabaseKind.Sqlite, Dictionary<string, string>? settings = null)
    {
        return await OnAsync(await TestPortal.StartAsync(kind, settings: settings));
    }

    /// <summary>The same in a portal that runs already, by the test's clock.</summary>
    public static async Task<ApiScene> OnAsync(TestPortal portal)
    {
        portal.Clock.Advance(TimeSpan.FromDays(-1));
        var scene = new ApiScene(portal);
        scene.Owner = await scene.World.OwnerAsync();
        scene.Partner = await scene.World.IntegratorAsync("Brightwater Systems", "hello@brightwater.test");
        scene.Other = await scene.World.IntegratorAsync("Otherway Limited", "hello@otherway.test");
        scene.Client = await scene.World.PersonAsync("Clara Client", "clara@client.test");
        await scene.JoinAsync(scene.Client, scene.Partner);
        await scene.Money.AssignAsync(PlanScope.Program, 0, await scene.Money.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000)], HoldDays = 30, Discount = new ClientDiscount(1000, null) }));
        portal.Clock.Advance(TimeSpan.FromDays(1));
        scene.PartnerKey = await scene.KeyAsync(KeyHolder.Partner, scene.Partner);
        scene.OtherKey = await scene.KeyAsync(KeyHolder.Partner, scene.Other);
        scene.ProgramKey = await scene.KeyAsync(KeyHolder.Program, scene.Owner);
        return scene;
    }

    public async Task JoinAsync(Actor client, Actor partner) => Assert.Null((await Portal.CallAsync<JoinPartner, Result<JoinOffer>>(async j => await j.ExecuteAsync(
        new JoinRequest(await World.CodeOfAsync(partner), null, "en", []), client, default))).Error);

    public async Task<string> KeyAsync(KeyHolder holder, Actor actor, IReadOnlyCollection<string>? scopes = null, DateTime? until = null) =>
        (await Portal.CallAsync<MakeProgramKey, Result<MadeKey>>(m => m.ExecuteAsync(new NewKey(holder, "A system", scopes ?? KeyScopes.Of(holder), until), actor, default))).Value.Key;

    /// <summary>As the partner's system.</summary>
    public Task<ApiReply> AsPartnerAsync(string method, string path, string? body = null, string? key = null, string? ifMatch = null) => SendAsync(PartnerKey, method, path, body, key, ifMatch);

    /// <summary>As one of the program.</summary>
    public Task<ApiReply> AsProgramAsync(string method, string path, string? body = null, string? key = null) => SendAsync(ProgramKey, method, path, body, key);

    /// <summary>Every request and answer is held against the document.</summary>
    public async Task<ApiReply> SendAsync(string? bearer, string method, string path, string? body = null, string? key = null, string? ifMatch = null)
    {
        using var client = Contract.Client(Portal, bearer);
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v1" + path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        using var json = text.Length == 0 ? null : JsonDocument.Parse(text);
        return new ApiReply(response.StatusCode, json?.RootElement.Clone() ?? default, response.Headers.ETag?.Tag, response);
    }

    /// <summary>The id of a client's line in a partner's list.</summary>
    public async Task<string> LineAsync(Actor client, Actor partner) => "cli_" + await Portal.ReadAsync(db => db.ClientRecords.Where(r => r.ClientId == client.AccountId && r.PartnerId == partner.AccountId).Select(r => r.Id).SingleAsync());

    public Task<string> CodeAsync(Actor partner) => World.CodeOfAsync(partner);

    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}
