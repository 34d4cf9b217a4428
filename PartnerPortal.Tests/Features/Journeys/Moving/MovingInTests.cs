using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Journeys.Moving;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Payouts;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys.Moving;

public sealed class MovingInTests
{
    private static readonly string[] Partners = ["P-2,Ana Silva,Brightwater Systems,ana@bright.test,pt-BR,P-1", "P-1,Olaf Nord,,olaf@nord.test,,", "P-3,Carl Late,,carl@late.test,,ana@bright.test"];
    private static readonly string[] Clients = ["C-1,Clara Client,clara@client.test,P-2,2025-03-01", "C-2,Dora Doe,dora@doe.test,olaf@nord.test,2025-04-01"];

    [Theory, OnSqlite, OnPostgres]
    public async Task Partners_WithSponsorsInAnyOrder_AreThereOnceHoweverOften(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new MovingWorld(portal);
        var owner = await world.People.OwnerAsync();
        var before = await CountsAsync(portal);

        var dry = await world.CheckAsync(MovingKind.Partners, MovingWorld.PartnersHead, Partners, owner);
        Assert.Equal(before, await CountsAsync(portal));
        var report = await world.MoveAsync(MovingKind.Partners, MovingWorld.PartnersHead, Partners, owner);

        Assert.Equal(dry.Findings, report.Findings);
        Assert.Equal(3, report.CountOf(MovingVerdict.New));
        var accounts = await portal.ReadAsync(db => db.Accounts.Where(a => a.ExternalId != null).ToDictionaryAsync(a => a.ExternalId!));
        Assert.Equal((accounts["P-1"].Id, "Brightwater Systems", "pt-BR"), (accounts["P-2"].SponsorId, accounts["P-2"].Name, accounts["P-2"].Language));
        Assert.Equal(accounts["P-2"].Id, accounts["P-3"].SponsorId);
        Assert.All(await portal.ReadAsync(db => db.Partners.ToListAsync()), p => Assert.Equal((PartnerKind.Integrator, PartnerState.Active), (p.Kind, p.State)));
        Assert.Equal(0, await portal.ReadAsync(db => db.OutboxMessages.CountAsync()));
        var after = await CountsAsync(portal);
        var again = await world.MoveAsync(MovingKind.Partners, MovingWorld.PartnersHead, Partners, owner);
        Assert.Equal(3, again.CountOf(MovingVerdict.Known));
        Assert.Equal(after, await CountsAsync(portal));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Clients_OfPartners_AreTheirsSinceTheirDayAndShareNothing(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new MovingWorld(portal);
        var owner = await world.People.OwnerAsync();
        await world.MoveAsync(MovingKind.Partners, MovingWorld.PartnersHead, Partners, owner);

        var dry = await world.CheckAsync(MovingKind.Clients, MovingWorld.ClientsHead, Clients, owner);
        var report = await world.MoveAsync(MovingKind.Clients, MovingWorld.ClientsHead, Clients, owner);

        Assert.Equal(dry.Findings, report.Findings);
        Assert.Equal(2, report.CountOf(MovingVerdict.New));
        var client = await portal.ReadAsync(db => db.Accounts.SingleAsync(a => a.ExternalId == "C-1"));
        var partner = await portal.ReadAsync(db => db.Accounts.SingleAsync(a => a.ExternalId == "P-2"));
        var attribution = await portal.ReadAsync(db => db.Attributions.Include(a => a.Receipt).SingleAsync(a => a.ClientId == client.Id));
        Assert.Equal((partner.Id, CameBy.MovedIn, new DateTime(2025, 3, 1, 0, 0, 0, DateTimeKind.Utc)), (attribution.PartnerId, attribution.CameBy, attribution.StartedAt));
        Assert.Equal("Rewardful #2", attribution.Receipt!.Reason);
        Assert.Equal(partner.Id, client.SponsorId);
        Assert.Equal(0, await portal.ReadAsync(db => db.Consents.CountAsync()));
        Assert.Equal(0, await portal.ReadAsync(db => db.OutboxMessages.CountAsync()));
        var line = await portal.ReadAsync(db => db.ClientRecords.SingleAsync(r => r.ClientId == client.Id));
        Assert.Equal(("C. C.", null, false, ClientStatus.NeverSignedIn, attribution.StartedAt), (line.Name, line.Email, line.IsShared, line.Status, line.Since));
        var receipt = await portal.CallAsync<ReceiptQueries, IReadOnlyList<ReceiptData>>(async q => await q.OfClientAsync(client.Id, ReceiptAudience.Support, await world.People.SupportAsync(), default));
        Assert.Equal(ReceiptVerdict.MovedIn, receipt.Single().Verdict);

        string[] changed = [Clients[0].Replace("2025-03-01", "2025-03-02", StringComparison.Ordinal), Clients[1].Replace("olaf@nord.test", "P-3", StringComparison.Ordinal)];
        var after = await CountsAsync(portal);
        Assert.Equal(2, (await world.MoveAsync(MovingKind.Clients, MovingWorld.ClientsHead, Clients, owner)).CountOf(MovingVerdict.Known));
        Assert.Equal([(MovingProblem.SinceDiffers, MovingField.Since), (MovingProblem.HasPartner, MovingField.Partner)],
            (await world.MoveAsync(MovingKind.Clients, MovingWorld.ClientsHead, changed, owner)).Findings.Select(f => (f.Problem!.Value, f.Field!.Value)));
        Assert.Equal(after, await CountsAsync(portal));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Balances_OfPartners_AreInTheWalletOnceAndVerified(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new MovingWorld(portal);
        var owner = await world.People.OwnerAsync();
        await world.MoveAsync(MovingKind.Partners, MovingWorld.PartnersHead, Partners, owner);
        string[] lines = ["P-2,123.45,EUR,2026-11-01", "P-2,7,USD,2026-11-01", "P-1,0,EUR,2026-11-01"];

        var report = await world.MoveAsync(MovingKind.Balances, MovingWorld.BalancesHead, lines, owner);

        Assert.Equal([MovingVerdict.New, MovingVerdict.New, MovingVerdict.Known], report.Findings.Select(f => f.Verdict));
        var partner = await portal.ReadAsync(db => db.Accounts.SingleAsync(a => a.ExternalId == "P-2"));
        var support = await world.People.SupportAsync();
        Assert.Equal([new WalletBalance("EUR", 0, 12345, 0), new WalletBalance("USD", 0, 700, 0)], await portal.CallAsync<WalletQueries, IReadOnlyList<WalletBalance>>(q => q.BalancesOfAsync(partner.Id, support, default)));
        var credit = await portal.ReadAsync(db => db.Credits.FirstAsync(c => c.Currency == "EUR"));
        Assert.Equal((CreditKind.OpeningBalance, "Rewardful", new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc), owner.UserId), (credit.Kind, credit.Reason, credit.OccurredAt, credit.ByUserId));
        Assert.Equal(3, (await world.MoveAsync(MovingKind.Balances, MovingWorld.BalancesHead, lines, owner)).CountOf(MovingVerdict.Known));
        var changed = (await world.MoveAsync(MovingKind.Balances, MovingWorld.BalancesHead, ["P-2,200,EUR,2026-11-01"], owner)).Findings.Single();
        Assert.Equal((MovingVerdict.Refused, MovingProblem.AmountDiffers, "123.45"), (changed.Verdict, changed.Problem, changed.Found));
        Assert.Empty(await world.FindingsAsync());
        await portal.CorruptAsync("UPDATE \"Credits\" SET \"Amount\" = 99999 WHERE \"Kind\" = 'OpeningBalance' AND \"Currency\" = 'EUR'");
        Assert.Contains(await world.FindingsAsync(), f => f.Record == "credit");
    }

    [Fact]
    public async Task Files_WithFaults_NameLineAndColumn()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new MovingWorld(portal);
        var owner = await world.People.OwnerAsync();
        var taken = await world.People.IntegratorAsync("Taken Systems", "taken@systems.test");
        await new MoneyWorld(portal).WorkAsync(async work => (await work.Db.Accounts.SingleAsync(a => a.Id == taken.AccountId)).SetExternalId("P-9"));
        var ownEmail = await portal.ReadAsync(db => db.Users.Where(u => u.Id == owner.UserId).Select(u => u.Email).SingleAsync());
        string[] lines =
        [
            ",Nobody,,nobody@x.test,,", "P-1,,,noname@x.test,,", "P-2,Wrong Mail,,at-sign.test,,", "P-3,First,,same@x.test,,", "P-3,Second,,second@x.test,,", "P-4,Third,,SAME@x.test,,",
            "P-5,Other Id,,taken@systems.test,,", "P-9,Other Mail,,new@systems.test,,", $"P-6,Own,,{ownEmail},,", "P-7,No Sponsor,,nosponsor@x.test,,P-77", "P-8,Loop,,loop@x.test,,P-10", "P-10,Loop,,loop2@x.test,,P-8",
            "P-11,Broken,,broken@x.test,,,more",
        ];
        (int, MovingProblem, MovingField?)[] expected =
        [
            (2, MovingProblem.IdMissing, MovingField.ExternalId), (3, MovingProblem.NameMissing, MovingField.Name), (4, MovingProblem.EmailWrong, MovingField.Email),
            (6, MovingProblem.Twice, MovingField.ExternalId), (7, MovingProblem.Twice, MovingField.ExternalId), (8, MovingProblem.EmailOfAnother, MovingField.Email), (9, MovingProblem.EmailDiffers, MovingField.Email),
            (10, MovingProblem.OwnAccount, null), (11, MovingProblem.NoSuchSponsor, MovingField.Sponsor), (12, MovingProblem.SponsorLoop, MovingField.Sponsor), (13, MovingProblem.SponsorLoop, MovingField.Sponsor),
            (14, MovingProblem.Broken, null),
        ];

        var dry = await world.CheckAsync(MovingKind.Partners, MovingWorld.PartnersHead, lines, owner);
        var done = await world.MoveAsync(MovingKind.Partners, MovingWorld.PartnersHead, lines, owner);

        Assert.Equal(expected, dry.Findings.Where(f => f.Problem is not null).Select(f => (f.Line, f.Problem!.Value, f.Field)));
        // Of two that would recommend each other, the first is taken: only the second closes the loop.
        Assert.Equal(expected.Where(e => e.Item1 != 12), done.Findings.Where(f => f.Problem is not null).Select(f => (f.Line, f.Problem!.Value, f.Field)));
        string[] clients = ["C-1,Clara,clara@x.test,P-77,2025-03-01", "C-2,Dora,dora@x.test,P-3,soon", "C-3,Ede,ede@x.test,P-3,2999-01-01", "P-3,First,same@x.test,P-3,2025-01-01"];
        Assert.Equal([(MovingProblem.NoSuchPartner, MovingField.Partner), (MovingProblem.TimeWrong, MovingField.Since), (MovingProblem.TimeAhead, MovingField.Since), (MovingProblem.Itself, MovingField.Partner)],
            (await world.CheckAsync(MovingKind.Clients, MovingWorld.ClientsHead, clients, owner)).Findings.Select(f => (f.Problem!.Value, f.Field!.Value)));
        string[] balances = ["P-3,ten,EUR,2026-01-01", "P-3,10,XYZ,2026-01-01", "P-3,-10,USD,2026-01-01", "P-77,10,EUR,2026-01-01"];
        Assert.Equal([MovingField.Amount, MovingField.Currency, MovingField.Amount, MovingField.Partner],
            (await world.CheckAsync(MovingKind.Balances, MovingWorld.BalancesHead, balances, owner)).Findings.Select(f => f.Field!.Value));
        var missing = await portal.CallAsync<CheckMovingIn, Result<MovingReport>>(async c => await c.ExecuteAsync(await MovingWorld.FileAsync(MovingKind.Clients, "id,name,email", ["1,A,a@x.test"]), _ => Task.CompletedTask, owner, default));
        Assert.Equal(new MovingColumnsMissing("partner, since"), missing.Error);
    }

