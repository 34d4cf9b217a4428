using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Program;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Purchases;

public sealed class PurchaseApiTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Post_PurchaseAndRefunds_AnswersTheSameAgain(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (api, client) = await ApiAsync(portal);
        var body = Body(client);

        var (status, answer) = await PostAsync(api, "/api/v1/purchases", body, "key-1");
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(("a-1", 8000, "earns", "2026-11-20T09:30:00Z"), (Text(answer, "externalId"), answer.GetProperty("amount").GetInt64(), Text(answer, "outcome"), Text(answer, "occurredAt")));
        Assert.Equal(answer.ToString(), (await PostAsync(api, "/api/v1/purchases", body, "key-1")).Answer.ToString());
        Assert.Equal(answer.ToString(), (await PostAsync(api, "/api/v1/purchases", body, null)).Answer.ToString());
        Assert.Equal((HttpStatusCode.Conflict, "external-id-used"), await RefusedAsync(api, "/api/v1/purchases", body.Replace("8000", "8001", StringComparison.Ordinal), null));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency-key-used"), await RefusedAsync(api, "/api/v1/purchases", body.Replace("a-1", "a-2", StringComparison.Ordinal), "key-1"));

        const string refund = """{"externalId":"r-1","amount":3000,"currency":"EUR","occurredAt":"2026-11-20T10:00:00+00:30"}""";
        var (refunded, back) = await PostAsync(api, "/api/v1/purchases/a-1/refunds", refund, "key-2");
        Assert.Equal((HttpStatusCode.Created, "applied", 3000), (refunded, Text(back, "state"), back.GetProperty("applied").GetInt64()));
        Assert.Equal(back.ToString(), (await PostAsync(api, $"/api/v1/purchases/{Text(answer, "id")}/refunds", refund, null)).Answer.ToString());
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "refund-too-large"),
            await RefusedAsync(api, "/api/v1/purchases/a-1/refunds", refund.Replace("r-1", "r-2", StringComparison.Ordinal).Replace("3000", "5001", StringComparison.Ordinal), null));
        Assert.Equal((HttpStatusCode.NotFound, "purchase-unknown"), await RefusedAsync(api, "/api/v1/purchases/pur_4711/refunds", refund.Replace("r-1", "r-3", StringComparison.Ordinal), null));
        Assert.Equal("waiting", Text((await PostAsync(api, "/api/v1/purchases/not-yet/refunds", refund.Replace("r-1", "r-4", StringComparison.Ordinal), null)).Answer, "state"));
        Assert.Equal((1, 2), (await portal.ReadAsync(db => db.Purchases.CountAsync()), await portal.ReadAsync(db => db.Refunds.CountAsync())));
    }

    [Fact]
    public async Task Post_WithoutAKeyOfTheProgram_IsRefused()
    {
        await using var portal = await TestPortal.StartAsync();
        var (api, client) = await ApiAsync(portal);
        var key = api.DefaultRequestHeaders.Authorization!.Parameter!;
        foreach (var header in new[] { null, "Bearer", "Bearer ppk_" + LinkToken.New(), "Basic " + key, "Bearer " + key[..^1] })
        {
            using var stranger = Client(portal);
            if (header is not null)
            {
                stranger.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
            }

            Assert.Equal((HttpStatusCode.Unauthorized, "key-unknown"), await RefusedAsync(stranger, "/api/v1/purchases", Body(client), null));
            Assert.Equal((HttpStatusCode.Unauthorized, "key-unknown"), await RefusedAsync(stranger, "/api/v1/purchases/a-1/refunds", "{}", null));
        }

        // Whoever is signed in, the owner included: a session is no key.
        using var owner = await SignedIn.ClientAsync(portal, await new World(portal).OwnerAsync("Second Owner"));
        using var content = new StringContent(Body(client), Encoding.UTF8, "application/json");
        using var response = await owner.PostAsync("/api/v1/purchases", content);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Equal(0, await portal.ReadAsync(db => db.Purchases.CountAsync()));
    }

    [Fact]
    public async Task Post_BadInput_EachGetsAClearAnswerAndNothingIsKept()
    {
        await using var portal = await TestPortal.StartAsync();
        var (api, client) = await ApiAsync(portal);
        var good = Body(client);
        (string Body, HttpStatusCode Status, string Type)[] cases =
        [
            ("", HttpStatusCode.BadRequest, "malformed"),
            ("null", HttpStatusCode.BadRequest, "malformed"),
            ("[]", HttpStatusCode.BadRequest, "malformed"),
            (good[..^1], HttpStatusCode.BadRequest, "malformed"),
            (good.Replace("8000", "80.00", StringComparison.Ordinal), HttpStatusCode.BadRequest, "malformed"),
            (good.Replace("8000", "\"8000\"", StringComparison.Ordinal), HttpStatusCode.BadRequest, "malformed"),
            (good.Replace("8000", "99999999999999999999", StringComparison.Ordinal), HttpStatusCode.BadRequest, "malformed"),
            (good.Replace("\"amount\"", "\"amout\"", StringComparison.Ordinal), HttpStatusCode.BadRequest, "malformed"),
            (good.Replace("\"amount\":8000,", "", StringComparison.Ordinal), HttpStatusCode.UnprocessableEntity, "missing"),
            (good.Replace("09:30:00Z", "09:30:00", StringComparison.Ordinal), HttpStatusCode.UnprocessableEntity, "missing"),
            (good.Replace("8000", "0", StringComparison.Ordinal), HttpStatusCode.UnprocessableEntity, "not-positive"),
            (good.Replace("8000", "-5", StringComparison.Ordinal), HttpStatusCode.UnprocessableEntity, "not-positive"),
            (good.Replace("8000", "1000000000000001", StringComparison.Ordinal), HttpStatusCode.UnprocessableEntity, "too-large"),
            (good.Replace("EUR", "XXX", StringComparison.Ordinal), HttpStatusCode.UnprocessableEntity, "unknown-currency"),
            (good.Replace("2026-11-20", "2026-11-21", StringComparison.Ordinal), HttpStatusCode.UnprocessableEntity, "in-future"),
            (good.Replace($"\"number\":{client}", "\"number\":999999", StringComparison.Ordinal), HttpStatusCode.UnprocessableEntity, "client-unknown"),
            (good.Replace($"\"number\":{client}", "", StringComparison.Ordinal), HttpStatusCode.UnprocessableEntity, "client-missing"),
            (good.Replace("team", new string('x', 101), StringComparison.Ordinal), HttpStatusCode.UnprocessableEntity, "product-too-long"),
            (good.Replace("team", new string('x', 1024 * 1024), StringComparison.Ordinal), HttpStatusCode.RequestEntityTooLarge, "body-too-large"),
        ];
        foreach (var (body, status, type) in cases)
        {
            Assert.Equal((status, type), await RefusedAsync(api, "/api/v1/purchases", body, null));
        }

        using var form = new FormUrlEncodedContent([new("amount", "5")]);
        using var unsupported = await api.PostAsync("/api/v1/purchases", form);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, unsupported.StatusCode);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "key-too-long"), await RefusedAsync(api, "/api/v1/purchases", good, new string('k', 101)));
        Assert.Equal(0, await portal.ReadAsync(db => db.Purchases.CountAsync()));
    }

    internal static string Body(long client) =>
        "{\"externalId\":\"a-1\",\"client\":{\"number\":" + client.ToString(System.Globalization.CultureInfo.InvariantCulture) + "},\"amount\":8000,\"tax\":1520,\"currency\":\"EUR\",\"product\":\"team\",\"occurredAt\":\"2026-11-20T09:30:00Z\"}";

    internal static async Task<(HttpClient Api, long Client)> ApiAsync(TestPortal portal)
    {
        // What is sold lies a while back.
        portal.Clock.Advance(TimeSpan.FromDays(-1));
        var world = new MoneyWorld(portal);
        var people = await world.PartnersAsync(2);
        await world.AttributeAsync(people[0], people[1]);
        await world.AssignAsync(PlanScope.Program, 0, await world.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000)] }));
        var owner = await new World(portal).OwnerAsync();
        portal.Clock.Advance(TimeSpan.FromDays(1));
        var made = await portal.CallAsync<MakeProgramKey, Result<MadeKey>>(m => m.ExecuteAsync(NewKey.ForPurchases("Web shop"), owner, default));
        var api = Client(portal);
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.Value.Key);
        return (api, AccountNumber.Offset + people[0]);
    }

    private static HttpClient Client(TestPortal portal) => SignedIn.Visitor(portal);

    internal static async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(HttpClient api, string address, string body, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await api.SendAsync(request);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, json.RootElement.Clone());
    }

    /// <summary>The status and the last word of the problem's type; the rest of RFC 9457 must be there.</summary>
    internal static async Task<(HttpStatusCode Status, string Type)> RefusedAsync(HttpClient api, string address, string body, string? key)
    {
        var (status, problem) = await PostAsync(api, address, body, key);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.All(new[] { "title", "detail" }, member => Assert.NotEmpty(Text(problem, member)));
        return (status, Text(problem, "type")["urn:partner-portal:problem:".Length..]);
    }

    internal static string Text(JsonElement json, string member) => json.GetProperty(member).GetString()!;
}
