using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys;

public sealed class JoinPartnerTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_FirstYes_OpensAttributionWithReceiptConsentSponsorAndLine(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var client = await world.PersonAsync("José Almeida");

        var result = await JoinAsync(portal, await world.CodeOfAsync(partner), client);

        Assert.True(result.Ok);
        var attribution = await portal.ReadAsync(db => db.Attributions.Include(a => a.Receipt).SingleAsync());
        Assert.Equal((client.AccountId, partner.AccountId, CameBy.Joined), ((long?)attribution.ClientId, (long?)attribution.PartnerId, attribution.CameBy));
        Assert.Equal(ContenderOutcome.Won, attribution.Receipt!.Contenders[0].Outcome);
        Assert.Equal(partner.AccountId, await portal.ReadAsync(db => db.Accounts.Where(a => a.Id == client.AccountId).Select(a => a.SponsorId).SingleAsync()));
        Assert.Equal([ConsentKind.Data, ConsentKind.Access], await portal.ReadAsync(db => db.Consents.OrderBy(c => c.Id).Select(c => c.Kind).ToListAsync()));
        var line = await portal.ReadAsync(db => db.ClientRecords.SingleAsync());
        Assert.Equal(("José Almeida", true, ClientStatus.NeverSignedIn), (line.Name, line.IsShared, line.Status));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_TwoPartnersAtOnce_EndsWithOneOpenAttribution(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var codes = new List<string>();
        foreach (var name in new[] { "Aurora", "Boreal", "Cumulo" })
        {
            codes.Add(await world.CodeOfAsync(await world.IntegratorAsync(name)));
        }

        var client = await world.PersonAsync("Nina Novak");

        await Task.WhenAll(Enumerable.Range(0, 9).Select(i => Task.Run(() => JoinAsync(portal, codes[i % 3], client))));

        Assert.Equal(1, await portal.ReadAsync(db => db.Attributions.CountAsync(a => a.EndedAt == null)));
        Assert.Equal(0, await portal.ReadAsync(db => db.Attributions.CountAsync(a => a.Receipt == null)));
        Assert.Equal(1, await portal.ReadAsync(db => db.ClientRecords.CountAsync(r => r.Status != ClientStatus.Left)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_EachTakesTheOtherAtOnce_MakesNoLoop(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        for (var round = 0; round < 5; round++)
        {
            var a = await world.IntegratorAsync($"Anna {round}");
            var b = await world.IntegratorAsync($"Bert {round}");
            var (codeA, codeB) = (await world.CodeOfAsync(a), await world.CodeOfAsync(b));

            var results = await Task.WhenAll(Task.Run(() => JoinAsync(portal, codeB, a)), Task.Run(() => JoinAsync(portal, codeA, b)));

            Assert.All(results, r => Assert.True(r.Ok, r.Error?.ToString()));
            var sponsors = await portal.ReadAsync(db => db.Accounts.Where(x => x.Id == a.AccountId || x.Id == b.AccountId).CountAsync(x => x.SponsorId != null));
            Assert.Equal(1, sponsors);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_LockedProgram_SaysUntilWhen(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        await world.ProgramAsync(p => (p.Switching, p.SwitchingLockDays) = (SwitchingRule.LockedForDays, 30));
        var first = await world.IntegratorAsync("First");
        var second = await world.IntegratorAsync("Second");
        var client = await world.PersonAsync("Client");
        await JoinAsync(portal, await world.CodeOfAsync(first), client);

        var result = await JoinAsync(portal, await world.CodeOfAsync(second), client);

        var locked = Assert.IsType<SwitchingLocked>(result.Error);
        Assert.Equal(("First", portal.Clock.Now.AddDays(30)), (locked.CurrentPartner, locked.Until));
        portal.Clock.Advance(TimeSpan.FromDays(30));
        Assert.True((await JoinAsync(portal, await world.CodeOfAsync(second), client)).Ok);
        var old = await portal.ReadAsync(db => db.ClientRecords.SingleAsync(r => r.PartnerId == first.AccountId));
        Assert.Equal(("C.", ClientStatus.Left, false), (old.Name, old.Status, old.IsShared));
    }

    private static Task<Result<JoinOffer>> JoinAsync(TestPortal portal, string code, Actor client) =>
        portal.CallAsync<JoinPartner, Result<JoinOffer>>(j => j.ExecuteAsync(new JoinRequest(code, null, "en", []), client, default));
}
