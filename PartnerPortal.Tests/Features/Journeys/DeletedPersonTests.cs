using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Claims;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.AccessGrants;
using PartnerPortal.Tests.Features.Claims;
using PartnerPortal.Tests.Features.Orders;
using PartnerPortal.Tests.Features.Payouts;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Journeys;

/// <summary>A person who was invited, joined, bought, recommended, earned and gave access deletes its account: nothing that tells it apart is left anywhere, and the books still hold.</summary>
public sealed class DeletedPersonTests
{
    private static readonly Canary Person = new("Zuzanna Kanarienvogel", "z.kanarien@vogelhaus.test", "+4915735991234");

    [Theory, OnSqlite, OnPostgres]
    public async Task CloseAccount_NothingOfThePersonIsLeftAndTheBooksHold(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind, settings: new() { ["Logging:LogLevel:Default"] = "Information" });
        using var logs = new Lines();
        portal.Services.GetRequiredService<ILoggerFactory>().AddProvider(logs);
        var (partner, person) = await LiveAsync(portal);
        var before = await FoundAsync(portal);
        foreach (var place in new[] { "AspNetUsers", "Accounts", "AuditEntries", "Receipts", "Invoices", "AgreementAcceptances", "OutboxMessages", "ClientRecords", "Invitations", "AccessGrants", "ClientClaims", "mail" })
        {
            Assert.True(before.Any(f => f.StartsWith(place, StringComparison.Ordinal)), $"{place} holds nothing of the person before: the test does not look where it thinks.");
        }

        Assert.True(kind is DatabaseKind.Postgres || before.Any(f => f.StartsWith("file", StringComparison.Ordinal)));
        var money = await BalancesAsync(portal);

        using (var browser = new FormClient(portal))
        {
            await browser.SignInAsync(Person.Email);
            await browser.OpenAsync(PortalUrls.Manage + "/DeletePersonalData");
            await browser.SendAsync(new() { ["Password"] = World.Password });
            Assert.Contains("Your account is deleted", browser.Text, StringComparison.Ordinal);
        }

        await portal.CallAsync<OutboxDispatcher, int>(d => d.ExecuteAsync(default));

        Findings.None(await FoundAsync(portal));
        Findings.None(logs.All.SelectMany(line => Person.In(line).Select(f => $"the log says {f}: {line}")));
        Assert.Equal(money, await BalancesAsync(portal));
        Assert.Empty((await portal.CallAsync<VerifyBooks, BookReport>(v => v.ExecuteAsync(default))).Findings);
        Assert.Equal(person.UserId, await portal.ReadAsync(db => db.AgreementAcceptances.Select(a => (long?)a.UserId).SingleAsync()));
        var line = await portal.ReadAsync(db => db.ClientRecords.SingleAsync(r => r.PartnerId == partner.AccountId));
        Assert.Equal((ClientStatus.Left, "Z. K."), (line.Status, line.Name));
        using var partners = await SignedIn.ClientAsync(portal, partner);
        Assert.Contains("A former client", await partners.GetStringAsync(new Uri(PortalUrls.Wallet, UriKind.Relative)), StringComparison.OrdinalIgnoreCase);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Erasing_WhoIsStillThereOrMoreThanNames_IsRefused(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (_, person) = await LiveAsync(portal);
        string[] attempts =
        [
            "UPDATE \"AuditEntries\" SET \"ActorName\" = '', \"ActorSearch\" = ''",
            "UPDATE \"Receipts\" SET \"ActorName\" = ''",
            "UPDATE \"Receipts\" SET \"ContendersJson\" = '[]'",
            "UPDATE \"Invoices\" SET \"BuyerName\" = '', \"BuyerAddress\" = '', \"BuyerTaxId\" = ''",
            "UPDATE \"AgreementAcceptances\" SET \"UserName\" = ''",
        ];
        await RefusedAsync(attempts);
        Assert.Null((await portal.CallAsync<CloseAccount, Result<Done>>(c => c.ExecuteAsync(person, default))).Error);

        await RefusedAsync(
        [
            .. attempts.Where(a => !a.Contains("Invoices", StringComparison.Ordinal) && !a.Contains("AgreementAcceptances", StringComparison.Ordinal)),
            "UPDATE \"AuditEntries\" SET \"ActorName\" = '', \"ActorSearch\" = '', \"Action\" = 'x' WHERE \"ActorName\" = ''",
            "UPDATE \"AuditEntries\" SET \"ActorName\" = 'x' WHERE \"ActorName\" = ''",
            "UPDATE \"Invoices\" SET \"BuyerName\" = '', \"BuyerAddress\" = '', \"BuyerTaxId\" = '', \"SellerName\" = 'x'",
            "UPDATE \"AgreementAcceptances\" SET \"UserName\" = '', \"PlanVersionId\" = 9",
            "DELETE FROM \"AuditEntries\"", "DELETE FROM \"Receipts\"", "DELETE FROM \"Invoices\"", "DELETE FROM \"AgreementAcceptances\"",
        ]);

        async Task RefusedAsync(IEnumerable<string> statements)
        {
            foreach (var sql in statements)
            {
                var error = await Record.ExceptionAsync(() => portal.ReadAsync(db => db.Database.ExecuteSqlRawAsync(sql)));
                Assert.True(error is DbException, sql + " was let through");
            }
        }
    }

