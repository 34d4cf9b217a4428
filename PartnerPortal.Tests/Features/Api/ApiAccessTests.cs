using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Api;

/// <summary>Every operation, asked by everybody who may not.</summary>
public sealed class ApiAccessTests
{
    [Fact]
    public async Task Operations_WithoutAGoodKey_AreRefused()
    {
        await using var scene = await ApiScene.StartAsync();
        var soon = scene.Portal.Clock.Now.AddMinutes(5);
        var revoked = await scene.KeyAsync(KeyHolder.Program, scene.Owner);
        var keyId = await scene.Portal.ReadAsync(db => db.ProgramKeys.MaxAsync(k => k.Id));
        var expiring = (Program: await scene.KeyAsync(KeyHolder.Program, scene.Owner, until: soon), Partner: await scene.KeyAsync(KeyHolder.Partner, scene.Partner, until: soon));
        Assert.Equal(HttpStatusCode.OK, (await scene.SendAsync(expiring.Partner, "GET", "/clients")).Status);
        Assert.Null((await scene.Portal.CallAsync<RevokeProgramKey, Result<string>>(r => r.ExecuteAsync(KeyHolder.Program, keyId, scene.Owner, default))).Error);
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(6));
        foreach (var (operation, right) in scene.Contract.Operations.SelectMany(o => o.Holders.Select(h => (o, h))))
        {
            var isPartners = right is KeyHolder.Partner;
            var actor = isPartners ? scene.Partner : scene.Owner;
            var others = await scene.KeyAsync(right, actor, [.. KeyScopes.Of(right).Where(s => s != operation.Scope)]);
            // An operation of both sides has no key of the wrong side.
            var wrong = operation.Holders.Count > 1 ? others : isPartners ? scene.ProgramKey : scene.PartnerKey;
            foreach (var (key, status, problem) in new (string?, HttpStatusCode, string)[]
            {
                (null, HttpStatusCode.Unauthorized, "key-unknown"), ("ppk_" + LinkToken.New(), HttpStatusCode.Unauthorized, "key-unknown"), ("nonsense", HttpStatusCode.Unauthorized, "key-unknown"),
                (revoked, HttpStatusCode.Unauthorized, "key-unknown"), (isPartners ? expiring.Partner : expiring.Program, HttpStatusCode.Unauthorized, "key-expired"),
                (wrong, HttpStatusCode.Forbidden, "scope-missing"), (others, HttpStatusCode.Forbidden, "scope-missing"),
            })
            {
                var reply = await AskAsync(scene, operation, key);
                Assert.Equal((operation.Id, status, problem), (operation.Id, reply.Status, reply.Problem));
                Assert.Equal(status is HttpStatusCode.Unauthorized, reply.Response.Headers.WwwAuthenticate.Count > 0);
            }
        }
    }

    /// <summary>Reading goes on for a partner that is suspended; of one that is no partner the key opens nothing.</summary>
    [Fact]
    public async Task Operations_OfAPartnerThatIsNone_AreRefused()
    {
        await using var scene = await ApiScene.StartAsync();
        await scene.Portal.CorruptAsync(string.Create(CultureInfo.InvariantCulture, $"UPDATE \"Partners\" SET \"State\" = 'Rejected' WHERE \"AccountId\" = {scene.Other.AccountId}"));
        foreach (var operation in scene.Contract.Operations.Where(o => o.Holders.Contains(KeyHolder.Partner)))
        {
            var reply = await AskAsync(scene, operation, scene.OtherKey);
            Assert.Equal((HttpStatusCode.Forbidden, "not-allowed"), (reply.Status, reply.Problem));
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Keys_OfAPartner_AreItsAdminsAndNeverPostMoney(DatabaseKind kind)
    {
        await using var scene = await ApiScene.StartAsync(kind);
        var seller = await scene.World.ColleagueAsync(scene.Partner, "Sven Seller", MemberRole.Seller);
        foreach (var nobody in new[] { seller, scene.Client, scene.Owner, Actor.Visitor })
        {
            Assert.IsType<NotAllowed>((await MakeAsync(new NewKey(KeyHolder.Partner, "Mine", [PartnerScopes.ClientsRead]), nobody)).Error);
        }

        Assert.IsType<NotAllowed>((await MakeAsync(new NewKey(KeyHolder.Partner, "Mine", [PartnerScopes.ClientsRead, ProgramScopes.PurchasesWrite]), scene.Partner)).Error);
        Assert.IsType<NotAllowed>((await MakeAsync(new NewKey(KeyHolder.Program, "Mine", [ProgramScopes.PurchasesWrite]), scene.Partner)).Error);
        Assert.IsType<KeyScopesMissing>((await MakeAsync(new NewKey(KeyHolder.Partner, "Mine", []), scene.Partner)).Error);
        Assert.IsType<KeyExpiryInPast>((await MakeAsync(new NewKey(KeyHolder.Partner, "Mine", [PartnerScopes.ClientsRead], scene.Portal.Clock.Now), scene.Partner)).Error);
        var own = Assert.Single(await ListAsync(scene.Partner));
        Assert.Equal(string.Join(' ', PartnerScopes.All), own.Scope);
        Assert.IsType<NoSuchKey>((await RevokeAsync(KeyHolder.Partner, own.Id, scene.Other)).Error);
        Assert.IsType<NoSuchKey>((await RevokeAsync(KeyHolder.Program, own.Id, scene.Owner)).Error);
        Assert.IsType<NotAllowed>((await RevokeAsync(KeyHolder.Partner, own.Id, seller)).Error);
        Assert.Empty(await ListAsync(seller));
        Assert.Null((await RevokeAsync(KeyHolder.Partner, own.Id, scene.Partner)).Error);
        Assert.Equal(HttpStatusCode.Unauthorized, (await scene.AsPartnerAsync("GET", "/clients")).Status);
        Assert.Equal(HttpStatusCode.OK, (await scene.SendAsync(scene.OtherKey, "GET", "/clients")).Status);

        Task<Result<MadeKey>> MakeAsync(NewKey key, Actor actor) => scene.Portal.CallAsync<MakeProgramKey, Result<MadeKey>>(m => m.ExecuteAsync(key, actor, default));

        Task<Result<string>> RevokeAsync(KeyHolder holder, long id, Actor actor) => scene.Portal.CallAsync<RevokeProgramKey, Result<string>>(r => r.ExecuteAsync(holder, id, actor, default));

        Task<IReadOnlyList<ProgramKeyRow>> ListAsync(Actor actor) => scene.Portal.CallAsync<ProgramKeyQueries, IReadOnlyList<ProgramKeyRow>>(q => q.ListAsync(KeyHolder.Partner, actor, default));
    }

    [Fact]
    public async Task Limits_OfAKey_AreToldAndHold()
    {
        await using var scene = await ApiScene.StartAsync(settings: new() { ["Api:PartnerPerMinute"] = "3" });
        scene.Portal.Clock.Advance(TimeSpan.FromSeconds(60 - (scene.Portal.Clock.GetUtcNow().ToUnixTimeSeconds() % 60)));
        foreach (var left in new[] { 2, 1, 0 })
        {
            var reply = await scene.AsPartnerAsync("GET", "/wallet");
            Assert.Equal((HttpStatusCode.OK, $"\"partner\";r={left};t=60", "\"partner\";q=3;w=60"), (reply.Status, reply.Response.Headers.GetValues("RateLimit").Single(), reply.Response.Headers.GetValues("RateLimit-Policy").Single()));
        }

        var refused = await scene.AsPartnerAsync("GET", "/wallet");
        Assert.Equal((HttpStatusCode.TooManyRequests, "rate-limited", "60"), (refused.Status, refused.Problem, refused.Response.Headers.GetValues("Retry-After").Single()));
        // Each key for itself, and the next minute is a new one.
        Assert.Equal(HttpStatusCode.OK, (await scene.SendAsync(scene.OtherKey, "GET", "/wallet")).Status);
        scene.Portal.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(HttpStatusCode.OK, (await scene.AsPartnerAsync("GET", "/wallet")).Status);
    }

    private static Task<ApiReply> AskAsync(ApiScene scene, DescribedOperation operation, string? key)
    {
        var path = operation.Path["/api/v1".Length..].Replace("{id}", "cli_1", StringComparison.Ordinal).Replace("{number}", "10001", StringComparison.Ordinal).Replace("{client}", "10001", StringComparison.Ordinal)
            .Replace("{delivery}", "dlv_1", StringComparison.Ordinal);
        return scene.SendAsync(key, operation.Method, path, operation.Json["requestBody"] is null ? null : "{}");
    }
}
