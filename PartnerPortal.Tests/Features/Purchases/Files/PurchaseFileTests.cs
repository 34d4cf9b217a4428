using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Features.Purchases.Files;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Purchases.Files;

public sealed class PurchaseFileTests
{
    private const string Head = "external_id;client;product;currency;amount;discount;tax;occurred_at";

    [Theory, OnSqlite, OnPostgres]
    public async Task Import_FileTwice_RecordsOnceAndThenChangesNothing(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var (staff, client) = await SceneAsync(portal);
        using var file = new CsvFile(Head, $"f-1;{client};team;EUR;80,00;;15,20;2026-11-20", $"f-2;{client};team;eur;1234.5;34,50;;20.11.2026 09:30", $"f-3;{client};team;JPY;500;;;2026-11-20T10:00:00+01:00");

        var dry = await CheckAsync(portal, file, staff);
        Assert.Equal((3, 0, 0), (dry.New, dry.Known, dry.Wrong));
        Assert.Equal(0, await portal.ReadAsync(db => db.Purchases.CountAsync()));
        var run = await ImportAsync(portal, file, staff);
        Assert.Equal((3, 0, 0), (run.New, run.Known, run.Wrong));
        var before = await portal.ReadAsync(db => db.LedgerTransactions.CountAsync());
        var again = await ImportAsync(portal, file, staff);
        Assert.Equal((0, 3, 0), (again.New, again.Known, again.Wrong));
        Assert.Equal((0, 3), ((await CheckAsync(portal, file, staff)).New, (await CheckAsync(portal, file, staff)).Known));

        Assert.Equal(before, await portal.ReadAsync(db => db.LedgerTransactions.CountAsync()));
        var bought = await portal.ReadAsync(db => db.Purchases.OrderBy(p => p.ExternalId).ToListAsync());
        Assert.Equal([("csv", 8000L, 0L, 1520L, "EUR"), ("csv", 123_450, 3450, 0, "EUR"), ("csv", 500, 0, 0, "JPY")], bought.Select(p => (p.Source, p.Amount, p.Discount, p.Tax, p.Currency)));
        Assert.Equal(new DateTime(2026, 11, 20, 9, 30, 0, DateTimeKind.Utc), bought[1].OccurredAt);
        Assert.Equal(1, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == AuditActions.PurchasesImported)));
    }

    [Fact]
    public async Task Import_PaidUntil_IsReadWhereItIsGiven()
    {
        await using var portal = await TestPortal.StartAsync();
        var (staff, client) = await SceneAsync(portal);
        using var file = new CsvFile(
            Head + ";paid_until", $"f-1;{client};team;EUR;80;;;2026-11-20;2027-02-01", $"f-2;{client};team;EUR;80;;;2026-11-20;", $"f-3;{client};team;EUR;80;;;2026-11-20;soon",
            $"f-4;{client};team;EUR;80;;;2026-11-20;2026-11-19");

        var run = await ImportAsync(portal, file, staff);

        Assert.Equal([(4L, "paid_until", CsvProblem.Time, null), (5L, "paid_until", null, PurchaseProblem.PaidUntilTooEarly)], run.Problems.Select(p => (p.Line, p.Column, p.Csv, p.Purchase)));
        Assert.Equal([new DateTime(2027, 2, 1, 0, 0, 0, DateTimeKind.Utc), null], await portal.ReadAsync(db => db.Purchases.OrderBy(p => p.ExternalId).Select(p => p.PaidUntil).ToListAsync()));
    }

    [Fact]
    public async Task CheckAndImport_BrokenLines_SayTheSameByLineAndColumn()
    {
        await using var portal = await TestPortal.StartAsync();
        var (staff, client) = await SceneAsync(portal);
        var own = AccountNumber.Offset + staff.AccountId!.Value;
        (string Line, string Column, CsvProblem? Csv, PurchaseProblem? Purchase)[] cases =
        [
            ($"a;{client};team;EUR;80", "", CsvProblem.FieldCount, null),
            ($"a;{client};team;EUR;80;;;2026-11-20;more", "", CsvProblem.FieldCount, null),
            ($"a;{client};team;EUR;eighty;;;2026-11-20", "amount", CsvProblem.Amount, null),
            ($"a;{client};team;EUR;;;;2026-11-20", "amount", CsvProblem.Amount, null),
            ($"a;{client};team;EUR;1.000,00;;;2026-11-20", "amount", CsvProblem.Amount, null),
            ($"a;{client};team;JPY;80,5;;;2026-11-20", "amount", CsvProblem.Amount, null),
            ($"a;{client};team;EUR;80;x;;2026-11-20", "discount", CsvProblem.Amount, null),
            ($"a;{client};team;EUR;80;;;yesterday", "occurred_at", CsvProblem.Time, null),
            ($"a;{client};team;EUR;80;;;2026-02-30", "occurred_at", CsvProblem.Time, null),
            ($"a;{client};team;EUR;80;;;2026-11-21", "occurred_at", null, PurchaseProblem.InFuture),
            ($"a;{client};team;XXX;80;;;2026-11-20", "currency", null, PurchaseProblem.UnknownCurrency),
            ($"a;{client};team;EUR;0;;;2026-11-20", "amount", null, PurchaseProblem.NotPositive),
            ($"a;{client};team;EUR;-80;;;2026-11-20", "amount", null, PurchaseProblem.NotPositive),
            ($"a;{client};team;EUR;10000000000000,01;;;2026-11-20", "amount", null, PurchaseProblem.TooLarge),
            ($"a;{client};team;EUR;80;80,01;;2026-11-20", "discount", null, PurchaseProblem.DiscountAboveAmount),
            ($"a;{client};team;EUR;80;;-1;2026-11-20", "tax", null, PurchaseProblem.Negative),
            ($"a;{client};;EUR;80;;;2026-11-20", "product", null, PurchaseProblem.ProductMissing),
            ($";{client};team;EUR;80;;;2026-11-20", "external_id", null, PurchaseProblem.ExternalIdMissing),
            ("a;;team;EUR;80;;;2026-11-20", "client", null, PurchaseProblem.ClientMissing),
            ("a;99999999;team;EUR;80;;;2026-11-20", "client", null, PurchaseProblem.ClientUnknown),
            ("a;nobody@nowhere.test;team;EUR;80;;;2026-11-20", "client", null, PurchaseProblem.ClientUnknown),
            ($"a;{own};team;EUR;80;;;2026-11-20", "client", CsvProblem.Own, null),
            ($"\"b;{client};team;EUR;80;;;2026-11-20", "", CsvProblem.FieldCount, null),
        ];
        using var file = new CsvFile([Head, $"good;{client};team;EUR;80;;;2026-11-20", .. cases.Select(c => c.Line), $"good;{client};team;EUR;80;;;2026-11-20", $"good;{client};team;EUR;81;;;2026-11-20", $"last;{client};team;EUR;80;;;2026-11-20"]);

        foreach (var report in new[] { await CheckAsync(portal, file, staff), await ImportAsync(portal, file, staff) })
        {
            Assert.Equal((2, 1, cases.Length + 1), (report.New, report.Known, report.Wrong));
            Assert.Equal(
                [.. cases.Select((c, i) => ((long)i + 3, c.Column, c.Csv, c.Purchase)), (cases.Length + 4L, "external_id", CsvProblem.KeyUsed, null)],
                report.Problems.Select(p => (p.Line, p.Column, p.Csv, p.Purchase)));
        }

        Assert.Equal(["good", "last"], await portal.ReadAsync(db => db.Purchases.Select(p => p.ExternalId).OrderBy(id => id).ToListAsync()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("external_id;client;product")]
    [InlineData("external_id;client;product;currency;amount;occurred_at;amount")]
    public async Task Check_HeadThatLacksColumns_SaysWhich(string head)
    {
        await using var portal = await TestPortal.StartAsync();
        var (staff, _) = await SceneAsync(portal);
        using var file = new CsvFile(head);

        var result = await portal.CallAsync<CheckPurchaseFile, Result<PurchaseFileReport>>(c => c.ExecuteAsync(file.Path, staff, _ => Task.CompletedTask, default));

        Assert.Contains("amount", Assert.IsType<CsvColumnsMissing>(result.Error).Columns, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_ByAnybodyElse_IsRefused()
    {
        await using var portal = await TestPortal.StartAsync();
        var (_, client) = await SceneAsync(portal);
        using var file = new CsvFile(Head, $"f-1;{client};team;EUR;80;;;2026-11-20");
        var partner = await new World(portal).IntegratorAsync("Wrongway Limited");

        Assert.IsType<NotAllowed>((await portal.CallAsync<CheckPurchaseFile, Result<PurchaseFileReport>>(c => c.ExecuteAsync(file.Path, partner, _ => Task.CompletedTask, default))).Error);
        Assert.IsType<NotAllowed>((await portal.CallAsync<ImportPurchaseFile, Result<PurchaseFileReport>>(c => c.ExecuteAsync(file.Path, partner, _ => Task.CompletedTask, default))).Error);
    }

    [Fact]
    public async Task Check_HundredThousandLinesOfWindows1252_LooksAtEachAndHoldsAFew()
    {
        await using var portal = await TestPortal.StartAsync();
        var (staff, client) = await SceneAsync(portal);
        using var file = new CsvFile(CodePagesEncodingProvider.Instance.GetEncoding(1252)!, Lines(client));
        var told = 0;

        var report = (await portal.CallAsync<CheckPurchaseFile, Result<PurchaseFileReport>>(c => c.ExecuteAsync(file.Path, staff, lines =>
        {
            told = lines;
            return Task.CompletedTask;
        }, default))).Value;

        Assert.Equal((99_000, 0, 1000), (report.New, report.Known, report.Wrong));
        Assert.Equal((PurchaseFileReport.MostProblems, 100_000), (report.Problems.Count, told));
        Assert.Equal(new WrongLine(100_001, "", CsvProblem.FieldCount, null), report.AllWrong[999]);
        Assert.Equal("Größe", report.Others[0].Request!.Product);
        Assert.Equal(PurchaseFileReport.MostOthers, report.Others.Count);

        static IEnumerable<string> Lines(long client)
        {
            yield return Head;
            for (var i = 0; i < 100_000; i++)
            {
                yield return i % 100 == 99
                    ? $"\"{i};broken line"
                    : string.Create(CultureInfo.InvariantCulture, $"order-{i:D7};{client};Größe;EUR;{i % 900},50;;;2026-11-{1 + (i % 19):D2}T08:00:00Z");
            }
        }
    }

    private static async Task<PurchaseFileReport> CheckAsync(TestPortal portal, CsvFile file, Actor staff) =>
        (await portal.CallAsync<CheckPurchaseFile, Result<PurchaseFileReport>>(c => c.ExecuteAsync(file.Path, staff, _ => Task.CompletedTask, default))).Value;

    private static async Task<PurchaseFileReport> ImportAsync(TestPortal portal, CsvFile file, Actor staff) =>
        (await portal.CallAsync<ImportPurchaseFile, Result<PurchaseFileReport>>(c => c.ExecuteAsync(file.Path, staff, _ => Task.CompletedTask, default))).Value;

    private static async Task<(Actor Staff, long Client)> SceneAsync(TestPortal portal)
    {
        var world = new MoneyWorld(portal);
        portal.Clock.Advance(TimeSpan.FromDays(-30));
        var people = await world.PartnersAsync(2);
        await world.AttributeAsync(people[0], people[1]);
        await world.AssignAsync(PlanScope.Program, 0, await world.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000)] }));
        var staff = await new World(portal).SupportAsync();
        portal.Clock.Advance(TimeSpan.FromDays(30));
        return (staff, AccountNumber.Offset + people[0]);
    }

    private sealed class CsvFile : IDisposable
    {
        public CsvFile(params string[] lines)
            : this(new UTF8Encoding(false), lines)
        {
        }

        public CsvFile(Encoding encoding, IEnumerable<string> lines) => File.WriteAllLines(Path, lines, encoding);

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
