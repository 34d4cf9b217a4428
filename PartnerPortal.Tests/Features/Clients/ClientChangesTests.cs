using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Clients;

public sealed class ClientChangesTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_NoteAndTags_AreKeptFoundAndAudited(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var (line, twin) = (ClientLines.Typed(partner, "Ida", "ida@x.test"), ClientLines.Typed(partner, "Ole", "ole@x.test"));
        await portal.AddAsync(line, twin);

        Assert.True((await NoteAsync(portal, line.Id, "  Opens a second shop.  ", partner)).Ok);
        Assert.True((await TagAsync(portal, line.Id, " Key   account ", partner)).Ok);
        Assert.True((await TagAsync(portal, twin.Id, "KEY ACCOUNT", partner)).Ok);

        var card = await CardAsync(portal, line.Id, partner);
        Assert.Equal("Opens a second shop.", card!.Note);
        Assert.Equal(["Key account"], card.Row.Tags);
        Assert.Equal((ClientEventKind.NoteChanged, (string?)"Brightwater Systems"), (card.Events[0].Kind, card.Events[0].Detail));
        Assert.Equal(["Ida", "Ole"], await portal.NamesAsync(partner, "key account"));
        Assert.Equal(3, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.ClientChanged)));
        Assert.DoesNotContain("second", string.Concat(await portal.ReadAsync(db => db.AuditEntries.Select(e => e.Details).ToListAsync())), StringComparison.Ordinal);

        await UntagAsync(portal, line.Id, "key account", partner);
        Assert.Empty((await CardAsync(portal, line.Id, partner))!.Row.Tags);
        Assert.Equal(["Ole"], await portal.NamesAsync(partner, "key account"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_AnotherPartnersLine_IsNoSuchClientAndUnseen(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var other = await world.IntegratorAsync("Other Partner");
        var line = ClientLines.Typed(partner, "Ida", "ida@x.test");
        line.AddTag("Retail");
        await portal.AddAsync(line);

        Assert.IsType<NoSuchClient>((await NoteAsync(portal, line.Id, "mine", other)).Error);
        Assert.IsType<NoSuchClient>((await TagAsync(portal, line.Id, "mine", other)).Error);
        Assert.IsType<NoSuchClient>((await UntagAsync(portal, line.Id, "Retail", other)).Error);
        Assert.IsType<NoSuchClient>((await portal.CallAsync<SendInvitationAgain, Result<Done>>(u => u.ExecuteAsync(line.Id, other, default))).Error);
        Assert.Null(await CardAsync(portal, line.Id, other));
        Assert.Equal(0, (await portal.PageAsync(other)).Total);
        Assert.Equal(0, (await portal.CallAsync<ClientQueries, ClientOverview>(q => q.OverviewAsync(null, other, default))).All);
        Assert.Equal(new ClientNeighbours(null, null), await portal.CallAsync<ClientQueries, ClientNeighbours>(q => q.NeighboursAsync(line.Id, new ClientFilter(), ClientSorting.Newest, other, default)));
        // A client of nobody, who is no partner, sees no list even of its own account.
        var client = await world.PersonAsync("Clara Client");
        Assert.Equal(0, (await portal.PageAsync(client)).Total);
        Assert.IsType<NotAllowed>((await NoteAsync(portal, line.Id, "mine", client)).Error);
    }

    [Fact]
    public async Task ExecuteAsync_FinanceMember_ReadsOnly()
    {
        await using var portal = await TestPortal.StartAsync();
        var partner = await new World(portal).IntegratorAsync("Finn Finance", role: MemberRole.Finance);
        var line = ClientLines.Typed(partner, "Ida", "ida@x.test");
        await portal.AddAsync(line);

        Assert.NotNull(await CardAsync(portal, line.Id, partner));
        Assert.IsType<NotAllowed>((await NoteAsync(portal, line.Id, "x", partner)).Error);
        Assert.IsType<NotAllowed>((await TagAsync(portal, line.Id, "x", partner)).Error);
        Assert.IsType<NotAllowed>((await UntagAsync(portal, line.Id, "x", partner)).Error);
    }

    [Fact]
    public async Task ExecuteAsync_TooLongOrEmpty_SaysSo()
    {
        await using var portal = await TestPortal.StartAsync();
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var line = ClientLines.Typed(partner, "Ida", "ida@x.test");
        await portal.AddAsync(line);

        Assert.IsType<TagMissing>((await TagAsync(portal, line.Id, "  ", partner)).Error);
        Assert.IsType<TagTooLong>((await TagAsync(portal, line.Id, new string('x', 41), partner)).Error);
        Assert.IsType<NoteTooLong>((await NoteAsync(portal, line.Id, new string('x', 4001), partner)).Error);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task CardAsync_ClientLeaves_HidesEverythingOfTheAccount(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var partner = await world.IntegratorAsync("Brightwater Systems");
        var client = await world.PersonAsync("Marius Thorsen");
        var joined = await portal.CallAsync<JoinPartner, Result<JoinOffer>>(
            async j => await j.ExecuteAsync(new JoinRequest(await world.CodeOfAsync(partner), null, "en", []), client, default));
        Assert.True(joined.Ok);
        var id = await portal.ReadAsync(db => db.ClientRecords.Select(r => r.Id).SingleAsync());

        var card = await CardAsync(portal, id, partner);
        Assert.Equal((Account.NumberOffset + client.AccountId, "Brightwater Systems", portal.Clock.Now), (card!.Number, card.SponsorName, card.SharedSince!.Value));

        Assert.True((await portal.CallAsync<LeavePartner, Result<Done>>(l => l.ExecuteAsync(client, default))).Ok);

        card = await CardAsync(portal, id, partner);
        Assert.Equal(("M. T.", null, null, ClientStatus.Left), (card!.Row.Name, card.Row.Email, card.Row.LastSeenAt, card.Row.Status));
        Assert.Equal((null, null, null), (card.Number, card.SponsorName, card.SharedSince));
        Assert.Empty(await portal.NamesAsync(partner, "marius"));
    }

    [Fact]
    public async Task ExecuteAsync_Preference_IsKeptPerUser()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var (one, two) = (await world.PersonAsync("One Person"), await world.PersonAsync("Two Person"));

        foreach (var value in new[] { "email", "email,tags" })
        {
            Assert.True((await portal.CallAsync<KeepPreference, Result<Done>>(k => k.ExecuteAsync("clients.columns", value, one, default))).Ok);
        }

        Assert.Equal("email,tags", await portal.CallAsync<PreferenceQueries, string?>(q => q.FindAsync("clients.columns", one, default)));
        Assert.Null(await portal.CallAsync<PreferenceQueries, string?>(q => q.FindAsync("clients.columns", two, default)));
    }

    private static Task<ClientCard?> CardAsync(TestPortal portal, long id, Actor actor) => portal.CallAsync<ClientQueries, ClientCard?>(q => q.CardAsync(id, actor, default));

    private static Task<Result<Done>> NoteAsync(TestPortal portal, long id, string note, Actor actor) =>
        portal.CallAsync<ChangeClientNote, Result<Done>>(u => u.ExecuteAsync(id, note, actor, default));

    private static Task<Result<Done>> TagAsync(TestPortal portal, long id, string tag, Actor actor) =>
        portal.CallAsync<TagClient, Result<Done>>(u => u.ExecuteAsync(id, tag, actor, default));

    private static Task<Result<Done>> UntagAsync(TestPortal portal, long id, string tag, Actor actor) =>
        portal.CallAsync<UntagClient, Result<Done>>(u => u.ExecuteAsync(id, tag, actor, default));
}
