using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Features.Api;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Access;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Api;

/// <summary>What <c>/openapi/v1.json</c> says is what the portal does.</summary>
public sealed class ApiDocumentTests
{
    [Fact]
    public async Task Document_AndTheMappedOperations_AreTheSame()
    {
        await using var portal = await TestPortal.StartAsync();
        var mapped = (
            from endpoint in portal.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            let scope = endpoint.Metadata.GetMetadata<ApiScope>()
            where scope is not null
            select $"{endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Single()} {endpoint.RoutePattern.RawText} {scope.Name}").Distinct().ToHashSet(StringComparer.Ordinal);
        var described = ApiContract.Of(portal).Operations.Select(o => $"{o.Method} {o.Path} {o.Scope}").ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(mapped);
        Findings.None(mapped.Except(described).Select(o => o + " is not described"));
        Findings.None(described.Except(mapped).Select(o => o + " is not there"));
        Findings.None(RouteTable.Of(portal).Where(r => r.Pattern.StartsWith("/api/v1/", StringComparison.Ordinal) && r.Pattern != "/api/v1/{}" && !r.Metadata.Any(m => m is ApiScope)).Select(r => r.Pattern + " asks for no scope"));
    }

    [Fact]
    public async Task Examples_FitTheirSchemas()
    {
        await using var portal = await TestPortal.StartAsync();

        Findings.None(ApiContract.Of(portal).WrongExamples());
    }

    /// <summary>Each operation is called as its description says; the handler of the scene holds request and answer against it.</summary>
    [Theory, OnSqlite, OnPostgres]
    public async Task Operations_CalledAsDescribed_AnswerAsDescribed(DatabaseKind kind)
    {
        await using var scene = await ApiScene.StartAsync(kind);
        await scene.Money.BuyAsync(scene.Money.Purchase(scene.Client.AccountId!.Value, "a-1"));
        var (number, code) = (AccountNumber.Offset + scene.Client.AccountId!.Value, await scene.CodeAsync(scene.Partner));
        foreach (var list in new[] { "clients", "invitations", "attributions", "wallet/lines", "wallet" })
        {
            Assert.Equal(HttpStatusCode.OK, (await scene.AsPartnerAsync("GET", "/" + list)).Status);
        }

        var line = (await scene.AsPartnerAsync("POST", "/clients", """{"name":"Nora New","email":"nora@example.test"}""", "1")).Text("id");
        await scene.AsPartnerAsync("GET", "/clients/" + line);
        await scene.AsPartnerAsync("PATCH", "/clients/" + line, """{"tags":["VIP"]}""", ifMatch: "*");
        var invitation = (await scene.AsPartnerAsync("POST", "/invitations", """{"email":"ina@example.test"}""", "2")).Text("id");
        await scene.AsPartnerAsync("GET", "/invitations/" + invitation);
        await scene.AsPartnerAsync("DELETE", "/invitations/" + invitation);
        await scene.AsPartnerAsync("GET", "/attributions/" + (await scene.AsPartnerAsync("GET", "/attributions")).Items.First().GetProperty("id").GetString());
        await scene.AsPartnerAsync("GET", "/wallet/lines/" + (await scene.AsPartnerAsync("GET", "/wallet/lines")).Items.First().GetProperty("id").GetString());
        foreach (var path in new[] { "/partners", $"/partners/{AccountNumber.Offset + scene.Partner.AccountId}", "/purchases", "/lookup?code=" + code, $"/clients/{number}/discount" })
        {
            Assert.Equal(HttpStatusCode.OK, (await scene.AsProgramAsync("GET", path)).Status);
        }

        await scene.AsProgramAsync("POST", "/purchases", ProgramApiTests.Purchase("o-1", number), "3");
        await scene.AsProgramAsync("POST", "/purchases/batch", $$"""{"purchases":[{{ProgramApiTests.Purchase("o-2", number)}}]}""", "4");
        await scene.AsProgramAsync("GET", "/purchases/o-1");
        await scene.AsProgramAsync("POST", "/purchases/o-1/refunds", """{"externalId":"r-1","amount":1000,"currency":"EUR","occurredAt":"2026-11-20T09:40:00Z"}""", "5");
        await scene.AsProgramAsync("POST", "/registrations", $$"""{"externalId":"c-1","name":"Rosa","email":"rosa@example.test","emailVerified":true,"code":"{{code}}","agreedCode":"{{code}}"}""", "6");
        await scene.AsProgramAsync("GET", "/registrations/c-1");

        foreach (var key in new[] { scene.PartnerKey, scene.ProgramKey })
        {
            await WebhookApiTests.CallAllAsync(scene, key);
        }

        Findings.None(scene.Contract.Operations.Select(o => o.Id).Except(scene.Contract.Done).Select(o => o + " was not called, or not answered"));
    }

