using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Api;

/// <summary>What a partner's own system does with its key.</summary>
public sealed class PartnerApiTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Clients_ListedFilteredPagedAndRead_AreThoseOfTheList(DatabaseKind kind)
    {
        await using var scene = await ApiScene.StartAsync(kind);
        foreach (var i in Enumerable.Range(1, 4))
        {
            Assert.Equal(HttpStatusCode.Created, (await scene.AsPartnerAsync("POST", "/clients", $$"""{"name":"Person {{i}}","email":"person{{i}}@example.test"}""")).Status);
        }

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await scene.AsPartnerAsync("GET", "/clients?limit=2&sort=name" + (cursor is null ? "" : "&cursor=" + cursor));
            seen.AddRange(page.Items.Select(i => i.GetProperty("name").GetString()!));
            cursor = page.Json.GetProperty("next").GetString();
        }
        while (cursor is not null);
        Assert.Equal(["Clara Client", "Person 1", "Person 2", "Person 3", "Person 4"], seen);
        Assert.Equal(["Clara Client"], (await scene.AsPartnerAsync("GET", "/clients?status=active,never-signed-in")).Items.Select(i => i.GetProperty("name").GetString()!));
        Assert.Single((await scene.AsPartnerAsync("GET", "/clients?search=person%203&cameBy=created&order=asc")).Items);
        Assert.Empty((await scene.AsPartnerAsync("GET", "/clients?from=2030-01-01T00:00:00Z")).Items);

        var one = await scene.AsPartnerAsync("GET", "/clients/" + await scene.LineAsync(scene.Client, scene.Partner));
        Assert.Equal(("clara@client.test", AccountNumber.Offset + scene.Client.AccountId!.Value), (one.Text("email"), one.Json.GetProperty("number").GetInt64()));
        foreach (var (query, problem) in new[] { ("limit=0", "parameter-invalid"), ("limit=x", "parameter-invalid"), ("cursor=%21", "cursor-invalid"), ("status=lost", "parameter-invalid"), ("colour=red", "parameter-unknown"), ("from=yesterday", "parameter-invalid") })
        {
            var refused = await scene.AsPartnerAsync("GET", "/clients?" + query);
            Assert.Equal((HttpStatusCode.UnprocessableEntity, problem), (refused.Status, refused.Problem));
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Client_CreatedTwiceWithOneKey_IsCreatedOnce(DatabaseKind kind)
    {
        await using var scene = await ApiScene.StartAsync(kind);
        const string body = """{"name":"Nora New","email":"nora@example.test","phone":"0157 35991234","country":"DE","note":"Met at the fair.","language":"de"}""";
        var made = await scene.AsPartnerAsync("POST", "/clients", body, "k-1");
        var again = await scene.AsPartnerAsync("POST", "/clients", body, "k-1");
        Assert.Equal((HttpStatusCode.Created, false, true), (made.Status, made.IsReplay, again.IsReplay));
        Assert.Equal(("invited", "+4915735991234", "Met at the fair."), (made.Text("status"), made.Text("phone"), made.Text("note")));
        Assert.Equal(made.Json.ToString(), again.Json.ToString());
        Assert.Equal("/api/v1/clients/" + made.Text("id"), made.Response.Headers.Location!.OriginalString);
        Assert.Equal("idempotency-key-used", (await scene.AsPartnerAsync("POST", "/clients", body.Replace("Nora", "Dora", StringComparison.Ordinal), "k-1")).Problem);
        Assert.Equal((HttpStatusCode.Conflict, "already-in-list"), await Told(scene.AsPartnerAsync("POST", "/clients", body, "k-2")));
        // Another partner's keys are its own, and to it the address is new.
        Assert.Equal(HttpStatusCode.Created, (await scene.SendAsync(scene.OtherKey, "POST", "/clients", body, "k-1")).Status);
        Assert.Equal(2, await scene.Portal.ReadAsync(db => db.Invitations.CountAsync()));
        // An address that has an account is answered as any other (invariant 10).
        var existing = await scene.SendAsync(scene.OtherKey, "POST", "/clients", """{"name":"Clara Client","email":"clara@client.test"}""");
        Assert.Equal((HttpStatusCode.Created, "invited"), (existing.Status, existing.Text("status")));
        foreach (var (wrong, problem) in new[]
        {
            (body.Replace("Nora New", " ", StringComparison.Ordinal), "name-missing"), (body.Replace("nora@example.test", "nora", StringComparison.Ordinal), "email-invalid"),
            (body.Replace("0157 35991234", "12", StringComparison.Ordinal), "phone-invalid"), ("""{"name":"x"}""", "missing"), ("""{"nmae":"x"}""", "malformed"), ("[]", "malformed"),
            (body.Replace("Met", new string('x', 4001), StringComparison.Ordinal), "note-too-long"),
        })
        {
            Assert.Equal(problem, (await scene.AsPartnerAsync("POST", "/clients", wrong)).Problem);
        }

        await scene.World.SuspendAsync(scene.Partner);
        Assert.Equal((HttpStatusCode.Forbidden, "partner-inactive"), await Told(scene.AsPartnerAsync("POST", "/clients", body, "k-9")));
        Assert.Equal(HttpStatusCode.OK, (await scene.AsPartnerAsync("GET", "/clients")).Status);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Client_ChangedWithTheVersionThatWasRead_ElseRefused(DatabaseKind kind)
    {
        await using var scene = await ApiScene.StartAsync(kind);
        var path = "/clients/" + await scene.LineAsync(scene.Client, scene.Partner);
        var read = await scene.AsPartnerAsync("GET", path);
        Assert.Equal((HttpStatusCode.PreconditionRequired, "if-match-missing"), await Told(scene.AsPartnerAsync("PATCH", path, """{"note":"x"}""")));
        var changed = await scene.AsPartnerAsync("PATCH", path, """{"note":"Wants the team plan.","tags":["Munich","munich","VIP"]}""", ifMatch: read.ETag);
        Assert.Equal(("Wants the team plan.", "Munich VIP"), (changed.Text("note"), string.Join(' ', changed.Json.GetProperty("tags").EnumerateArray().Select(t => t.GetString()))));
        Assert.NotEqual(read.ETag, changed.ETag);
        Assert.Equal(changed.ETag, (await scene.AsPartnerAsync("GET", path)).ETag);
        Assert.Equal((HttpStatusCode.PreconditionFailed, "changed-meanwhile"), await Told(scene.AsPartnerAsync("PATCH", path, """{"note":"lost"}""", ifMatch: read.ETag)));
        var untagged = await scene.AsPartnerAsync("PATCH", path, """{"tags":["VIP"]}""", ifMatch: "*");
        Assert.Equal(("Wants the team plan.", 1), (untagged.Text("note"), untagged.Json.GetProperty("tags").GetArrayLength()));
        Assert.Equal("tag-too-long", (await scene.AsPartnerAsync("PATCH", path, $$"""{"tags":["{{new string('x', 41)}}"]}""", ifMatch: "*")).Problem);
        Assert.Equal("too-many-tags", (await scene.AsPartnerAsync("PATCH", path, $$"""{"tags":[{{string.Join(',', Enumerable.Range(0, 21).Select(i => $"\"t{i}\""))}}]}""", ifMatch: "*")).Problem);
        Assert.Equal("missing", (await scene.AsPartnerAsync("PATCH", path, "{}", ifMatch: "*")).Problem);
        using var client = scene.Contract.Client(scene.Portal, scene.PartnerKey);
        client.DefaultRequestHeaders.TryAddWithoutValidation("If-None-Match", untagged.ETag);
        Assert.Equal(HttpStatusCode.NotModified, (await client.GetAsync(new Uri("/api/v1" + path, UriKind.Relative))).StatusCode);
        Assert.True(await scene.Portal.ReadAsync(db => db.AuditEntries.AnyAsync(e => e.Action == "client.changed" && e.ActorName == "A system" && e.AccountId == scene.Partner.AccountId)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Invitation_MadeFollowedWithdrawn_SaysSo(DatabaseKind kind)
    {
        await using var scene = await ApiScene.StartAsync(kind);
        const string body = """{"email":"ina@example.test","language":"es"}""";
        var made = await scene.AsPartnerAsync("POST", "/invitations", body, "i-1");
        Assert.Equal((HttpStatusCode.Created, "queued", "mailed"), (made.Status, made.Text("state"), made.Text("kind")));
        Assert.True((await scene.AsPartnerAsync("POST", "/invitations", body, "i-1")).IsReplay);
        Assert.Equal("idempotency-key-used", (await scene.AsPartnerAsync("POST", "/invitations", """{"email":"ida@example.test"}""", "i-1")).Problem);
        Assert.Equal(1, await scene.Portal.ReadAsync(db => db.Invitations.CountAsync()));
        Assert.Equal(1, await scene.Portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default)));
        Assert.Equal(1, await scene.Portal.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.ToAddress == "ina@example.test")));
        var path = "/invitations/" + made.Text("id");
        var sent = await scene.AsPartnerAsync("GET", path);
        Assert.Equal(("sent", 1), (sent.Text("state"), sent.Json.GetProperty("sendings").GetInt32()));
        Assert.Equal((HttpStatusCode.Conflict, "already-client"), await Told(scene.AsPartnerAsync("POST", "/invitations", """{"email":"clara@client.test"}""")));
        Assert.Equal("email-invalid", (await scene.AsPartnerAsync("POST", "/invitations", """{"email":"ina"}""")).Problem);
        Assert.Equal((HttpStatusCode.PreconditionFailed, "changed-meanwhile"), await Told(scene.AsPartnerAsync("DELETE", path, ifMatch: made.ETag)));
        var gone = await scene.AsPartnerAsync("DELETE", path, ifMatch: sent.ETag);
        Assert.Equal((HttpStatusCode.OK, "withdrawn"), (gone.Status, gone.Text("state")));
        Assert.Equal("withdrawn", (await scene.AsPartnerAsync("DELETE", path)).Text("state"));
        Assert.Equal([made.Text("id")], (await scene.AsPartnerAsync("GET", "/invitations?state=withdrawn&limit=1")).Items.Select(i => i.GetProperty("id").GetString()!));
        Assert.Empty((await scene.AsPartnerAsync("GET", "/invitations?state=open")).Items);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task AttributionsAndWallet_AreThePartnersOwn(DatabaseKind kind)
    {
        await using var scene = await ApiScene.StartAsync(kind);
        await scene.Money.BuyAsync(scene.Money.Purchase(scene.Client.AccountId!.Value, "a-1"));
        var line = await scene.LineAsync(scene.Client, scene.Partner);
        var attribution = Assert.Single((await scene.AsPartnerAsync("GET", "/attributions?client=" + line)).Items);
        Assert.Equal((line, "Clara Client"), (attribution.GetProperty("client").GetString(), attribution.GetProperty("clientName").GetString()));
        var receipt = (await scene.AsPartnerAsync("GET", "/attributions/" + attribution.GetProperty("id").GetString())).Json.GetProperty("receipt");
        Assert.Equal(("yes", 2), (receipt.GetProperty("decidedBy").GetString(), receipt.GetProperty("consents").GetArrayLength()));
        Assert.Empty((await scene.AsPartnerAsync("GET", "/attributions?client=cli_4711")).Items);

        var balance = Assert.Single((await scene.AsPartnerAsync("GET", "/wallet")).Json.GetProperty("balances").EnumerateArray());
        var earned = Assert.Single((await scene.AsPartnerAsync("GET", "/wallet/lines?currency=EUR&state=held&level=1&month=2026-11")).Items);
        Assert.Equal(balance.GetProperty("pending").GetInt64(), earned.GetProperty("net").GetInt64());
        Assert.Equal("C. C.", (await scene.AsPartnerAsync("GET", "/wallet/lines/" + earned.GetProperty("id").GetString())).Text("client"));
        Assert.Empty((await scene.AsPartnerAsync("GET", "/wallet/lines?level=9")).Items);
        Assert.Equal("parameter-invalid", (await scene.AsPartnerAsync("GET", "/wallet/lines?month=November")).Problem);
        Assert.Empty((await scene.SendAsync(scene.OtherKey, "GET", "/wallet")).Json.GetProperty("balances").EnumerateArray());
        foreach (var path in new[] { "/clients/" + line, "/attributions/" + attribution.GetProperty("id").GetString(), "/wallet/lines/" + earned.GetProperty("id").GetString() })
        {
            // Another's is answered as nobody's, to the letter.
            var (others, nobodys) = (await scene.SendAsync(scene.OtherKey, "GET", path), await scene.SendAsync(scene.OtherKey, "GET", path[..(path.LastIndexOf('_') + 1)] + "999999"));
            Assert.Equal((HttpStatusCode.NotFound, nobodys.Json.ToString()), (others.Status, others.Json.ToString()));
            Assert.Equal(HttpStatusCode.NotFound, (await scene.AsPartnerAsync("GET", path + "x")).Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await scene.SendAsync(scene.OtherKey, "PATCH", "/clients/" + line, """{"note":"mine"}""", ifMatch: "*")).Status);
        Assert.Empty((await scene.SendAsync(scene.OtherKey, "GET", "/attributions?client=" + line)).Items);
    }

    private static async Task<(HttpStatusCode, string)> Told(Task<ApiReply> asked) => (await asked) is var reply ? (reply.Status, reply.Problem) : default;
}
