using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Webhooks;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Api;

/// <summary>Systems manage their own webhooks.</summary>
public sealed class WebhookApiTests
{
    private const string Hook = """{"url":"https://crm.example.com/hook","name":"CRM","events":["client.joined","client.left"]}""";

    /// <summary>Every operation once, as the document describes it.</summary>
    internal static async Task CallAllAsync(ApiScene scene, string key)
    {
        var made = await scene.SendAsync(key, "POST", "/webhooks", Hook, "hook");
        var path = made.Response.Headers.Location!.OriginalString["/api/v1".Length..];
        Assert.Equal(HttpStatusCode.OK, (await scene.SendAsync(key, "GET", "/webhooks")).Status);
        Assert.Equal(HttpStatusCode.OK, (await scene.SendAsync(key, "GET", path)).Status);
        Assert.Equal(HttpStatusCode.Created, (await scene.SendAsync(key, "POST", path + "/secret-rotations", null, "rotate")).Status);
        var told = (await scene.SendAsync(key, "POST", path + "/test", null, "test")).Text("id");
        Assert.Equal(HttpStatusCode.OK, (await scene.SendAsync(key, "GET", path + "/deliveries?status=waiting")).Status);
        Assert.Equal(HttpStatusCode.OK, (await scene.SendAsync(key, "GET", $"{path}/deliveries/{told}")).Status);
        Assert.Equal(HttpStatusCode.Created, (await scene.SendAsync(key, "POST", $"{path}/deliveries/{told}/redeliveries", null, "again")).Status);
        Assert.Equal("paused", (await scene.SendAsync(key, "PATCH", path, """{"paused":true}""", null, "*")).Text("state"));
        Assert.Equal(HttpStatusCode.NoContent, (await scene.SendAsync(key, "DELETE", path)).Status);
    }

