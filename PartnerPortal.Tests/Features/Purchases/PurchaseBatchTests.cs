using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Tests.Support;
using static PartnerPortal.Tests.Features.Purchases.PurchaseApiTests;

namespace PartnerPortal.Tests.Features.Purchases;

public sealed class PurchaseBatchTests
{
    private const string Address = "/api/v1/purchases/batch";

    [Theory, OnSqlite, OnPostgres]
    public async Task Post_NewKnownDoubleAndBadOnes_AnswersEachAsAlone(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (api, client) = await ApiAsync(portal);
        var good = Body(client);
        await PostAsync(api, "/api/v1/purchases", good, null);
        // A refund that waits for a purchase of the batch.
        await PostAsync(api, "/api/v1/purchases/b-2/refunds", """{"externalId":"r-1","amount":3000,"currency":"EUR","occurredAt":"2026-11-20T10:00:00Z"}""", null);
        var batch = Batch(
            good, Named("b-1"), Named("b-1"), Named("b-3").Replace($"\"number\":{client}", "\"number\":999999", StringComparison.Ordinal), Named("b-4").Replace("8000", "\"8000\"", StringComparison.Ordinal),
            Named("b-5").Replace("\"currency\":\"EUR\",", "", StringComparison.Ordinal), good.Replace("8000", "8001", StringComparison.Ordinal), Named("b-6").Replace("8000", "0", StringComparison.Ordinal), Named("b-2"));

        var (status, answer) = await PostAsync(api, Address, batch, "batch-1");

        Assert.Equal(HttpStatusCode.OK, status);
        string[] expected =
        [
            "known a-1", "recorded b-1", "known b-1", "refused client-unknown #/purchases/3/client", "refused malformed #/purchases/4", "refused missing #/purchases/5/currency",
            "refused external-id-used #/purchases/6/externalId", "refused not-positive #/purchases/7/amount", "recorded b-2",
        ];
        Assert.Equal(expected, Told(answer));
        Assert.Equal(answer.ToString(), (await PostAsync(api, Address, batch, "batch-1")).Answer.ToString());
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency-key-used"), await RefusedAsync(api, Address, Batch(Named("b-7")), "batch-1"));
        Assert.Equal(["known b-2", "recorded b-8"], Told((await PostAsync(api, Address, Batch(Named("b-2"), Named("b-8")), null)).Answer));
        Assert.Equal(4, await portal.ReadAsync(db => db.Purchases.CountAsync()));
        Assert.Equal(3000, await portal.ReadAsync(db => db.Purchases.Where(p => p.ExternalId == "b-2").Select(p => p.Refunded).SingleAsync()));
        Assert.Equal(4, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == PartnerPortal.Features.Audit.AuditActions.PurchaseRecorded)));
        Assert.Empty(await BookInvariants.BrokenAsync(portal, [client - PartnerPortal.Shared.AccountNumber.Offset]));
        Assert.Empty((await portal.CallAsync<VerifyBooks, BookReport>(v => v.ExecuteAsync(default))).Findings);

        string Named(string id) => good.Replace("a-1", id, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WholeBatchBad_IsRefusedAndNothingIsKept()
    {
        await using var portal = await TestPortal.StartAsync();
        var (api, client) = await ApiAsync(portal);
        var good = Body(client);
        (string Body, HttpStatusCode Status, string Type)[] cases =
        [
            (good, HttpStatusCode.BadRequest, "malformed"),
            ("{\"purchases\":{}}", HttpStatusCode.BadRequest, "malformed"),
            (Batch(), HttpStatusCode.UnprocessableEntity, "missing"),
            (Batch([.. Enumerable.Range(0, RecordPurchases.Most + 1).Select(n => good.Replace("a-1", n.ToString("D4", CultureInfo.InvariantCulture), StringComparison.Ordinal))]), HttpStatusCode.UnprocessableEntity, "batch-too-large"),
            (Batch(good.Replace("team", new string('x', 1024 * 1024), StringComparison.Ordinal)), HttpStatusCode.RequestEntityTooLarge, "body-too-large"),
        ];
        foreach (var (body, status, type) in cases)
        {
            Assert.Equal((status, type), await RefusedAsync(api, Address, body, null));
        }

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "key-too-long"), await RefusedAsync(api, Address, Batch(good), new string('k', 101)));
        api.DefaultRequestHeaders.Authorization = null;
        Assert.Equal((HttpStatusCode.Unauthorized, "key-unknown"), await RefusedAsync(api, Address, Batch(good), null));
        Assert.Equal(0, await portal.ReadAsync(db => db.Purchases.CountAsync()));
    }

    private static string Batch(params string[] purchases) => "{\"purchases\":[" + string.Join(',', purchases) + "]}";

    /// <summary>Each item's status, with its external id or its problem.</summary>
    private static List<string> Told(JsonElement answer) => [.. answer.GetProperty("purchases").EnumerateArray().Select(item => Text(item, "status") is "refused"
        ? $"refused {Text(item.GetProperty("problem"), "type")["urn:partner-portal:problem:".Length..]} {Text(item.GetProperty("problem"), "pointer")}"
        : $"{Text(item, "status")} {Text(item.GetProperty("purchase"), "externalId")}")];
}