    [Fact]
    public async Task ErasableTables_NameEveryColumn()
    {
        await using var portal = await TestPortal.StartAsync();
        var model = await portal.ReadAsync(db => Task.FromResult(db.Model));

        foreach (var table in Erasure.Tables)
        {
            var columns = model.GetEntityTypes().Single(e => e.GetTableName() == table.Name).GetProperties().Select(p => p.Name);
            Assert.Equal(columns.Order(StringComparer.Ordinal), table.Kept.Concat(table.Erased).Concat(table.Contenders is { } json ? [json] : Array.Empty<string>()).Order(StringComparer.Ordinal));
        }
    }

    /// <summary>All that a person may leave behind.</summary>
    private static async Task<(Actor Partner, Actor Person)> LiveAsync(TestPortal portal)
    {
        var (shop, access, payouts) = (new ShopWorld(portal), new AccessWorld(portal), new PayoutWorld(portal));
        await payouts.Money.AssignAsync(PlanScope.Program, 0, await payouts.Money.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000), LevelRate.Share(500)], HoldDays = 0 }));
        await shop.PlanAsync();
        var partner = await shop.People.IntegratorAsync("Nordwind");
        Assert.Null((await portal.CallAsync<InviteByEmail, Result<InviteOutcome>>(i => i.ExecuteAsync(new InviteRequest([Person.Email], "en"), partner, default))).Error);
        await portal.CallAsync<ProvisionInvitations, int>(p => p.ExecuteAsync(default));
        var person = await shop.People.PersonAsync(Person.Name, Person.Email);
        var token = await portal.ReadAsync(db => db.Invitations.Select(i => i.Token).SingleAsync());
        Assert.Null((await portal.CallAsync<JoinPartner, Result<JoinOffer>>(async j => await j.ExecuteAsync(new JoinRequest(await shop.People.CodeOfAsync(partner), token, "en", []), person, default))).Error);
        Assert.Null((await portal.CallAsync<UpdateProfile, Result<Done>>(u => u.ExecuteAsync(new ProfileRequest(Person.Name, AccountKind.Person, Person.Phone, "DE", "vogelhaus.test", "en"), person, default))).Error);
        portal.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null((await shop.OrderAsync(person)).Error);
        await payouts.Money.BuyAsync(payouts.Money.Purchase(person.AccountId!.Value, "own-1"));
        var record = await portal.ReadAsync(db => db.ClientRecords.Where(r => r.PartnerId == partner.AccountId).Select(r => r.Id).SingleAsync());
        Assert.Null((await portal.CallAsync<ChangeClientNote, Result<Done>>(n => n.ExecuteAsync(record, $"Call {Person.Name} at {Person.Phone}", partner, default))).Error);
        var grant = (await access.AskAsync(partner, person.AccountId!.Value, why: $"Mrs {Person.Name} asked us to")).Value;
        Assert.Null((await access.ApproveAsync(grant, person, words: "Yours, " + Person.Name)).Error);
        var acting = await access.ActAsync(grant, partner);
        Assert.NotNull(acting.Acting);
        // It has clients itself, and earns by them.
        var friend = await shop.People.PersonAsync("Frieda Friend");
        await access.JoinAsync(person, friend);
        portal.Clock.Advance(TimeSpan.FromHours(1));
        await payouts.Money.BuyAsync(payouts.Money.Purchase(friend.AccountId!.Value, "friend-1"));
        await payouts.AcceptAsync(await shop.People.AgainAsync(person));
        // A colleague in a firm that goes on.
        await using (var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync())
        {
            work.Db.Members.Add(new Member(friend.AccountId!.Value, person.UserId!.Value, MemberRole.Seller, work.Now));
            PartnerPortal.Features.Audit.AuditLog.Audit(work, person, PartnerPortal.Features.Audit.AuditActions.AccountChanged, ("account", friend.AccountId), friend.AccountId);
            await work.CommitAsync(default);
        }

        var claims = new ClaimWorld(portal);
        var rival = await shop.People.IntegratorAsync("Vogelfreund");
        Assert.Null((await claims.FileAsync(rival, Person.Email, $"{Person.Name} called us first from {Person.Phone}")).Error);
        await portal.CallAsync<TakeUpClaims, int>(t => t.ExecuteAsync(default));
        portal.Clock.Advance(TimeSpan.FromHours(1));
        using var browser = new FormClient(portal);
        await browser.SignInAsync(Person.Email);
        await browser.OpenAsync(PortalUrls.MyPartner);
        await portal.CallAsync<OutboxDispatcher, int>(d => d.ExecuteAsync(default));
        return (partner, await shop.People.AgainAsync(person));
    }

    private static Task<List<string>> BalancesAsync(TestPortal portal) => portal.ReadAsync(db => db.LedgerEntries.GroupBy(e => new { e.OwnerId, e.Account, e.Currency })
        .Select(g => $"{g.Key.OwnerId} {g.Key.Account} {g.Key.Currency} {g.Sum(e => e.Amount)}").ToListAsync());

    /// <summary>Where the person is found: in each table, in the bytes of the files, in mail.</summary>
    private static async Task<List<string>> FoundAsync(TestPortal portal)
    {
        var found = await portal.ReadAsync(TablesAsync);
        if (portal.Kind is DatabaseKind.Sqlite)
        {
            var file = new SqliteConnectionStringBuilder(portal.ConnectionString).DataSource;
            foreach (var path in new[] { file, file + "-wal" }.Where(File.Exists))
            {
                await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var bytes = new MemoryStream();
                await stream.CopyToAsync(bytes);
                found.AddRange(Person.In(bytes.ToArray()).Select(f => $"file {Path.GetExtension(path)} holds {f}"));
            }
        }

        foreach (var mail in Directory.Exists(portal.MailFolder) ? Directory.GetFiles(portal.MailFolder, "*", SearchOption.AllDirectories) : [])
        {
            var parsed = ParsedMail.ReadFile(mail);
            found.AddRange(Person.In(string.Join('\n', parsed.Headers.Values) + parsed.Text + parsed.Html + await File.ReadAllTextAsync(mail)).Select(f => $"mail {Path.GetFileName(mail)} holds {f}"));
        }

        return found;
    }

    private static async Task<List<string>> TablesAsync(PortalDbContext db)
    {
        var found = new List<string>();
        await db.Database.OpenConnectionAsync();
        foreach (var table in db.Model.GetEntityTypes().Select(e => e.GetTableName()!).Distinct())
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var reader = await command.ExecuteReaderAsync();
            var text = new StringBuilder();
            while (await reader.ReadAsync())
            {
                for (var i = 0; i < reader.FieldCount; i++)
                {
                    text.AppendLine(reader.GetValue(i) is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture));
                }
            }

            found.AddRange(Person.In(text.ToString()).Select(f => $"{table} holds {f}"));
        }

        return found;
    }

    /// <summary>Everything that is logged.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = [];

        public IReadOnlyCollection<string> All => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose() => _lines.Clear();
    }
}
