using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Api;

/// <summary>The product tells of accounts made in it.</summary>
public sealed class RegistrationApiTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Verified_WithAPartner_IsItsClientAtOnceWithReceiptAndConsent(DatabaseKind kind)
    {
        await using var scene = await ApiScene.StartAsync(kind);
        var (code, other) = (await scene.CodeAsync(scene.Partner), await scene.CodeAsync(scene.Other));
        var body = Body("cust_1", "nora@example.test", verified: true,
            $$""" "code":"{{code}}","agreedCode":"{{code}}","wording":2,"language":"es","visits":[{"code":"{{other}}","at":"2026-11-19T10:00:00Z","source":"newsletter"}]""");
        var made = await scene.AsProgramAsync("POST", "/registrations", body, "reg-1");
        Assert.Equal((HttpStatusCode.Created, "confirmed", code), (made.Status, made.Text("state"), made.Json.GetProperty("partner").GetProperty("code").GetString()));
        foreach (var again in new[] { await scene.AsProgramAsync("POST", "/registrations", body, "reg-1"), await scene.AsProgramAsync("POST", "/registrations", body) })
        {
            Assert.Equal((true, made.Json.ToString()), (again.IsReplay, again.Json.ToString()));
        }

        Assert.Equal(made.Json.ToString(), (await scene.AsProgramAsync("GET", "/registrations/cust_1")).Json.ToString());
        Assert.Equal(made.Json.ToString(), (await scene.AsProgramAsync("GET", "/registrations/" + made.Text("id"))).Json.ToString());
        var client = await scene.Portal.ReadAsync(db => db.Accounts.SingleAsync(a => a.ExternalId == "cust_1"));
        Assert.Equal((made.Json.GetProperty("client").GetInt64(), AccountState.Active, scene.Partner.AccountId), (client.Number, client.State, client.SponsorId));
        var attribution = await scene.Portal.ReadAsync(db => db.Attributions.Include(a => a.Receipt).SingleAsync(a => a.ClientId == client.Id));
        Assert.Equal((scene.Partner.AccountId!.Value, AttributionRule.Address, "es", (int?)2), (attribution.PartnerId, attribution.Receipt!.Rule, attribution.Receipt.WordingLanguage, attribution.Receipt.WordingVersion));
        Assert.Equal([ContenderOutcome.Won, ContenderOutcome.LaterRule], attribution.Receipt.Contenders.Select(c => c.Outcome));
        Assert.Equal(2, await scene.Portal.ReadAsync(db => db.Consents.CountAsync(c => c.ClientId == client.Id && c.PartnerId == scene.Partner.AccountId && c.WithdrawnAt == null)));
        Assert.Equal(1, await scene.Portal.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.ToAddress == "nora@example.test" && m.Kind == "made-in-product")));
        Assert.True(await scene.Portal.ReadAsync(db => db.AuditEntries.AnyAsync(e => e.Action == "registration.told" && e.AccountId == client.Id)));
        // The partner sees it in its own list, and what it buys is told by the product's id.
        Assert.Contains((await scene.AsPartnerAsync("GET", "/clients")).Items, i => i.GetProperty("name").GetString() == "Nora New");
        Assert.Equal("earns", (await scene.AsProgramAsync("POST", "/purchases", """{"externalId":"o-1","client":{"externalId":"cust_1"},"amount":8000,"currency":"EUR","product":"team","occurredAt":"2026-11-20T10:00:00Z"}""")).Text("outcome"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Unverified_NewOrKnownAddress_IsAnsweredTheSameAndNobodyIsAnybodysClient(DatabaseKind kind)
    {
        await using var scene = await ApiScene.StartAsync(kind);
        var code = await scene.CodeAsync(scene.Other);
        var agreed = $$""" "typedCode":"{{code}}","agreedCode":"{{code}}" """;
        var strange = await scene.AsProgramAsync("POST", "/registrations", Body("cust_1", "nora@example.test", false, agreed));
        var known = await scene.AsProgramAsync("POST", "/registrations", Body("cust_2", "clara@client.test", false, agreed));
        Assert.Equal((HttpStatusCode.Created, strange.Json.ToString().Replace("reg_1", "reg_2", StringComparison.Ordinal).Replace("cust_1", "cust_2", StringComparison.Ordinal)), (known.Status, known.Json.ToString()));
        Assert.Equal("waiting", known.Text("state"));
        // Invariant 3: an account that existed is nobody else's without its Yes, and goes by no id of a stranger's.
        Assert.Equal(scene.Partner.AccountId, await scene.Portal.ReadAsync(db => db.Attributions.Where(a => a.ClientId == scene.Client.AccountId && a.EndedAt == null).Select(a => a.PartnerId).SingleAsync()));
        Assert.False(await scene.Portal.ReadAsync(db => db.Accounts.AnyAsync(a => a.ExternalId != null)));
        Assert.False(await scene.Portal.ReadAsync(db => db.Attributions.AnyAsync(a => a.PartnerId == scene.Other.AccountId)));
        Assert.Equal("client-unknown", (await scene.AsProgramAsync("POST", "/purchases", """{"externalId":"o-1","client":{"externalId":"cust_2"},"amount":8000,"currency":"EUR","product":"team","occurredAt":"2026-11-20T10:00:00Z"}""")).Problem);

        // The mail's link confirms, with a password that is chosen then.
        var user = await scene.Portal.ReadAsync(db => db.Users.SingleAsync(u => u.Email == "nora@example.test"));
        var token = await scene.Portal.InScopeAsync(async services =>
        {
            var users = (Microsoft.AspNetCore.Identity.UserManager<Identity.PortalUser>)services.GetService(typeof(Microsoft.AspNetCore.Identity.UserManager<Identity.PortalUser>))!;
            return Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlEncode(System.Text.Encoding.UTF8.GetBytes(await users.GenerateEmailConfirmationTokenAsync((await users.FindByIdAsync(user.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)))!)));
        });
        Assert.Null((await scene.Portal.CallAsync<ConfirmRegistration, Result<Confirmation>>(c => c.ExecuteAsync(user.Id, token, new RegistrationProof(NewPassword: World.Password), default))).Error);
        var confirmed = await scene.AsProgramAsync("GET", "/registrations/cust_1");
        Assert.Equal(("confirmed", code), (confirmed.Text("state"), confirmed.Json.GetProperty("partner").GetProperty("code").GetString()));
        Assert.True(await scene.Portal.ReadAsync(db => db.Accounts.AnyAsync(a => a.ExternalId == "cust_1")));
        Assert.Equal("waiting", (await scene.AsProgramAsync("GET", "/registrations/cust_2")).Text("state"));
    }

    [Fact]
    public async Task Verified_KnownAddress_KeepsItsAccountAndIsAskedByMail()
    {
        await using var scene = await ApiScene.StartAsync();
        var code = await scene.CodeAsync(scene.Other);
        var told = await scene.AsProgramAsync("POST", "/registrations", Body("cust_1", "clara@client.test", true, $$""" "code":"{{code}}","agreedCode":"{{code}}" """));
        Assert.Equal(("confirmed", AccountNumber.Offset + scene.Client.AccountId!.Value, await scene.CodeAsync(scene.Partner)),
            (told.Text("state"), told.Json.GetProperty("client").GetInt64(), told.Json.GetProperty("partner").GetProperty("code").GetString()));
        Assert.Equal("cust_1", await scene.Portal.ReadAsync(db => db.Accounts.Where(a => a.Id == scene.Client.AccountId).Select(a => a.ExternalId).SingleAsync()));
        var mail = await scene.Portal.ReadAsync(db => db.OutboxMessages.SingleAsync(m => m.ToAddress == "clara@client.test" && m.Kind == "already-registered"));
        Assert.Contains("Otherway Limited", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registration_ThatIsNotAgreedOrNotRight_IsRefusedAndNothingIsMade()
    {
        await using var scene = await ApiScene.StartAsync();
        var (code, other) = (await scene.CodeAsync(scene.Partner), await scene.CodeAsync(scene.Other));
        await scene.Money.WorkAsync(async work => (await work.Db.Accounts.FindAsync(scene.Other.AccountId))!.SetExternalId("taken"));
        var users = await scene.Portal.ReadAsync(db => db.Users.CountAsync());
        foreach (var (body, status, problem) in new[]
        {
            (Body("c", "n@example.test", true, $$""" "code":"{{code}}" """), HttpStatusCode.Conflict, "partner-changed"),
            (Body("c", "n@example.test", true, $$""" "code":"{{code}}","agreedCode":"{{other}}" """), HttpStatusCode.Conflict, "partner-changed"),
            (Body("taken", "n@example.test", true, """ "withoutPartner":true """), HttpStatusCode.Conflict, "external-id-used"),
            (Body("c", "n@example", true, """ "wording":2 """), HttpStatusCode.UnprocessableEntity, "email-invalid"),
            (Body("c", "n@example.test", true, """ "wording":9 """), HttpStatusCode.UnprocessableEntity, "wording-unknown"),
            (Body("reg_7", "n@example.test", true, """ "wording":2 """), HttpStatusCode.UnprocessableEntity, "external-id-reserved"),
            (Body(" ", "n@example.test", true, """ "wording":2 """), HttpStatusCode.UnprocessableEntity, "external-id-missing"),
            (Body("c", "n@example.test", true, """ "visits":[{"code":"x"}] """), HttpStatusCode.UnprocessableEntity, "missing"),
            ("""{"externalId":"c","email":"n@example.test"}""", HttpStatusCode.UnprocessableEntity, "missing"),
        })
        {
            var refused = await scene.AsProgramAsync("POST", "/registrations", body);
            Assert.Equal((status, problem), (refused.Status, refused.Problem));
        }

        Assert.Equal((users, 0), (await scene.Portal.ReadAsync(db => db.Users.CountAsync()), await scene.Portal.ReadAsync(db => db.ProductRegistrations.CountAsync())));
        var without = Body("c", "n@example.test", true, $$""" "code":"{{code}}","withoutPartner":true """);
        Assert.Equal(JsonValueKind.Null, (await scene.AsProgramAsync("POST", "/registrations", without, "k")).Json.GetProperty("partner").ValueKind);
        Assert.Equal("external-id-used", (await scene.AsProgramAsync("POST", "/registrations", without.Replace("n@", "m@", StringComparison.Ordinal))).Problem);
        Assert.Equal("idempotency-key-used", (await scene.AsProgramAsync("POST", "/registrations", without.Replace("n@", "m@", StringComparison.Ordinal), "k")).Problem);
        Assert.Equal("not-found", (await scene.AsProgramAsync("GET", "/registrations/nothing")).Problem);
    }

    /// <summary>Delivered at once by several nodes of the product, or again while it is still being worked on.</summary>
    [Theory, OnSqlite, OnPostgres]
    public async Task Registration_ToldManyTimesAtOnce_IsMadeOnce(DatabaseKind kind)
    {
        await using var scene = await ApiScene.StartAsync(kind);
        var code = await scene.CodeAsync(scene.Partner);
        var body = Body("cust_1", "nora@example.test", true, $$""" "code":"{{code}}","agreedCode":"{{code}}" """);
        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => scene.AsProgramAsync("POST", "/registrations", body, "k")));
        Assert.All(replies, r => Assert.Equal(HttpStatusCode.Created, r.Status));
        Assert.Single(replies.Select(r => r.Text("id")).Distinct());
        Assert.Equal((1, 1), (await scene.Portal.ReadAsync(db => db.ProductRegistrations.CountAsync()), await scene.Portal.ReadAsync(db => db.Attributions.CountAsync(a => a.ClientId != scene.Client.AccountId))));
    }

    private static string Body(string id, string email, bool verified, string more) =>
        $$"""{"externalId":"{{id}}","name":"Nora New","email":"{{email}}","emailVerified":{{(verified ? "true" : "false")}},{{more}}}""";
}
