using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Journeys.MailReports;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys.MailReports;

/// <summary>What mail providers post, in the form that each has, and who may post it.</summary>
public sealed class MailWebhookTests
{
    private const string Secret = "a-secret-of-some-length";

    public static readonly TheoryData<string, string> Forms = new()
    {
        { """{"messageId":"ID@fernhill.test","event":"bounced"}""", "ID@fernhill.test Bounced" },
        { """[{"messageId":"ID","event":"delivered"},{"messageId":"B","event":"opened"}]""", "ID Delivered" },
        { """[{"email":"a@b.test","event":"bounce","type":"bounce","smtp-id":"<ID@fernhill.test>","timestamp":1}]""", "<ID@fernhill.test> Bounced" },
        { """[{"event":"bounce","type":"blocked","smtp-id":"<ID@x>"},{"event":"spamreport","smtp-id":"<ID@x>"},{"event":"click","smtp-id":"<ID@x>"}]""", "<ID@x> Complained" },
        { """{"signature":{},"event-data":{"event":"failed","severity":"permanent","message":{"headers":{"message-id":"ID@x"}}}}""", "ID@x Bounced" },
        { """{"signature":{},"event-data":{"event":"failed","severity":"temporary","message":{"headers":{"message-id":"ID@x"}}}}""", "" },
        { """{"event-data":{"event":"delivered","message":{"headers":{}}}}""", "" },
        { """[1,"x",null,{}]""", "" },
    };

    [Theory, MemberData(nameof(Forms))]
    public void Read_EachForm_TellsWhatBecameOfWhichMail(string body, string reports)
    {
        using var json = JsonDocument.Parse(body);

        Assert.Equal(reports, string.Join(", ", MailReportReader.Read(json.RootElement)!.Select(r => $"{r.MessageId} {r.Outcome}")));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("\"x\"")]
    public void Read_SomethingElse_IsNothing(string body)
    {
        using var json = JsonDocument.Parse(body);

        Assert.Null(MailReportReader.Read(json.RootElement));
    }

    [Fact]
    public async Task Post_OnlyWithTheSecret_IsTaken()
    {
        await using var portal = await TestPortal.StartAsync(settings: new() { ["Mail:WebhookSecret"] = Secret });
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        await portal.CallAsync<InviteByEmail, Result<InviteOutcome>>(i => i.ExecuteAsync(new InviteRequest(["a@harbour.example"], "en"), partner, default));
        await portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default));
        var id = await portal.ReadAsync(db => db.OutboxMessages.Select(m => m.MessageId).SingleAsync());
        using var client = await SignedIn.ClientAsync(portal, Actor.Visitor);
        var plain = $$"""{"messageId":"{{id}}","event":"bounced"}""";

        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(plain, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync("not json", null));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(plain, new("Bearer", Secret + "x")));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(plain, Basic("portal", "wrong")));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(plain, new("Basic", "%%%")));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(Mailgun(portal, id, "another-secret-than-it"), null));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(Mailgun(portal, id, Secret, late: true), null));
        Assert.Null(await BouncedAsync());

        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("not json", new("Bearer", Secret)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await PostAsync("{}", new("Bearer", Secret)));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(Mailgun(portal, id, Secret), null));
        Assert.NotNull(await BouncedAsync());
        Assert.Equal(HttpStatusCode.OK, await PostAsync(plain, new("Bearer", Secret)));
        Assert.Equal(HttpStatusCode.OK, await PostAsync($$"""[{"event":"delivered","smtp-id":"<{{id}}@x>"}]""", Basic("portal", Secret)));
        Assert.Null(await BouncedAsync());

        Task<DateTime?> BouncedAsync() => portal.ReadAsync(db => db.Invitations.Select(i => i.BouncedAt).SingleAsync());

        async Task<HttpStatusCode> PostAsync(string body, AuthenticationHeaderValue? shown)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, PortalUrls.MailWebhook) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Authorization = shown;
            using var response = await client.SendAsync(request);
            return response.StatusCode;
        }
    }

    private static AuthenticationHeaderValue Basic(string user, string password) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    private static string Mailgun(TestPortal portal, string id, string key, bool late = false)
    {
        var time = (portal.Clock.GetUtcNow().ToUnixTimeSeconds() - (late ? 301 : 0)).ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(time + "token")));
        return JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["signature"] = new { timestamp = time, token = "token", signature },
            ["event-data"] = new Dictionary<string, object>
            {
                ["event"] = "failed",
                ["severity"] = "permanent",
                ["message"] = new { headers = new Dictionary<string, string> { ["message-id"] = id + "@x" } },
            },
        });
    }
}
