using System.Net;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Api;

/// <summary>What the program's own systems read; what they post stands with the purchases.</summary>
public sealed class ProgramApiTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task PartnersAndPurchases_AreReadBySystemsOfTheProgram(DatabaseKind kind)
    {
        await using var scene = await ApiScene.StartAsync(kind);
        var number = AccountNumber.Offset + scene.Client.AccountId!.Value;
        var partners = (await scene.AsProgramAsync("GET", "/partners?list=active&limit=1")).Json;
        Assert.Equal("Otherway Limited", partners.GetProperty("items")[0].GetProperty("name").GetString());
        var rest = await scene.AsProgramAsync("GET", "/partners?list=active&limit=1&cursor=" + partners.GetProperty("next").GetString());
        Assert.Equal("Brightwater Systems", rest.Items.Single().GetProperty("name").GetString());
        Assert.Single((await scene.AsProgramAsync("GET", "/partners?search=brightwater")).Items);
        var one = await scene.AsProgramAsync("GET", $"/partners/{AccountNumber.Offset + scene.Partner.AccountId}");
        Assert.Equal((await scene.CodeAsync(scene.Partner), "integrator"), (one.Text("code"), one.Text("kind")));
        Assert.Equal("not-found", (await scene.AsProgramAsync("GET", $"/partners/{number}")).Problem);

        var posted = await scene.AsProgramAsync("POST", "/purchases", Purchase("o-1", number), "k-1");
        Assert.Equal(HttpStatusCode.Created, posted.Status);
        Assert.True((await scene.AsProgramAsync("POST", "/purchases", Purchase("o-1", number), "k-1")).IsReplay);
        var batch = await scene.AsProgramAsync("POST", "/purchases/batch", $$"""{"purchases":[{{Purchase("o-2", number)}},{{Purchase("o-3", 999999)}}]}""", "k-2");
        Assert.Equal(["recorded", "refused"], batch.Json.GetProperty("purchases").EnumerateArray().Select(p => p.GetProperty("status").GetString()!));
        Assert.Equal(HttpStatusCode.Created, (await scene.AsProgramAsync("POST", "/purchases/o-1/refunds", """{"externalId":"r-1","amount":1000,"currency":"EUR","occurredAt":"2026-11-20T09:40:00Z"}""")).Status);
        foreach (var id in new[] { "o-1", posted.Text("id") })
        {
            var read = await scene.AsProgramAsync("GET", "/purchases/" + id);
            Assert.Equal((1000, "r-1"), (read.Json.GetProperty("refunded").GetInt64(), read.Json.GetProperty("refunds")[0].GetProperty("externalId").GetString()));
        }

        Assert.Equal(2, (await scene.AsProgramAsync("GET", $"/purchases?client={number}&source=api&outcome=earns")).Items.Count());
        Assert.Equal("o-2", (await scene.AsProgramAsync("GET", "/purchases?externalId=o-2")).Items.Single().GetProperty("externalId").GetString());
        Assert.Empty((await scene.AsProgramAsync("GET", "/purchases?client=10000")).Items);
        Assert.Equal("not-found", (await scene.AsProgramAsync("GET", "/purchases/pur_4711")).Problem);
        Assert.Equal("purchase-unknown", (await scene.AsProgramAsync("POST", "/purchases/pur_4711/refunds", """{"externalId":"r-2","currency":"EUR","occurredAt":"2026-11-20T09:40:00Z"}""")).Problem);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Lookup_NamesWhoWouldBeThePartner_AndNothingElse(DatabaseKind kind)
    {
        await using var scene = await ApiScene.StartAsync(kind);
        var (code, other) = (await scene.CodeAsync(scene.Partner), await scene.CodeAsync(scene.Other));
        await scene.Money.WorkAsync(async work => (await work.Db.Accounts.FindAsync(scene.Partner.AccountId))!.SetExternalId("crm-7"));
        foreach (var query in new[] { "code=" + code, "ref=" + (AccountNumber.Offset + scene.Partner.AccountId), "refexternal=crm-7", $"typedCode={code.ToLowerInvariant()}&code={other}" })
        {
            var found = await scene.AsProgramAsync("GET", $"/lookup?{query}&language=es");
            Assert.Equal((code, "Brightwater Systems", true), (found.Text("code"), found.Text("name"), found.Json.GetProperty("takesClients").GetBoolean()));
            Assert.Contains("10", found.Json.GetProperty("discount").GetProperty("text").GetString(), StringComparison.Ordinal);
            Assert.Equal((2, "es", 3), (found.Json.GetProperty("consent").GetProperty("version").GetInt32(), found.Json.GetProperty("consent").GetProperty("language").GetString(), found.Json.GetProperty("consent").GetProperty("sees").GetArrayLength()));
        }

        // Of earlier visits the last counts, and one that is too old does not.
        var visits = Uri.EscapeDataString($$"""[{"code":"{{code}}","at":"2026-11-20T08:00:00Z"},{"code":"{{other}}","at":"2026-11-19T08:00:00Z","source":"mail"}]""");
        Assert.Equal(code, (await scene.AsProgramAsync("GET", "/lookup?visits=" + visits)).Text("code"));
        Assert.Equal("partner-unknown", (await scene.AsProgramAsync("GET", "/lookup?visits=" + visits.Replace("2026", "2020", StringComparison.Ordinal))).Problem);
        Assert.Equal("partner-unknown", (await scene.AsProgramAsync("GET", "/lookup?code=KM7QX4WT")).Problem);
        Assert.Equal("parameter-invalid", (await scene.AsProgramAsync("GET", "/lookup?visits=%7B%7D")).Problem);
        await scene.World.SuspendAsync(scene.Partner);
        Assert.False((await scene.AsProgramAsync("GET", "/lookup?code=" + code)).Json.GetProperty("takesClients").GetBoolean());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Discount_OfAClient_IsThereUntilItsFirstPurchase(DatabaseKind kind)
    {
        await using var scene = await ApiScene.StartAsync(kind);
        var number = AccountNumber.Offset + scene.Client.AccountId!.Value;
        var spared = await scene.AsProgramAsync("GET", $"/clients/{number}/discount");
        Assert.Equal(("Brightwater Systems", 1000, "10% off the first purchase"), (spared.Text("partnerName"), spared.Json.GetProperty("discount").GetProperty("basisPoints").GetInt32(), spared.Json.GetProperty("discount").GetProperty("text").GetString()));
        await scene.Money.WorkAsync(async work => (await work.Db.Accounts.FindAsync(scene.Client.AccountId))!.SetExternalId("cust_1"));
        Assert.Equal(number, (await scene.AsProgramAsync("GET", "/clients/cust_1/discount?language=de")).Json.GetProperty("client").GetInt64());
        await scene.Money.BuyAsync(scene.Money.Purchase(scene.Client.AccountId!.Value, "a-1"));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await scene.AsProgramAsync("GET", "/clients/cust_1/discount")).Json.GetProperty("discount").ValueKind);
        Assert.Equal("not-found", (await scene.AsProgramAsync("GET", "/clients/nobody/discount")).Problem);
    }

    internal static string Purchase(string id, long client) =>
        $$"""{"externalId":"{{id}}","client":{"number":{{client}}},"amount":8000,"tax":1520,"currency":"EUR","product":"team","occurredAt":"2026-11-20T09:30:00Z"}""";
}
