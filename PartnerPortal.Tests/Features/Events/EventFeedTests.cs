using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Events;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.AccessGrants;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Events;

public sealed class EventFeedTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task ReadAsync_WhatHappensToAClient_IsToldInOrderAndOnce(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (access, world) = (new AccessWorld(portal), new World(portal));
        var (right, wrong) = (await world.IntegratorAsync("Rightway"), await world.IntegratorAsync("Wrongway"));
        var client = await world.PersonAsync("Clara Client");
        var support = await world.SupportAsync();
        var from = await EndAsync(portal);

        await access.JoinAsync(right, client);
        portal.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null((await portal.CallAsync<StopSharing, Result<Done>>(s => s.ExecuteAsync(client, default))).Error);
        portal.Clock.Advance(TimeSpan.FromDays(1));
        await portal.CallAsync<ReassignClients, Result<int>>(r => r.ExecuteAsync(new ReassignRequest([client.AccountId!.Value], wrong.AccountId!.Value, "as tested"), support, default));
        portal.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null((await portal.CallAsync<ShareDetails, Result<Done>>(s => s.ExecuteAsync("en", client, default))).Error);
        portal.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null((await portal.CallAsync<LeavePartner, Result<Done>>(l => l.ExecuteAsync(client, default))).Error);

        var told = await AllAsync(portal, from);
        Assert.Equal(["client.joined", "client.details_withdrawn", "client.reassigned", "client.details_shared", "client.left"], told.Select(e => e.Kind));
        Assert.All(told, e => Assert.Equal(client.AccountId, e.ClientId));
        Assert.Equal([right.AccountId, right.AccountId, wrong.AccountId, wrong.AccountId, wrong.AccountId], told.Select(e => e.PartnerId));
        Assert.Equal(new long?[] { right.AccountId, wrong.AccountId }, told[2].Partners.Select(p => (long?)p));
        Assert.Equal(right.AccountId, told[2].FormerPartnerId);
        Assert.Equal(("Joined", "Left"), (told[0].How, told[4].How));
        Assert.All(told, e => Assert.NotNull(e.RecordId));
        Assert.Equal(told.Select(e => e.Id).Order(), told.Select(e => e.Id));
        Assert.Empty(await AllAsync(portal, told[^1].Id));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ReadAsync_RegisteredAndConfirmed_AreTold(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var right = await world.IntegratorAsync("Rightway");
        var from = await EndAsync(portal);
        var code = await world.CodeOfAsync(right);
        var clues = new ReferralClues(code, null, null, []);

        await portal.CallAsync<RegisterAccount, Result<Registered>>(r => r.ExecuteAsync(new RegisterRequest("Nora New", "nora@client.test", World.Password, "en", clues, right.AccountId, false), default));
        await portal.CallAsync<CreateClients, Result<IReadOnlyList<CreatedClient>>>(c => c.ExecuteAsync([new NewClient("Carl Created", "carl@client.test", "", "DE", "en", "")], right, default));
        await portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default));
        var credential = await portal.ReadAsync(db => db.OneTimeCredentials.Select(c => c.Id).SingleAsync());
        Assert.True((await portal.CallAsync<ChoosePassword, Result<PasswordChosen>>(c => c.ExecuteAsync(credential, World.Password, default))).Ok);

        var told = await AllAsync(portal, from);
        Assert.Equal(["client.registered", "client.created", "invitation.sent", "client.email_confirmed"], told.Select(e => e.Kind));
        var (nora, carl) = (await AccountAsync(portal, "nora@client.test"), await AccountAsync(portal, "carl@client.test"));
        Assert.Equal(nora, told[0].ClientId);
        Assert.Empty(told[0].Partners);
        Assert.Equal((right.AccountId, (long?)null), (told[1].PartnerId, told[1].ClientId));
        Assert.Equal(told[1].RecordId, told[2].RecordId);
        Assert.Equal(carl, told[3].ClientId);
        // Whether the address had an account the partner learns from nothing: it has not said Yes.
        Assert.Empty(told[3].Partners);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ReadAsync_Refusals_AreToldToThePartnerThatAsked(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (right, wrong) = (await world.IntegratorAsync("Rightway"), await world.IntegratorAsync("Wrongway"));
        var client = await world.PersonAsync("Clara Client", "clara@client.test");
        await portal.CallAsync<CreateClients, Result<IReadOnlyList<CreatedClient>>>(c => c.ExecuteAsync([new NewClient("Clara", "clara@client.test", "", "DE", "en", "")], right, default));
        await portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default));
        var token = await portal.ReadAsync(db => db.Invitations.Select(i => i.Token).SingleAsync());
        var from = await EndAsync(portal);

        Assert.True((await portal.CallAsync<RefusePartner, Result<Done>>(async r => await r.ExecuteAsync(await world.CodeOfAsync(right), token, client, default))).Ok);
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await portal.CallAsync<RefusePartner, Result<Done>>(async r => await r.ExecuteAsync(await world.CodeOfAsync(wrong), null, client, default))).Ok);

        var told = (await AllAsync(portal, from)).Where(e => e.Kind == EventKinds.ClientRefused).ToList();
        Assert.Equal([right.AccountId, wrong.AccountId], told.Select(e => e.PartnerId));
        Assert.Equal([right.AccountId!.Value], told[0].Partners);
        Assert.NotNull(told[0].RecordId);
        Assert.Empty(told[1].Partners);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ReadAsync_Money_IsToldWithItsSums(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var money = new MoneyWorld(portal);
        await money.AssignAsync(PlanScope.Program, 0, await money.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000), LevelRate.Share(500)], HoldDays = 1 }));
        var people = await money.PartnersAsync(3);
        await money.AttributeAsync(people[1], people[2]);
        await money.AttributeAsync(people[0], people[1]);
        portal.Clock.Advance(TimeSpan.FromHours(1));
        var from = await EndAsync(portal);

        var bought = money.Purchase(people[0], "o-1");
        // A refund that comes before its purchase is told once the purchase is there.
        await money.RefundAsync(money.Refund("o-2", "r-2", 100));
        await money.BuyAsync(bought);
        await money.BuyAsync(money.Purchase(people[0], "o-2"));
        await money.RefundAsync(money.Refund("o-1", "r-1", 300));
        portal.Clock.Advance(TimeSpan.FromDays(2));
        await money.ReleaseAsync();

        var told = await AllAsync(portal, from);
        Assert.Equal(["purchase.recorded", "purchase.recorded", "purchase.refunded", "purchase.refunded", "commission.available"], told.Select(e => e.Kind));
        Assert.Equal([true, false], told.Take(2).Select(e => e.IsFirst!.Value));
        Assert.Equal(("o-1", bought.Amount, "EUR"), (told[0].ExternalId, told[0].Amount!.Value, told[0].Currency));
        Assert.Equal([("r-2", 100L), ("r-1", 300L)], told.Skip(2).Take(2).Select(e => (e.ExternalId!, e.Amount!.Value)));
        Assert.All(told, e => Assert.Equal([people[1], people[2]], e.Partners.Order()));
        Assert.All(told, e => Assert.Equal(people[0], e.ClientId));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ReadAsync_Partners_AreToldWithTheirPayouts(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (applicant, support) = (await world.PersonAsync("Anton Applicant"), await world.SupportAsync());
        var from = await EndAsync(portal);

        Assert.True((await portal.CallAsync<ApplyAsPartner, Result<Done>>(a => a.ExecuteAsync(new PartnerApplication(AccountKind.Firm, "Anton's firm", "", "We sell."), applicant, default))).Ok);
        Assert.True((await portal.CallAsync<ApproveApplication, Result<Done>>(a => a.ExecuteAsync(applicant.AccountId!.Value, support, default))).Ok);
        Assert.True((await portal.CallAsync<SuspendPartner, Result<Done>>(s => s.ExecuteAsync(applicant.AccountId!.Value, "as tested", support, default))).Ok);

        var told = await AllAsync(portal, from);
        Assert.Equal(["partner.applied", "partner.approved", "partner.suspended"], told.Select(e => e.Kind));
        Assert.All(told, e => Assert.Equal(applicant.AccountId, e.PartnerId));
        Assert.Equal([0, 1, 1], told.Select(e => e.Partners.Count));
    }

    /// <summary>The lower id is written first and committed last; the reader must not have gone past it.</summary>
    [Theory, OnSqlite, OnPostgres]
    public async Task ReadAsync_WhileAnEarlierIdIsOpen_WaitsForIt(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var db = portal.Services.GetRequiredService<PortalDb>();
        var from = await EndAsync(portal);
        await using var early = await db.BeginAsync();
        if (kind is DatabaseKind.Postgres)
        {
            // It has a higher transaction id than who comes after it with a higher id of an entry: neither order is that of commits.
            await using var late = await db.BeginAsync();
            await late.Db.Database.ExecuteSqlRawAsync("SELECT pg_current_xact_id()");
            Write(early, 1);
            await early.SaveAsync(default);
            Write(late, 2);
            await late.CommitAsync(default);
            Assert.Equal((0, from), (await ReadAsync(from)) is var open ? (open.Events.Count, open.Position) : default);
        }
        else
        {
            Write(early, 1);
            await early.SaveAsync(default);
            Assert.Empty((await ReadAsync(from)).Events);
        }

        await early.CommitAsync(default);
        var read = await AllAsync(portal, from);
        Assert.Equal(kind is DatabaseKind.Postgres ? [1L, 2] : [1L], read.Select(e => e.PartnerId!.Value));

        // One that is rolled back leaves a gap that nothing waits for.
        await using (var gone = await db.BeginAsync())
        {
            Write(gone, 3);
            await gone.SaveAsync(default);
        }

        await using (var last = await db.BeginAsync())
        {
            Write(last, 4);
            await last.CommitAsync(default);
        }

        Assert.Equal([4L], (await AllAsync(portal, read[^1].Id)).Select(e => e.PartnerId!.Value));

        Task<EventBatch> ReadAsync(long after) => portal.CallAsync<EventQueries, EventBatch>(q => q.ReadAsync(after, 10, default));

        static void Write(PortalTransaction work, long account) => work.Audit(Actor.System, AuditActions.PartnerApproved, ("account", account), account);
    }

    /// <summary>Many write at once, each in a transaction that takes its time, and roll back now and then; a reader that looks all the while misses none and sees each client's in order.</summary>
    [Theory, OnPostgres]
    public async Task ReadAsync_BesideManyWriters_MissesNoneAndKeepsEachOnesOrder(DatabaseKind kind)
    {
        const int Writers = 8, Each = 25;
        await using var portal = await TestPortal.StartAsync(kind);
        var db = portal.Services.GetRequiredService<PortalDb>();
        var from = await EndAsync(portal);
        var writing = Task.WhenAll(Enumerable.Range(1, Writers).Select(w => Task.Run(async () =>
        {
            var random = new Random(w);
            for (var i = 1; i <= Each; i++)
            {
                await using var work = await db.BeginAsync();
                work.Audit(Actor.System, AuditActions.PayoutPaid, ("payout", null), w);
                work.Audit(Actor.System, AuditActions.PartnerApproved, ("account", i), w * 1000 + i);
                await work.SaveAsync(default);
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(8)));
                if (random.Next(5) > 0)
                {
                    await work.CommitAsync(default);
                }
            }
        })));
        var told = new List<long>();
        for (var isOver = false; !isOver;)
        {
            isOver = writing.IsCompleted;
            EventBatch batch;
            do
            {
                batch = await portal.CallAsync<EventQueries, EventBatch>(q => q.ReadAsync(from, 7, default));
                told.AddRange(batch.Events.Select(e => e.PartnerId!.Value));
                (from, isOver) = (batch.Position, isOver && batch.Events.Count == 0);
            }
            while (batch.Events.Count > 0);
        }

        await writing;
        var written = await portal.ReadAsync(d => d.AuditEntries.Where(e => e.Action == AuditActions.PartnerApproved && e.AccountId > 1000).Select(e => e.AccountId!.Value).ToListAsync());
        Assert.Equal(written.Order(), told.Order());
        Assert.InRange(told.Count, Writers * Each / 2, Writers * Each);
        Assert.All(told.GroupBy(t => t / 1000), one => Assert.Equal(one.Order(), one));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task GoOnAsync_OfTwoNodes_OneGoesOn(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var db = portal.Services.GetRequiredService<PortalDb>();

        Assert.True(await GoAsync(null, 5));
        Assert.False(await GoAsync(null, 6));
        Assert.True(await GoAsync(5, 7));
        Assert.False(await GoAsync(5, 8));
        Assert.Equal(7, await portal.ReadAsync(d => EventReading.PlaceAsync(d, "tests", default)));

        async Task<bool> GoAsync(long? from, long to)
        {
            await using var work = await db.BeginAsync();
            var goes = await EventReading.GoOnAsync(work, "tests", from, to, default);
            await work.CommitAsync(default);
            return goes;
        }
    }

    private static Task<long> EndAsync(TestPortal portal) => portal.CallAsync<EventQueries, long>(q => q.EndAsync(default));

    private static async Task<List<PortalEvent>> AllAsync(TestPortal portal, long after)
    {
        var told = new List<PortalEvent>();
        while (await portal.CallAsync<EventQueries, EventBatch>(q => q.ReadAsync(after, 3, default)) is var batch && batch.Position > after)
        {
            told.AddRange(batch.Events);
            after = batch.Position;
        }

        return told;
    }

    private static Task<long> AccountAsync(TestPortal portal, string email) => portal.ReadAsync(db => db.Accounts.Where(a => a.Email == email).Select(a => a.Id).SingleAsync());
}