    [Fact]
    public async Task Heads_OfOtherSystems_AreRecognised()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new MovingWorld(portal);
        var owner = await world.People.OwnerAsync();

        await world.MoveAsync(MovingKind.Partners, "ID;First name;Last name;Email;Parent promoter ID", ["a-1;Ana;Silva;ana@bright.test;"], owner);
        var clients = await world.MoveAsync(MovingKind.Clients, "Customer ID,Customer name,Customer email,Affiliate ID,Became lead at", ["c-1,Clara Client,clara@client.test,a-1,2025-03-01T10:00:00Z"], owner);

        Assert.Equal(1, clients.CountOf(MovingVerdict.New));
        Assert.Equal("Ana Silva", await portal.ReadAsync(db => db.Accounts.Where(a => a.ExternalId == "a-1").Select(a => a.Name).SingleAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Run_CutOffInTheMiddle_GoesOnWithoutDoubling(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new MovingWorld(portal);
        var owner = await world.People.OwnerAsync();
        await world.MoveAsync(MovingKind.Partners, MovingWorld.PartnersHead, Partners, owner);
        List<string> lines = [.. Enumerable.Range(0, 60).Select(i => FormattableString.Invariant($"C-{i},Client {i},c{i}@client.test,P-2,2025-03-01"))];

        await Assert.ThrowsAsync<TimeoutException>(() => world.MoveAsync(MovingKind.Clients, MovingWorld.ClientsHead, lines, owner, told: done => done == 25 ? throw new TimeoutException() : Task.CompletedTask));
        Assert.Equal(25, await portal.ReadAsync(db => db.Attributions.CountAsync()));
        using var stop = new CancellationTokenSource();
        var stopped = await world.MoveAsync(MovingKind.Clients, MovingWorld.ClientsHead, lines, owner, told: done => done == 50 ? stop.CancelAsync() : Task.CompletedTask, stop: stop.Token);
        Assert.Equal((25, 25, 10), (stopped.CountOf(MovingVerdict.Known), stopped.CountOf(MovingVerdict.New), stopped.CountOf(MovingVerdict.NotReached)));
        var last = await world.MoveAsync(MovingKind.Clients, MovingWorld.ClientsHead, lines, owner);

        Assert.Equal((50, 10), (last.CountOf(MovingVerdict.Known), last.CountOf(MovingVerdict.New)));
        Assert.Equal((60, 60), (await portal.ReadAsync(db => db.Attributions.CountAsync()), await portal.ReadAsync(db => db.ClientRecords.CountAsync())));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Run_TwiceAtOnce_MakesEachOnce(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new MovingWorld(portal);
        var (owner, other) = (await world.People.OwnerAsync(), await world.People.OwnerAsync("Otto Owner"));
        List<string> partners = [.. Enumerable.Range(0, 12).Select(i => FormattableString.Invariant($"P-{i},Partner {i},,p{i}@partner.test,,{(i == 0 ? "" : $"P-{i - 1}")}"))];
        List<string> clients = [.. Enumerable.Range(0, 12).Select(i => FormattableString.Invariant($"C-{i},Client {i},c{i}@client.test,P-{i},2025-03-01"))];
        List<string> balances = [.. Enumerable.Range(0, 12).Select(i => FormattableString.Invariant($"P-{i},10,EUR,2026-01-01"))];

        foreach (var (which, head, lines) in new[] { (MovingKind.Partners, MovingWorld.PartnersHead, partners), (MovingKind.Clients, MovingWorld.ClientsHead, clients), (MovingKind.Balances, MovingWorld.BalancesHead, balances) })
        {
            var reports = await Task.WhenAll(new[] { owner, other }.Select(who => Task.Run(() => world.MoveAsync(which, head, lines, who))));
            Assert.All(reports, r => Assert.All(r.Findings, f => Assert.Null(f.Problem)));
            Assert.Equal(12, reports.Sum(r => r.CountOf(MovingVerdict.New)));
        }

        Assert.Equal((24, 12, 12, 12), await portal.ReadAsync(async db => (
            await db.Accounts.CountAsync(a => a.ExternalId != null), await db.Attributions.CountAsync(), await db.Credits.CountAsync(), await db.LedgerTransactions.CountAsync())));
        Assert.Empty(await world.FindingsAsync());
    }

    [Theory, OnPostgres]
    public async Task Sponsor_GivenWhileAClientComes_CountsFromThenOn(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (world, money) = (new MovingWorld(portal), new MoneyWorld(portal));
        var owner = await world.People.OwnerAsync();
        await world.MoveAsync(MovingKind.Partners, MovingWorld.PartnersHead, ["P-1,Olaf Nord,,olaf@nord.test,,", "P-2,Ana Silva,,ana@bright.test,,", "P-3,Carl Late,,carl@late.test,,"], owner);
        var ids = await portal.ReadAsync(db => db.Accounts.Where(a => a.ExternalId != null).ToDictionaryAsync(a => a.ExternalId!, a => a.Id));
        // It comes a second time: its sponsor is made already.
        var client = (await world.People.PersonAsync("Clara Client", "clara@client.test")).AccountId!.Value;
        await money.AttributeAsync(client, ids["P-3"]);
        await money.LeaveAsync(client);

        await using var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync();
        await work.LockAsync(PortalLock.Client, client, default);
        var receipt = new Receipt(AttributionRule.Staff, [], Actor.System, null, null, work.Now);
        await AttributionBook.OpenAsync(work, await work.Db.Accounts.SingleAsync(a => a.Id == client), ids["P-1"], CameBy.Link, receipt, Actor.System, default);
        await work.SaveAsync(default);
        var moving = Task.Run(() => world.MoveAsync(MovingKind.Partners, MovingWorld.PartnersHead, ["P-1,Olaf Nord,,olaf@nord.test,,P-2"], owner));
        while (!moving.IsCompleted && await WaitersAsync(portal) == 0)
        {
        }

        await work.CommitAsync(default);
        await moving;

        Assert.Equal((ids["P-1"], ids["P-2"]), await portal.ReadAsync(async db => await db.SponsorChanges.Select(c => new ValueTuple<long, long>(c.AccountId, c.ToSponsorId!.Value)).SingleAsync()));
        Assert.Equal(ids["P-2"], await portal.ReadAsync(db => db.Accounts.Where(a => a.Id == ids["P-1"]).Select(a => a.SponsorId).SingleAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Accounts_ThatAreThere_AreTakenUpAndWhatTheyBoughtIsSettled(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new MovingWorld(portal);
        var money = new MoneyWorld(portal);
        var owner = await world.People.OwnerAsync();
        await money.AssignAsync(PlanScope.Program, 0, await money.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000), LevelRate.Share(500)], HoldDays = 0 }));
        var client = await world.People.PersonAsync("Clara Client", "clara@client.test");
        portal.Clock.Advance(TimeSpan.FromDays(10));
        await money.BuyAsync(money.Purchase(client.AccountId!.Value, "before"));
        portal.Clock.Advance(TimeSpan.FromDays(10));
        var since = portal.Clock.Now.AddDays(-5);
        await money.BuyAsync(money.Purchase(client.AccountId.Value, "after"));
        await world.MoveAsync(MovingKind.Partners, MovingWorld.PartnersHead, Partners, owner);

        var moved = await world.MoveAsync(MovingKind.Clients, MovingWorld.ClientsHead, [$"C-1,Clara Client,clara@client.test,P-2,{since:yyyy-MM-dd}"], owner);

        Assert.Equal(MovingVerdict.Linked, moved.Findings.Single().Verdict);
        Assert.Empty(await world.FindingsAsync());
        var lines = await portal.ReadAsync(db => db.CommissionLines.Where(l => l.Granted > 0).OrderBy(l => l.Level).Select(l => new { l.Level, l.Granted }).ToListAsync());
        Assert.Equal([(1, 800L), (2, 400L)], lines.Select(l => (l.Level, l.Granted)));
    }

    [Fact]
    public async Task Links_Ticked_GoToNewPartnersAlone()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new MovingWorld(portal);
        var owner = await world.People.OwnerAsync();

        await world.MoveAsync(MovingKind.Partners, MovingWorld.PartnersHead, Partners, owner, sendsLinks: true);
        await world.MoveAsync(MovingKind.Clients, MovingWorld.ClientsHead, Clients, owner, sendsLinks: true);
        await world.MoveAsync(MovingKind.Partners, MovingWorld.PartnersHead, Partners, owner, sendsLinks: true);

        var mails = await portal.ReadAsync(db => db.OutboxMessages.ToListAsync());
        Assert.Equal(["ana@bright.test", "carl@late.test", "olaf@nord.test"], mails.Select(m => m.ToAddress).Order(StringComparer.Ordinal));
        Assert.All(mails, m => Assert.Equal(MailKinds.AccountReady, m.Kind));
    }

    [Fact]
    public async Task ExecuteAsync_NobodyButTheOwner_MayMoveIn()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new MovingWorld(portal);
        var file = await MovingWorld.FileAsync(MovingKind.Partners, MovingWorld.PartnersHead, Partners);
        foreach (var actor in new[] { await world.People.SupportAsync(), await world.People.IntegratorAsync("Wrongway Limited"), await world.People.PersonAsync("Clara"), Actor.Visitor })
        {
            Assert.IsType<NotAllowed>((await portal.CallAsync<CheckMovingIn, Result<MovingReport>>(c => c.ExecuteAsync(file, _ => Task.CompletedTask, actor, default))).Error);
            Assert.IsType<NotAllowed>((await portal.CallAsync<MoveIn, Result<MovingReport>>(m => m.ExecuteAsync(new MovingRun(file, _ => Task.CompletedTask, default), actor, default))).Error);
        }

        Assert.IsType<MovingSourceMissing>((await portal.CallAsync<MoveIn, Result<MovingReport>>(
            async m => await m.ExecuteAsync(new MovingRun(file with { Source = " " }, _ => Task.CompletedTask, default), await world.People.OwnerAsync(), default))).Error);
        Assert.False(await portal.ReadAsync(db => db.Accounts.AnyAsync(a => a.ExternalId != null)));
    }

    private static Task<int> WaitersAsync(TestPortal portal) => portal.ReadAsync(db => db.Database.SqlQuery<int>($"""
        SELECT CAST(count(*) AS int) AS "Value" FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """).SingleAsync());

    private static Task<(int, int, int, int)> CountsAsync(TestPortal portal) => portal.ReadAsync(async db => (await db.Accounts.CountAsync(), await db.Attributions.CountAsync(), await db.AuditEntries.CountAsync(), await db.Users.CountAsync()));
}
