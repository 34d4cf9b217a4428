using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Clients;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys;

public sealed class CreateClientsTests
{
    private static readonly HashSet<string> Own = [nameof(ClientRecord.Id), nameof(ClientRecord.InvitationId)];

    /// <summary>Invariant 10: the partner cannot tell from anything it gets whether the address had an account.</summary>
    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_KnownAndNewAddress_LookAlikeBeforeAndAfterTheMail(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        await world.PersonAsync("Known Person", "known@x.test", "es");
        using var browser = await portal.BrowserOfAsync(partner);

        var known = await CreateAsync(portal, partner, "known");
        var fresh = await CreateAsync(portal, partner, "fresh");

        Assert.Empty(known.Errors);
        Assert.Empty(fresh.Errors);
        await AssertAlikeAsync();
        var done = await portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default));
        Assert.Equal(2, done);
        await AssertAlikeAsync();
        Assert.Equal(2, await portal.ReadAsync(db => db.OutboxMessages.CountAsync()));

        async Task AssertAlikeAsync()
        {
            Assert.Equal(await RecordAsync(portal, known.RecordId!.Value), Typed(await RecordAsync(portal, fresh.RecordId!.Value)));
            var cards = new List<string>();
            foreach (var id in new[] { known.RecordId!.Value, fresh.RecordId!.Value })
            {
                var card = await portal.CallAsync<ClientQueries, ClientCard?>(q => q.CardAsync(id, partner, default));
                Assert.NotNull(card!.InvitationToken);
                cards.Add(JsonSerializer.Serialize(card with { Row = card.Row with { Id = 0 }, InvitationToken = null }));
            }

            Assert.Equal(cards[0], Typed(cards[1]));
            var lines = (await browser.GetStringAsync(new Uri(PortalUrls.ClientsCsv + "?sort=Name", UriKind.Relative))).Trim().Split("\r\n");
            Assert.Equal(Typed(lines[1]), lines[2]);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_Batch_TellsEachEntryItsOwn(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var clients = Enumerable.Range(0, 500).Select(i => Client($"c{i}")).ToList();
        clients[7] = clients[7] with { Email = "c6@X.test" };
        clients[8] = clients[8] with { Phone = "030 CALL ME" };
        clients[9] = clients[9] with { FullName = " ", Email = "c9@x" };

        var result = await portal.CallAsync<CreateClients, Result<IReadOnlyList<CreatedClient>>>(c => c.ExecuteAsync(clients, partner, default));
        var again = await portal.CallAsync<CreateClients, Result<IReadOnlyList<CreatedClient>>>(c => c.ExecuteAsync([clients[0]], partner, default));

        Assert.Equal(497, result.Value.Count(c => c.RecordId is not null));
        Assert.IsType<TwiceInBatch>(Assert.Single(result.Value[7].Errors));
        Assert.IsType<ClientPhoneWrong>(Assert.Single(result.Value[8].Errors));
        Assert.Equal([nameof(NewClient.FullName), nameof(NewClient.Email)], result.Value[9].Errors.Select(e => e.Field));
        Assert.Equal(new AlreadyInList(result.Value[0].RecordId!.Value, "C0"), Assert.Single(again.Value[0].Errors));
        Assert.Equal(497, await portal.ReadAsync(db => db.Invitations.CountAsync(i => i.State == InvitationState.Queued)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_SameClientAtOnce_MakesOneLine(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => CreateAsync(portal, partner, "twin"))));

        Assert.Single(results, r => r.RecordId is not null);
        Assert.Equal(3, results.Count(r => r.Errors is [AlreadyInList]));
        Assert.Equal(1, await portal.ReadAsync(db => db.ClientRecords.CountAsync()));
    }

    [Fact]
    public async Task ExecuteAsync_SuspendedFinanceOrClient_IsRefused()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        await world.SuspendAsync(partner);

        Assert.IsType<PartnerIsSuspended>((await TryAsync(await world.AgainAsync(partner))).Error);
        Assert.IsType<NotAllowed>((await TryAsync(await world.IntegratorAsync("Finn Finance", role: MemberRole.Finance))).Error);
        Assert.IsType<NotAllowed>((await TryAsync(await world.PersonAsync("Clara Client"))).Error);

        Task<Result<IReadOnlyList<CreatedClient>>> TryAsync(Actor actor) =>
            portal.CallAsync<CreateClients, Result<IReadOnlyList<CreatedClient>>>(c => c.ExecuteAsync([Client("x")], actor, default));
    }

    private static NewClient Client(string name) => new(name.ToUpperInvariant(), $"{name}@x.test", "030 23125417", "DE", "en", "A note");

    private static async Task<CreatedClient> CreateAsync(TestPortal portal, Actor partner, string name) =>
        (await portal.CallAsync<CreateClients, Result<IReadOnlyList<CreatedClient>>>(c => c.ExecuteAsync([Client(name)], partner, default))).Value[0];

    private static string Typed(string text) => text.Replace("fresh", "known", StringComparison.Ordinal).Replace("FRESH", "KNOWN", StringComparison.Ordinal);

    /// <summary>Every column of a line, its own ids excepted.</summary>
    private static Task<string> RecordAsync(TestPortal portal, long id) => portal.ReadAsync(async db =>
    {
        var record = await db.ClientRecords.AsTracking().SingleAsync(r => r.Id == id);
        var values = db.Entry(record).CurrentValues;
        return string.Join('\n', values.Properties.Where(p => !Own.Contains(p.Name)).Select(p => $"{p.Name} = {values[p]}"));
    });
}
