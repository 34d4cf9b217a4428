using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Claims;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.AccessGrants;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Claims;

/// <summary>The other side's answer and its deadline, and what support decides.</summary>
public sealed class DecideClaimTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Decide_MoveAfterTheAnswer_MovesTheLinkAndTellsAll(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new ClaimWorld(portal);
        var (old, client, claimant, support) = await world.StartAsync();
        var claim = await world.FiledAsync(claimant, client.Email);

        Assert.IsType<ReasonMissing>((await world.DecideAsync(claim, support, moves: true, " ")).Error);
        Assert.IsType<NotAllowed>((await world.DecideAsync(claim, claimant, moves: true)).Error);
        Assert.Equal(new ClaimWaits(portal.Clock.Now.AddDays(7)), (await world.DecideAsync(claim, support, moves: true)).Error);
        Assert.IsType<NotAllowed>((await world.AnswerAsync(claim, claimant)).Error);
        Assert.Null((await world.AnswerAsync(claim, old)).Error);
        Assert.IsType<ClaimOver>((await world.AnswerAsync(claim, old)).Error);
        Assert.Null((await world.DecideAsync(claim, support, moves: true)).Error);

        var open = await portal.ReadAsync(db => db.Attributions.Include(a => a.Receipt).SingleAsync(a => a.ClientId == client.AccountId && a.EndedAt == null));
        Assert.Equal((claimant.AccountId, AttributionRule.Staff, "The contract says so."), ((long?)open.PartnerId, open.Receipt!.Rule, open.Receipt.Reason));
        Assert.Equal(["J. A.", "J. A."], await portal.ReadAsync(db => db.ClientRecords.Where(r => r.ClientId == client.AccountId || r.PartnerId == old.AccountId).Select(r => r.Name).ToListAsync()));
        Assert.Equal([MailKinds.ClaimFiled, MailKinds.ClaimDecided], await world.MailsAsync(claimant));
        Assert.Equal([MailKinds.ClaimAsked, MailKinds.ClaimAnswered, MailKinds.ClaimDecided], await world.MailsAsync(old));
        Assert.DoesNotContain("Almeida", (await world.LastMailAsync(old)).Text, StringComparison.Ordinal);
        Assert.Equal(MailKinds.ClientReassigned, (await world.LastMailAsync(client)).Kind);
        Assert.Equal((ClaimState.Moved, "The contract says so.", ""), await SeenAsync(claimant));
        Assert.Equal((ClaimState.Moved, "The contract says so.", "It is ours."), await SeenAsync(old));
        Assert.Equal(support.UserId, await portal.ReadAsync(db => db.AuditEntries.Where(e => e.Action == AuditActions.ClaimMoved).Select(e => e.ActorUserId).SingleAsync()));
        Assert.IsType<ClaimOver>((await world.DecideAsync(claim, support, moves: false)).Error);

        async Task<(ClaimState, string, string)> SeenAsync(Actor actor) => await world.SeenByAsync(claim, actor) is { } view ? (view.State, view.Reason, view.Answer) : default;
    }

    [Fact]
    public async Task Deadline_WithoutAnswer_IsRemindedOnceAndThenSupportDecides()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new ClaimWorld(portal);
        var (old, client, claimant, support) = await world.StartAsync();
        await world.People.ProgramAsync(p => p.ClaimAnswerDays = 4);
        var claim = await world.FiledAsync(claimant, client.Email);

        portal.Clock.Advance(TimeSpan.FromDays(2.9));
        Assert.Equal(0, await world.TendAsync());
        portal.Clock.Advance(TimeSpan.FromDays(0.2));
        Assert.Equal(1, await world.TendAsync());
        Assert.Equal(0, await world.TendAsync());
        Assert.Equal([MailKinds.ClaimAsked, MailKinds.ClaimReminder], await world.MailsAsync(old));
        Assert.Equal((0, 1), await QueueAsync());
        Assert.IsType<ClaimWaits>((await world.DecideAsync(claim, support, moves: true)).Error);
        portal.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal((1, 0), await QueueAsync());
        Assert.Null((await world.DecideAsync(claim, support, moves: true)).Error);

        async Task<(int, int)> QueueAsync()
        {
            var counts = await portal.CallAsync<ClaimDeskQueries, IReadOnlyDictionary<ClaimQueue, int>>(q => q.CountsAsync(support, default));
            return (counts[ClaimQueue.Ready], counts[ClaimQueue.Waiting]);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Decide_ManyAtOnce_OneWins(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new ClaimWorld(portal);
        var (old, client, claimant, support) = await world.StartAsync();
        var owner = await world.People.OwnerAsync();
        var claim = await world.FiledAsync(claimant, client.Email);
        Assert.Null((await world.AnswerAsync(claim, old)).Error);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => world.DecideAsync(claim, i % 3 == 0 ? owner : support, moves: i % 2 == 0))));

        Assert.Single(results, r => r.Ok);
        Assert.All(results.Where(r => !r.Ok), r => Assert.IsType<ClaimOver>(r.Error));
        var moved = (await world.RowAsync(claim)).State is ClaimState.Moved;
        Assert.Equal(moved ? claimant.AccountId : old.AccountId, await portal.ReadAsync(db => db.Attributions.Where(a => a.ClientId == client.AccountId && a.EndedAt == null).Select(a => (long?)a.PartnerId).SingleAsync()));
        Assert.Equal([MailKinds.ClaimFiled, MailKinds.ClaimDecided], await world.MailsAsync(claimant));
    }

    [Fact]
    public async Task Decide_AboutAnOwnAccount_IsRefusedOnEverySide()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new ClaimWorld(portal);
        var (old, client, claimant, _) = await world.StartAsync();
        var claim = await world.FiledAsync(claimant, client.Email, "We met.", ClaimWorld.Pdf());
        Assert.Null((await world.AnswerAsync(claim, old)).Error);
        var file = await portal.ReadAsync(db => db.ClaimFiles.Select(f => f.Id).SingleAsync());
        foreach (var (i, side) in new[] { old, client, claimant }.Index())
        {
            var staff = await world.People.SupportAsync($"Sam {i} Support");
            await JoinAsync(portal, staff, side);

            Assert.IsType<OwnAccountInvolved>((await world.DecideAsync(claim, staff, moves: true)).Error);
            Assert.IsType<OwnAccountInvolved>((await world.DecideAsync(claim, staff, moves: false)).Error);
            var seen = await portal.CallAsync<ClaimDeskQueries, DeskClaim?>(q => q.OneAsync(claim, staff, default));
            Assert.Equal((true, "", "", 0), (seen!.Row.IsOwn, seen.Words, seen.Answer, seen.Files.Count));
            Assert.IsType<NotAllowed>((await portal.CallAsync<ReadClaimFile, Result<ReadFile>>(r => r.ExecuteAsync(file, staff, default))).Error);
        }

        Assert.Equal(ClaimState.UnderReview, (await world.RowAsync(claim)).State);
    }

    [Fact]
    public async Task Decide_ClientWentToAThird_TheThirdIsHeardFirst()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new ClaimWorld(portal);
        var (old, client, claimant, support) = await world.StartAsync();
        var claim = await world.FiledAsync(claimant, client.Email);
        Assert.Null((await world.AnswerAsync(claim, old, "Ours for years.")).Error);
        var third = await world.People.IntegratorAsync("Nordwind");
        Assert.True((await portal.CallAsync<LeavePartner, Result<Done>>(l => l.ExecuteAsync(client, default))).Ok);
        await new AccessWorld(portal).JoinAsync(third, client);

        Assert.IsType<ClaimOtherChanged>((await world.DecideAsync(claim, support, moves: true)).Error);
        Assert.Equal(third.AccountId, await portal.ReadAsync(db => db.Attributions.Where(a => a.ClientId == client.AccountId && a.EndedAt == null).Select(a => (long?)a.PartnerId).SingleAsync()));
        Assert.True((await portal.CallAsync<AskPresentPartner, Result<Done>>(a => a.ExecuteAsync(claim, support, default))).Ok);
        Assert.Equal([MailKinds.ClaimAsked], await world.MailsAsync(third));
        Assert.Null(await world.SeenByAsync(claim, old));
        Assert.Equal("Ours for years.", (await portal.CallAsync<ClaimDeskQueries, DeskClaim?>(q => q.OneAsync(claim, support, default)))!.EarlierAnswer);
        Assert.IsType<ClaimWaits>((await world.DecideAsync(claim, support, moves: true)).Error);
        Assert.Null((await world.AnswerAsync(claim, third)).Error);
        Assert.Null((await world.DecideAsync(claim, support, moves: true)).Error);
    }

    /// <summary>A domain where several have accounts, or an address of nobody: support says who is meant, and the same client is not claimed twice by one partner.</summary>
    [Fact]
    public async Task Name_SeveralOrNone_IsSupportsToSay()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new ClaimWorld(portal);
        var (old, client, claimant, support) = await world.StartAsync();
        var claim = await world.FiledAsync(claimant, "example.test");
        var none = await world.FiledAsync(claimant, "nobody@nowhere.test");

        Assert.Null((await world.RowAsync(claim)).ClientId);
        var seen = await portal.CallAsync<ClaimDeskQueries, DeskClaim?>(q => q.OneAsync(claim, support, default));
        Assert.Contains(seen!.Candidates, c => c.Id == client.AccountId);
        Assert.IsType<ClaimNamesNobody>((await world.DecideAsync(claim, support, moves: true)).Error);
        Assert.IsType<ClaimClientUnknown>((await world.NameAsync(claim, support, "77")).Error);
        Assert.IsType<NotAllowed>((await world.NameAsync(claim, claimant, client.Email)).Error);
        Assert.Null((await world.NameAsync(claim, support, (client.AccountId!.Value + AccountNumber.Offset).ToString(System.Globalization.CultureInfo.InvariantCulture))).Error);
        Assert.Equal([MailKinds.ClaimAsked], await world.MailsAsync(old));
        Assert.Equal(new ClaimTwin(claim), (await world.NameAsync(none, support, client.Email)).Error);
        Assert.Null((await world.DecideAsync(none, support, moves: false, "We know nobody by that name.")).Error);
        Assert.Equal([MailKinds.ClaimAsked], await world.MailsAsync(old));
    }

    [Fact]
    public async Task Domain_OfOneClient_FindsItByMemberOrSite()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new ClaimWorld(portal);
        var (_, _, claimant, _) = await world.StartAsync();
        var bakery = await world.People.PersonAsync("Bea Baker", "bea@crumb.test");

        var claim = await world.FiledAsync(claimant, "https://www.crumb.test/menu");

        Assert.Equal(bakery.AccountId, (await world.RowAsync(claim)).ClientId);
    }

    private static async Task JoinAsync(TestPortal portal, Actor staff, Actor of)
    {
        await using var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync();
        work.Db.Members.Add(new Member(of.AccountId!.Value, staff.UserId!.Value, MemberRole.Seller, work.Now));
        work.Audit(of, AuditActions.AccountChanged, ("account", of.AccountId), of.AccountId);
        await work.CommitAsync(default);
    }
}
