using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Program;

public sealed class ProgramKeyTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Key_MadeUsedRevoked_WorksInBetween(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var owner = await new World(portal).OwnerAsync();
        var made = (await MakeAsync(portal, " Web shop ", owner)).Value;

        var actor = (await SignInAsync(portal, made.Key)).Value;
        Assert.Equal((true, false, null, "Web shop"), (actor.MayPostMoney, actor.IsStaff, actor.UserId, actor.Name));
        var row = Assert.Single(await portal.CallAsync<ProgramKeyQueries, IReadOnlyList<ProgramKeyRow>>(q => q.ListAsync(KeyHolder.Program, owner, default)));
        Assert.Equal((portal.Clock.Now, made.Key[..8], ProgramScopes.PurchasesWrite), (row.LastUsedAt, row.Start, row.Scope));
        Assert.IsType<KeyLacksScope>((await portal.CallAsync<SignInWithKey, Result<Actor>>(s => s.ExecuteAsync(made.Key, "clients:read", default))).Error);

        Assert.True((await RevokeAsync(portal, made.Id, owner)).Ok);
        Assert.IsType<KeyUnknown>((await SignInAsync(portal, made.Key)).Error);
        Assert.IsType<NoSuchKey>((await RevokeAsync(portal, made.Id, owner)).Error);
    }

    /// <summary>What a lost signal costs is a few seconds.</summary>
    [Fact]
    public async Task Key_RevokedOnAnotherNode_IsForgottenOnceTold()
    {
        await using var portal = await TestPortal.StartAsync();
        var made = (await MakeAsync(portal, "Web shop", await new World(portal).OwnerAsync())).Value;
        Assert.True((await SignInAsync(portal, made.Key)).Ok);

        await portal.CorruptAsync("UPDATE \"ProgramKeys\" SET \"RevokedAt\" = '2026-11-20 10:00:00'");
        portal.Services.GetRequiredService<Signals>().Publish(KnownKeys.ChangedSignal, "");

        Assert.IsType<KeyUnknown>((await SignInAsync(portal, made.Key)).Error);
    }

    [Fact]
    public async Task Key_AtRest_IsAHashAndItsStart()
    {
        await using var portal = await TestPortal.StartAsync();
        var made = (await MakeAsync(portal, "Web shop", await new World(portal).OwnerAsync())).Value;

        var stored = await portal.ReadAsync(db => db.ProgramKeys.SingleAsync());
        Assert.DoesNotContain(made.Key[8..], $"{stored.Hash}{stored.Start}{stored.Name}", StringComparison.Ordinal);
        Assert.False(await portal.ReadAsync(db => db.AuditEntries.AnyAsync(e => e.Details != null && e.Details.Contains(made.Key.Substring(4)))));
        Assert.Equal(36, made.Key.Length);
    }

    [Fact]
    public async Task Keys_OfAnybodyButTheOwner_AreRefused()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var owner = await world.OwnerAsync();
        var made = (await MakeAsync(portal, "Web shop", owner)).Value;
        foreach (var other in new[] { await world.SupportAsync(), await world.IntegratorAsync("Brightwater Systems"), Actor.Visitor })
        {
            Assert.IsType<NotAllowed>((await MakeAsync(portal, "Mine", other)).Error);
            Assert.IsType<NotAllowed>((await RevokeAsync(portal, made.Id, other)).Error);
            Assert.Empty(await portal.CallAsync<ProgramKeyQueries, IReadOnlyList<ProgramKeyRow>>(q => q.ListAsync(KeyHolder.Program, other, default)));
        }

        Assert.IsType<KeyNameMissing>((await MakeAsync(portal, " ", owner)).Error);
        Assert.IsType<KeyNameTooLong>((await MakeAsync(portal, new string('x', 101), owner)).Error);
        foreach (var key in new[] { null, "", "ppk_", made.Key + "x", "ppk_" + LinkToken.New(), made.Key.ToUpperInvariant() })
        {
            Assert.IsType<KeyUnknown>((await SignInAsync(portal, key)).Error);
        }
    }

    private static Task<Result<MadeKey>> MakeAsync(TestPortal portal, string name, Actor actor) => portal.CallAsync<MakeProgramKey, Result<MadeKey>>(m => m.ExecuteAsync(NewKey.ForPurchases(name), actor, default));

    private static Task<Result<string>> RevokeAsync(TestPortal portal, long id, Actor actor) => portal.CallAsync<RevokeProgramKey, Result<string>>(r => r.ExecuteAsync(KeyHolder.Program, id, actor, default));

    private static Task<Result<Actor>> SignInAsync(TestPortal portal, string? key) =>
        portal.CallAsync<SignInWithKey, Result<Actor>>(s => s.ExecuteAsync(key, ProgramScopes.PurchasesWrite, default));
}
