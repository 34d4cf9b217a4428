using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Clients;

public sealed class ManyClientsTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_TagPutOnAndTakenBack_ChangesExactlyTheChosen(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var lines = Lines(partner, 3);
        lines[0].AddTag("Key account");
        await portal.AddAsync(lines);
        var ids = lines.Take(2).Select(l => l.Id).ToList();

        var tagged = await TagAsync(portal, ids, "  key   ACCOUNT ", partner);

        Assert.Equal(("Key account", 1, 0), (tagged.Value.Tag, tagged.Value.Unchanged, tagged.Value.Full));
        Assert.Equal([lines[1].Id], tagged.Value.Changed);
        Assert.Equal(["C0", "C1"], await portal.NamesAsync(partner, "key account"));
        Assert.Equal(1, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.ClientChanged)));

        var undone = await UntagAsync(portal, tagged.Value.Changed, tagged.Value.Tag, partner);

        Assert.Equal([lines[1].Id], undone.Value.Changed);
        Assert.Equal(["C0"], await portal.NamesAsync(partner, "key account"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_ForeignIds_AreAsIfTheyWereNotThere(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (partner, other) = (await world.IntegratorAsync("Brightwater Systems"), await world.IntegratorAsync("Other Partner"));
        var (theirs, mine) = (Lines(partner, 2), ClientLines.Typed(other, "Mine", "mine@x.test"));
        theirs[0].AddTag("Retail");
        await portal.AddAsync([.. theirs, mine]);
        await InviteAsync(portal, theirs);
        long[] ids = [theirs[0].Id, theirs[1].Id, mine.Id, 987_654];

        Assert.Equal([mine.Id], (await TagAsync(portal, ids, "Mine", other)).Value.Changed);
        Assert.Empty((await UntagAsync(portal, ids, "Retail", other)).Value.Changed);
        Assert.Equal(["Mine"], (await ExportAsync(portal, ids, other)).Select(r => r.Name));
        Assert.Equal(new AgainCounts(NothingToSend: 1), await CountAsync(portal, ids, other));
        Assert.Equal(new AgainCounts(NothingToSend: 1), (await AgainAsync(portal, ids, other)).Value);
        Assert.Equal([mine.Id], await portal.CallAsync<ManyClientsQueries, IReadOnlyList<long>>(q => q.IdsAsync(new ClientFilter(), other, default)));
        Assert.Equal(1, await portal.CallAsync<ManyClientsQueries, int>(q => q.CountAsync(ids, new ClientFilter(), other, default)));
        Assert.Equal(["Retail"], await portal.ReadAsync(db => db.ClientTags.Where(t => t.RecordId != mine.Id).Select(t => t.Name).ToListAsync()));
        Assert.All(await portal.ReadAsync(db => db.Invitations.ToListAsync()), i => Assert.Equal(InvitationState.Sent, i.State));

        var client = await world.PersonAsync("Clara Client");
        Assert.IsType<NotAllowed>((await TagAsync(portal, ids, "x", client)).Error);
        Assert.IsType<NotAllowed>((await portal.CallAsync<ExportChosenClients, Result<IAsyncEnumerable<ClientRow>>>(u => u.ExecuteAsync(ids, ClientSorting.Newest, client, default))).Error);
        Assert.Equal(new AgainCounts(), await CountAsync(portal, ids, client));
        Assert.Empty(await portal.CallAsync<ManyClientsQueries, IReadOnlyList<long>>(q => q.IdsAsync(new ClientFilter(), client, default)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_InviteAgain_MailsTheUnansweredAndSaysWhyNotOthers(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var lines = Lines(partner, 6);
        var (waiting, lapsed, recent, declined, joined, bare) = (lines[0], lines[1], lines[2], lines[3], lines[4], lines[5]);
        lapsed.Lapse();
        declined.Decline();
        await portal.AddAsync(lines);
        await InviteAsync(portal, [waiting, lapsed, declined]);
        await portal.ReadAsync(db => db.ClientRecords.Where(r => r.Id == joined.Id).ExecuteUpdateAsync(r => r.SetProperty(x => x.Status, ClientStatus.NeverSignedIn)));
        portal.Clock.Advance(SendInvitationAgain.Pause);
        await InviteAsync(portal, [recent]);
        var ids = lines.Select(l => l.Id).ToList();
        var expected = new AgainCounts(Sends: 2, TooSoon: 1, IsClient: 1, SaidNo: 1, NothingToSend: 1);
        Assert.Equal(bare.Id, ids[5]);

        Assert.Equal(expected, await CountAsync(portal, ids, partner));
        var progress = new Steps();
        var sent = await portal.CallAsync<SendInvitationsAgain, Result<AgainCounts>>(u => u.ExecuteAsync(new ManyInvitations(ids, progress), partner, default));

        Assert.Equal(expected, sent.Value);
        Assert.Equal([6], progress.Told);
        Assert.Equal(2, await portal.ReadAsync(db => db.Invitations.CountAsync(i => i.State == InvitationState.Queued)));
        Assert.Equal(ClientStatus.Invited, await portal.ReadAsync(db => db.ClientRecords.Where(r => r.Id == lapsed.Id).Select(r => r.Status).SingleAsync()));
        Assert.Equal(2, await portal.ReadAsync(db => db.ClientEvents.CountAsync(e => e.Kind == ClientEventKind.SentAgain)));
        Assert.Equal(2, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.InvitationCreated)));
        // Once more at once: both wait for their mail now.
        Assert.Equal(new AgainCounts(TooSoon: 3, IsClient: 1, SaidNo: 1, NothingToSend: 1), (await AgainAsync(portal, ids, partner)).Value);
    }

    [Fact]
    public async Task ExecuteAsync_RoleStandingAndSize_AreChecked()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new World(portal);
        var (finance, suspended) = (await world.IntegratorAsync("Finn Finance", role: MemberRole.Finance), await world.IntegratorAsync("Sue Suspended"));
        await world.SuspendAsync(suspended);
        suspended = await world.AgainAsync(suspended);
        var many = Enumerable.Range(1, ManyClients.Limit + 1).Select(i => (long)i).ToList();

        Assert.IsType<NotAllowed>((await TagAsync(portal, [1], "x", finance)).Error);
        Assert.IsType<NotAllowed>((await UntagAsync(portal, [1], "x", finance)).Error);
        Assert.IsType<NotAllowed>((await AgainAsync(portal, [1], finance)).Error);
        Assert.IsType<PartnerIsSuspended>((await AgainAsync(portal, [1], suspended)).Error);
        Assert.IsType<TooManyClients>((await TagAsync(portal, many, "x", suspended)).Error);
        Assert.IsType<TagMissing>((await TagAsync(portal, [1], " ", suspended)).Error);
        Assert.IsType<TagTooLong>((await UntagAsync(portal, [1], new string('x', 41), suspended)).Error);
    }

    [Fact]
    public async Task ExecuteAsync_MoreThanOnePart_ChangesAllAndTellsProgress()
    {
        await using var portal = await TestPortal.StartAsync();
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        await portal.AddAsync(Lines(partner, 501));
        var ids = await portal.CallAsync<ManyClientsQueries, IReadOnlyList<long>>(q => q.IdsAsync(new ClientFilter(), partner, default));
        var progress = new Steps();

        var tagged = await portal.CallAsync<TagClients, Result<ManyTagged>>(u => u.ExecuteAsync(new ManyTagging(ids, "All", progress), partner, default));

        Assert.Equal(501, tagged.Value.Changed.Count);
        Assert.Equal([500, 501], progress.Told);
        Assert.Equal(501, (await portal.PageAsync(partner, new ClientFilter(Tag: "All"))).Total);
    }

    private static List<ClientRecord> Lines(Actor partner, int count) => [.. Enumerable.Range(0, count).Select(i => ClientLines.Typed(partner, $"C{i}", $"c{i}@x.test"))];

    /// <summary>Gives lines an invitation that was sent just now.</summary>
    private static async Task InviteAsync(TestPortal portal, IReadOnlyList<ClientRecord> lines)
    {
        await using var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync();
        foreach (var line in lines)
        {
            var invitation = new Invitation(
                InvitationKind.Mailed, line.PartnerId, null, line.TypedEmail!, line.TypedNormalizedEmail!, line.TypedName, "en", LinkToken.New(), work.Now, work.Now.AddDays(30));
            invitation.Sent(work.Now, null);
            (await work.Db.ClientRecords.SingleAsync(r => r.Id == line.Id)).BelongTo(invitation);
        }

        work.Audit(Actor.System, AuditActions.DemoSeeded, ("test", null));
        await work.CommitAsync(default);
    }

    private static Task<Result<ManyTagged>> TagAsync(TestPortal portal, IReadOnlyCollection<long> ids, string tag, Actor actor) =>
        portal.CallAsync<TagClients, Result<ManyTagged>>(u => u.ExecuteAsync(new ManyTagging(ids, tag), actor, default));

    private static Task<Result<ManyTagged>> UntagAsync(TestPortal portal, IReadOnlyCollection<long> ids, string tag, Actor actor) =>
        portal.CallAsync<UntagClients, Result<ManyTagged>>(u => u.ExecuteAsync(new ManyTagging(ids, tag), actor, default));

    private static Task<Result<AgainCounts>> AgainAsync(TestPortal portal, IReadOnlyCollection<long> ids, Actor actor) =>
        portal.CallAsync<SendInvitationsAgain, Result<AgainCounts>>(u => u.ExecuteAsync(new ManyInvitations(ids), actor, default));

    private static Task<AgainCounts> CountAsync(TestPortal portal, IReadOnlyCollection<long> ids, Actor actor) =>
        portal.CallAsync<InvitationsAgainQueries, AgainCounts>(q => q.CountAsync(ids, actor, default));

    private static Task<List<ClientRow>> ExportAsync(TestPortal portal, IReadOnlyCollection<long> ids, Actor actor) => portal.InScopeAsync(async services =>
    {
        var rows = await services.GetRequiredService<ExportChosenClients>()
            .ExecuteAsync(ids, ClientSorting.Newest, actor, default);
        var all = new List<ClientRow>();
        await foreach (var row in rows.Value)
        {
            all.Add(row);
        }

        return all;
    });

    private sealed class Steps : IProgress<int>
    {
        public List<int> Told { get; } = [];

        public void Report(int value) => Told.Add(value);
    }
}