    /// <summary>The answer that was lost is not kept anywhere: whoever asks again gets the webhook, and no secret.</summary>
    [Theory, OnSqlite, OnPostgres]
    public async Task Secrets_AreInTheFirstAnswerAloneAndSealedInTheDatabase(DatabaseKind kind)
    {
        await using var scene = await ApiScene.StartAsync(kind);
        var made = await scene.AsPartnerAsync("POST", "/webhooks", Hook, "one");
        var (id, secret) = (made.Text("id"), made.Text("secret"));
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        var again = await scene.AsPartnerAsync("POST", "/webhooks", Hook, "one");
        Assert.Equal((HttpStatusCode.Created, true, id, JsonValueKind.Null), (again.Status, again.IsReplay, again.Text("id"), again.Json.GetProperty("secret").ValueKind));
        Assert.Equal("idempotency-key-used", (await scene.AsPartnerAsync("POST", "/webhooks", Hook.Replace("CRM", "ERP", StringComparison.Ordinal), "one")).Problem);
        Assert.Equal("idempotency-key-used", (await scene.AsPartnerAsync("POST", $"/webhooks/{id}/test", null, "one")).Problem);

        var rotated = await scene.AsPartnerAsync("POST", $"/webhooks/{id}/secret-rotations", null, "two");
        Assert.NotEqual(secret, rotated.Text("secret"));
        Assert.Equal(ApiTimeOf(scene.Portal.Clock.Now + WebhookEndpoint.Overlap), rotated.Text("formerSecretUntil"));
        var before = await RowAsync(scene, id);
        var replayed = await scene.AsPartnerAsync("POST", $"/webhooks/{id}/secret-rotations", null, "two");
        Assert.Equal((true, JsonValueKind.Null), (replayed.IsReplay, replayed.Json.GetProperty("secret").ValueKind));
        // The former one still signs: the replay did not rotate.
        var after = await RowAsync(scene, id);
        Assert.Equal((Convert.ToHexString(before.SealedSecret), Convert.ToHexString(before.FormerSecret!)), (Convert.ToHexString(after.SealedSecret), Convert.ToHexString(after.FormerSecret!)));

        var kept = string.Join('\n', await scene.Portal.ReadAsync(db => db.IdempotentRequests.Select(r => r.Source + " " + r.Key + " " + r.BodyHash).ToListAsync()));
        foreach (var shown in new[] { secret, rotated.Text("secret") })
        {
            Assert.DoesNotContain(shown, kept, StringComparison.Ordinal);
            Assert.DoesNotContain(shown, Encoding.Latin1.GetString([.. after.SealedSecret, .. after.FormerSecret!]), StringComparison.Ordinal);
            Assert.DoesNotContain(shown, (await scene.AsPartnerAsync("GET", "/webhooks")).Json.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(shown, (await scene.AsPartnerAsync("GET", "/webhooks/" + id)).Json.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(1, await scene.Portal.ReadAsync(db => db.WebhookEndpoints.CountAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Changes_NeedTheVersionThatWasRead(DatabaseKind kind)
    {
        await using var scene = await ApiScene.StartAsync(kind);
        var made = await scene.AsPartnerAsync("POST", "/webhooks", Hook);
        var path = "/webhooks/" + made.Text("id");
        var read = await scene.AsPartnerAsync("GET", path);
        Assert.Equal(made.ETag, read.ETag);
        Assert.Equal("if-match-missing", (await scene.AsPartnerAsync("PATCH", path, """{"paused":true}""")).Problem);
        var changed = await scene.AsPartnerAsync("PATCH", path, """{"url":"https://erp.example.com/in","name":"ERP","events":["*"],"paused":true}""", ifMatch: read.ETag);
        Assert.Equal(
            (HttpStatusCode.OK, "https://erp.example.com/in", "ERP", "*", "paused"),
            (changed.Status, changed.Text("url"), changed.Text("name"), changed.Json.GetProperty("events")[0].GetString(), changed.Text("state")));
        Assert.Equal("changed-meanwhile", (await scene.AsPartnerAsync("PATCH", path, """{"paused":false}""", ifMatch: read.ETag)).Problem);
        Assert.Equal("changed-meanwhile", (await scene.AsPartnerAsync("DELETE", path, ifMatch: read.ETag)).Problem);
        // Nothing of a change that cannot be is made.
        Assert.Equal("url-private", (await scene.AsPartnerAsync("PATCH", path, """{"url":"https://10.0.0.7/","name":"Other","paused":false}""", ifMatch: changed.ETag)).Problem);
        Assert.Equal(changed.Json.ToString(), (await scene.AsPartnerAsync("GET", path)).Json.ToString());
        Assert.Equal("active", (await scene.AsPartnerAsync("PATCH", path, """{"paused":false}""", ifMatch: changed.ETag)).Text("state"));
        Assert.Equal(HttpStatusCode.NoContent, (await scene.AsPartnerAsync("DELETE", path, ifMatch: "*")).Status);
        Assert.Equal("not-found", (await scene.AsPartnerAsync("DELETE", path)).Problem);
        var entries = await scene.Portal.ReadAsync(db => db.AuditEntries.Where(e => e.Action.StartsWith("webhook.")).OrderBy(e => e.Id).Select(e => e.ActorName).ToListAsync());
        Assert.Equal(5, entries.Count);
        Assert.All(entries, name => Assert.Equal("A system", name));
    }

    [Fact]
    public async Task Webhooks_ThatCannotBe_AreRefusedByTheirCodes()
    {
        await using var scene = await ApiScene.StartAsync();
        foreach (var (body, problem) in new[]
        {
            ("""{"url":"https://127.0.0.1/"}""", "url-private"), ("""{"url":"https://intranet/"}""", "url-private"), ("""{"url":"https://[::1]/"}""", "url-private"),
            ("""{"url":"http://crm.example.com/"}""", "url-not-https"), ("""{"url":"ftp://crm.example.com/"}""", "url-invalid"), ("""{"url":"https://a:b@crm.example.com/"}""", "url-invalid"),
            ("""{"url":""}""", "url-missing"), ($$"""{"url":"https://crm.example.com/{{new string('x', 500)}}"}""", "url-too-long"),
            ("""{"url":"https://crm.example.com/","events":[]}""", "events-missing"), ("""{"url":"https://crm.example.com/","events":["client.eaten"]}""", "event-unknown"),
            // The program alone is told of it.
            ("""{"url":"https://crm.example.com/","events":["client.joined","client.registered"]}""", "event-unknown"),
            ($$"""{"url":"https://crm.example.com/","name":"{{new string('x', 201)}}"}""", "name-too-long"), ("""{"name":"CRM"}""", "missing"),
        })
        {
            Assert.Equal((body, problem), (body, (await scene.AsPartnerAsync("POST", "/webhooks", body)).Problem));
        }

        Assert.Equal(0, await scene.Portal.ReadAsync(db => db.WebhookEndpoints.CountAsync()));
        Assert.Equal(HttpStatusCode.Created, (await scene.AsProgramAsync("POST", "/webhooks", """{"url":"https://shop.example.com/","events":["client.registered"]}""")).Status);
        for (var i = 0; i < AddWebhook.Most; i++)
        {
            Assert.Equal(HttpStatusCode.Created, (await scene.AsPartnerAsync("POST", "/webhooks", Hook)).Status);
        }

        Assert.Equal("too-many-webhooks", (await scene.AsPartnerAsync("POST", "/webhooks", Hook)).Problem);
        var first = await scene.AsPartnerAsync("GET", "/webhooks?limit=6");
        var rest = await scene.AsPartnerAsync("GET", "/webhooks?limit=6&cursor=" + Uri.EscapeDataString(first.Text("next")));
        Assert.Equal((6, 4, JsonValueKind.Null), (first.Items.Count(), rest.Items.Count(), rest.Json.GetProperty("next").ValueKind));
        Assert.Equal(AddWebhook.Most, first.Items.Concat(rest.Items).Select(i => i.GetProperty("id").GetString()).Distinct().Count());
    }

    /// <summary>A partner's key sees that partner's, the program's the program's, and neither the other's.</summary>
    [Theory, OnSqlite, OnPostgres]
    public async Task Webhooks_OfOthers_AreNotThere(DatabaseKind kind)
    {
        await using var scene = await ApiScene.StartAsync(kind);
        foreach (var (owner, others) in new[] { (scene.PartnerKey, new[] { scene.OtherKey, scene.ProgramKey }), (scene.ProgramKey, [scene.PartnerKey, scene.OtherKey]) })
        {
            var path = "/webhooks/" + (await scene.SendAsync(owner, "POST", "/webhooks", Hook)).Text("id");
            var told = (await scene.SendAsync(owner, "POST", path + "/test")).Text("id");
            foreach (var key in others)
            {
                Assert.Empty((await scene.SendAsync(key, "GET", "/webhooks")).Items);
                var own = "/webhooks/" + (await scene.SendAsync(key, "POST", "/webhooks", Hook)).Text("id");
                foreach (var (method, at, body, match) in new (string, string, string?, string?)[]
                {
                    ("GET", path, null, null), ("PATCH", path, """{"paused":true}""", "*"), ("DELETE", path, null, "*"), ("POST", path + "/secret-rotations", null, null), ("POST", path + "/test", null, null),
                    ("GET", path + "/deliveries", null, null), ("GET", $"{path}/deliveries/{told}", null, null), ("POST", $"{path}/deliveries/{told}/redeliveries", null, null),
                    ("GET", $"{own}/deliveries/{told}", null, null), ("POST", $"{own}/deliveries/{told}/redeliveries", null, null),
                })
                {
                    var reply = await scene.SendAsync(key, method, at, body, null, match);
                    Assert.Equal((method, at, HttpStatusCode.NotFound), (method, at, reply.Status));
                }

                await scene.SendAsync(key, "DELETE", own);
            }

            Assert.Equal("active", (await scene.SendAsync(owner, "GET", path)).Text("state"));
            await scene.SendAsync(owner, "DELETE", path);
        }
    }

    /// <summary>What its page allows a suspended partner, its key does; reading alone never writes.</summary>
    [Fact]
    public async Task Keys_ThatReadAndOfASuspendedPartner_DoWhatTheirsDoes()
    {
        await using var scene = await ApiScene.StartAsync();
        var path = "/webhooks/" + (await scene.AsPartnerAsync("POST", "/webhooks", Hook)).Text("id");
        var reads = await scene.KeyAsync(KeyHolder.Partner, scene.Partner, [KeyScopes.WebhooksRead]);
        Assert.Equal(HttpStatusCode.OK, (await scene.SendAsync(reads, "GET", path)).Status);
        Assert.Equal("scope-missing", (await scene.SendAsync(reads, "DELETE", path)).Problem);
        Assert.Equal("scope-missing", (await scene.SendAsync(reads, "GET", "/clients")).Problem);
        await scene.Portal.CorruptAsync(FormattableString.Invariant($"UPDATE \"Partners\" SET \"State\" = 'Suspended' WHERE \"AccountId\" = {scene.Partner.AccountId}"));
        Assert.Equal(HttpStatusCode.OK, (await scene.SendAsync(reads, "GET", path)).Status);
        Assert.Equal("paused", (await scene.AsPartnerAsync("PATCH", path, """{"paused":true}""", ifMatch: "*")).Text("state"));
    }

    [Fact]
    public async Task Deliveries_AreReadByStatusAndSentAgainUnlessPaused()
    {
        await using var scene = await ApiScene.StartAsync();
        await scene.Portal.CallAsync<QueueDeliveries, int>(q => q.ExecuteAsync(default));
        var path = "/webhooks/" + (await scene.AsPartnerAsync("POST", "/webhooks", """{"url":"https://crm.example.com/"}""")).Text("id");
        scene.Portal.Clock.Advance(TimeSpan.FromSeconds(1));
        await scene.JoinAsync(await scene.World.PersonAsync("Nina New", "nina@client.test"), scene.Partner);
        await scene.Portal.CallAsync<QueueDeliveries, int>(q => q.ExecuteAsync(default));
        var joined = (await scene.AsPartnerAsync("GET", path + "/deliveries?status=waiting")).Items.First(i => i.GetProperty("event").GetString() == "client.joined");
        var log = $"{path}/deliveries/{joined.GetProperty("id").GetString()}";
        var card = await scene.AsPartnerAsync("GET", log);
        Assert.Equal(("client.joined", 0), (card.Json.GetProperty("body").GetProperty("type").GetString(), card.Json.GetProperty("tries").GetArrayLength()));
        Assert.Empty((await scene.AsPartnerAsync("GET", path + "/deliveries?status=given-up")).Items);
        Assert.Equal("parameter-invalid", (await scene.AsPartnerAsync("GET", path + "/deliveries?status=lost")).Problem);
        var again = await scene.AsPartnerAsync("POST", log + "/redeliveries", null, "again");
        Assert.Equal((HttpStatusCode.Created, joined.GetProperty("messageId").GetString()), (again.Status, again.Text("messageId")));
        Assert.True((await scene.AsPartnerAsync("POST", log + "/redeliveries", null, "again")).IsReplay);
        await scene.AsPartnerAsync("PATCH", path, """{"paused":true}""", ifMatch: "*");
        Assert.Equal("webhook-paused", (await scene.AsPartnerAsync("POST", log + "/redeliveries")).Problem);
        Assert.Equal(HttpStatusCode.Created, (await scene.AsPartnerAsync("POST", path + "/test")).Status);
    }

    private static Task<WebhookEndpoint> RowAsync(ApiScene scene, string id)
    {
        var key = long.Parse(id["whk_".Length..], System.Globalization.CultureInfo.InvariantCulture);
        return scene.Portal.ReadAsync(db => db.WebhookEndpoints.SingleAsync(e => e.Id == key));
    }

    private static string ApiTimeOf(DateTime utc) => PartnerPortal.Features.Purchases.ApiTime.Write(utc);
}