    [Fact]
    public async Task Document_IsServedToAnybodyWithItsVersion()
    {
        await using var portal = await TestPortal.StartAsync();
        using var client = SignedIn.Visitor(portal);
        using var read = await client.GetAsync(new Uri(PortalUrls.ApiDocument, UriKind.Relative));
        Assert.Equal(("application/json", "*"), (read.Content.Headers.ContentType!.MediaType, read.Headers.GetValues("Access-Control-Allow-Origin").Single()));
        client.DefaultRequestHeaders.IfNoneMatch.Add(new EntityTagHeaderValue(read.Headers.ETag!.Tag));
        Assert.Equal(HttpStatusCode.NotModified, (await client.GetAsync(new Uri(PortalUrls.ApiDocument, UriKind.Relative))).StatusCode);

        using var nothing = await client.PutAsync(new Uri("/api/v1/nothing", UriKind.Relative), null);
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (nothing.StatusCode, nothing.Content.Headers.ContentType!.MediaType));
    }

    /// <summary>What goes wrong here is told as a problem too, without a word of what it was.</summary>
    [Fact]
    public async Task Operation_ThatFailsHere_AnswersAProblem()
    {
        await using var scene = await ApiScene.StartAsync();
        await scene.Portal.CorruptAsync("DROP TABLE \"WalletTallies\"");
        using var client = SignedIn.Visitor(scene.Portal);
        client.DefaultRequestHeaders.Authorization = new("Bearer", scene.PartnerKey);
        using var failed = await client.GetAsync(new Uri(PortalUrls.ApiWallet, UriKind.Relative));
        Assert.Equal((HttpStatusCode.InternalServerError, "application/problem+json"), (failed.StatusCode, failed.Content.Headers.ContentType!.MediaType));
        Assert.DoesNotContain("WalletTallies", await failed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reference_ShowsEachOperationWithItsProblemsAndACommand()
    {
        await using var portal = await TestPortal.StartAsync();
        using var client = SignedIn.Visitor(portal, "ar");
        var page = System.Net.WebUtility.HtmlDecode(await client.GetStringAsync(new Uri(PortalUrls.ApiReference, UriKind.Relative)));
        Findings.None(ApiContract.Of(portal).Operations.Where(o => !page.Contains($"id=\"{o.Id}\"", StringComparison.Ordinal)).Select(o => o.Id));
        Assert.Contains("/api/v1/clients/cli_17' \\", page, StringComparison.Ordinal);
        Assert.Contains("<code>url-private</code>", page, StringComparison.Ordinal);
        Assert.Contains("<code>already-in-list</code>", page, StringComparison.Ordinal);
        Assert.Contains("مرجع واجهة البرمجة", page, StringComparison.Ordinal);
    }

    /// <summary>By the rules that its makers recommend, and no warning either.</summary>
    [NpmFact]
    public async Task Document_PassesTheLinter()
    {
        // A server on this machine is worth a warning, and rightly so.
        await using var portal = await TestPortal.StartAsync(settings: new() { ["Portal:PublicUrl"] = "https://partners.test" });
        var tools = await NpmFolder.InstallAsync(".ci/api");
        await tools.WriteAsync("openapi.json", System.Text.Encoding.UTF8.GetString(portal.Services.GetRequiredService<ApiDocument>().Served.Bytes));

        var said = await tools.RunAsync("node", ["node_modules/@redocly/cli/bin/cli.js", "lint", "--extends", "recommended", "--format", "json", "openapi.json"]);

        Assert.Contains("\"totals\"", said, StringComparison.Ordinal);
        using var json = System.Text.Json.JsonDocument.Parse(said[said.IndexOf('{', StringComparison.Ordinal)..(said.LastIndexOf('}') + 1)]);
        var totals = json.RootElement.GetProperty("totals");
        Assert.Equal((0, 0), (totals.GetProperty("errors").GetInt32(), totals.GetProperty("warnings").GetInt32()));
    }

    /// <summary>As a stranger would: types made of the published document by a public generator, a program that compiles by them, run against a portal that listens.</summary>
    [NpmFact]
    public async Task Client_MadeByAPublicGenerator_CompilesAndDoesTheMainJob()
    {
        await using var portal = await Browser.LivePortal.StartAsync(still: true);
        var scene = await ApiScene.OnAsync(portal.Portal);
        var tools = await NpmFolder.InstallAsync(".ci/api");
        using var http = new HttpClient();
        await tools.WriteAsync("openapi.json", await http.GetStringAsync(new Uri(portal.Root + PortalUrls.ApiDocument)));
        await tools.RunAsync("node", ["node_modules/openapi-typescript/bin/cli.js", "openapi.json", "-o", "portal.d.ts"]);
        await tools.RunAsync("node", ["node_modules/typescript/bin/tsc", "--strict", "--skipLibCheck", "--module", "nodenext", "--moduleResolution", "nodenext", "--target", "es2022", "--types", "node", "job.mts"]);

        var said = await tools.RunAsync("node", ["job.mjs", portal.Root, scene.PartnerKey, scene.ProgramKey, await scene.CodeAsync(scene.Partner)]);

        Assert.Equal("Nora New is a client of Brightwater Systems, and its purchase earned 720 EUR held", said.Trim());
    }
}
