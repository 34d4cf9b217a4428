using System.Globalization;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Clients;
using PartnerPortal.Tests.Features.Payouts;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;
using UglyToad.PdfPig;

namespace PartnerPortal.Tests.Features.Ledger;

public sealed class BonusTests
{
    private const int AtOnce = 12;

    /// <summary>Ways to corrupt what was given, and the records of which one must be named.</summary>
    public static readonly TheoryData<string, string, string> Corruptions = new()
    {
        { "a bonus raised", "UPDATE \"Credits\" SET \"Amount\" = \"Amount\" + 1 WHERE \"Kind\" = 'Bonus'", "credit" },
        { "a bonus turned to another wallet", "UPDATE \"Credits\" SET \"AccountId\" = (SELECT min(\"Id\") FROM \"Accounts\")", "credit" },
        { "a bonus said to be something else", "UPDATE \"Credits\" SET \"Kind\" = 'OpeningBalance'", "credit" },
        { "a bonus forgotten", "DELETE FROM \"Credits\" WHERE \"Id\" = (SELECT max(\"Id\") FROM \"Credits\")", "transaction" },
        { "its transaction orphaned", "UPDATE \"LedgerTransactions\" SET \"CreditId\" = NULL", "transaction" },
        { "its entries deleted", "DELETE FROM \"LedgerEntries\" WHERE \"TransactionId\" = (SELECT max(\"TransactionId\") FROM \"LedgerEntries\")", "credit" },
        { "both entries raised", "UPDATE \"LedgerEntries\" SET \"Amount\" = \"Amount\" * 2", "credit" },
        { "its money in the wallet of another", "UPDATE \"LedgerEntries\" SET \"OwnerId\" = (SELECT min(\"Id\") FROM \"Accounts\") WHERE \"OwnerId\" IS NOT NULL", "credit" },
        { "the budget lowered", "UPDATE \"CreditBudgets\" SET \"Spent\" = 0", "budget" },
        { "the budget forgotten", "DELETE FROM \"CreditBudgets\"", "budget" },
    };

    [Theory, OnSqlite, OnPostgres]
    public async Task GrantAsync_Bonus_IsInTheWalletAtOnceAndOnRecord(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new MoneyWorld(portal);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var grant = Grant(partner, 2500, "run:1") with { AutomationId = 17 };

        var first = await world.GrantAsync(grant);
        var again = await world.GrantAsync(grant with { Reason = "told in other words" });
        var other = await world.GrantAsync(grant with { Amount = 2501 });

        Assert.Equal((true, false), (first.Value.IsNew, again.Value.IsNew));
        Assert.Equal(first.Value.Id, again.Value.Id);
        Assert.IsType<BonusKeyTaken>(other.Error);
        Assert.Equal([new WalletBalance("EUR", 0, 2500, 0)], await portal.CallAsync<WalletQueries, IReadOnlyList<WalletBalance>>(q => q.BalancesAsync(partner, default)));
        var posted = await portal.ReadAsync(db => db.LedgerTransactions.Include(t => t.Entries).SingleAsync());
        Assert.Equal((LedgerKind.Bonus, first.Value.Id, 0L), (posted.Kind, posted.CreditId, posted.Entries.Sum(e => e.Amount)));
        var audit = await portal.ReadAsync(db => db.AuditEntries.SingleAsync(e => e.Action == AuditActions.BonusGranted));
        Assert.Equal((partner.AccountId, first.Value.Id), (audit.AccountId, audit.SubjectId));
        Assert.Contains("third referral", audit.Details, StringComparison.Ordinal);
        await AppendOnlyRows.AssertRefusedAsync(portal, "Credits", "\"Amount\" = 1");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task GrantAsync_SameKeyManyAtOnce_GivesOnce(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new MoneyWorld(portal);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var budget = new BonusBudget("automation:1", 100_000);

        var plain = await ManyAsync(_ => world.GrantAsync(Grant(partner, 700, "one")));
        var taken = await ManyAsync(_ => world.GrantAsync(Grant(partner, 300, "two") with { Budget = budget }));

        foreach (var granted in new[] { plain, taken })
        {
            Assert.Equal(1, granted.Count(g => g.Value.IsNew));
            Assert.Single(granted.Select(g => g.Value.Id).Distinct());
        }

        Assert.Equal(1000, await HeldAsync(portal, partner));
        Assert.Equal(300, await portal.ReadAsync(db => db.CreditBudgets.Select(b => b.Spent).SingleAsync()));
        Assert.Empty(await FindingsAsync(portal));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task GrantAsync_ManyAtOnceFromOneBudget_NeverGiveMoreThanItHolds(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new MoneyWorld(portal);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var budget = new BonusBudget("automation:1", 1000);

        var granted = await ManyAsync(i => world.GrantAsync(Grant(partner, 300, $"run:{i}") with { Budget = budget }));

        Assert.Equal(3, granted.Count(g => g.Ok));
        Assert.All(granted.Where(g => !g.Ok), g => Assert.IsType<BonusBudgetSpent>(g.Error));
        Assert.Equal(new BonusBudgetSpent(100), (await world.GrantAsync(Grant(partner, 101, "too much") with { Budget = budget })).Error);
        Assert.True((await world.GrantAsync(Grant(partner, 300, $"run:{Array.FindIndex(granted, g => g.Ok)}") with { Budget = budget })).Ok);
        Assert.True((await world.GrantAsync(Grant(partner, 1000, "dollars") with { Budget = budget, Currency = "USD" })).Ok);
        Assert.Equal(100, await portal.ReadAsync(db => BonusBook.LeftAsync(db, budget, "EUR", default)));
        Assert.Equal(900, await HeldAsync(portal, partner));
        Assert.Empty(await FindingsAsync(portal));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task GrantAsync_WhatCannotBeGiven_LeavesNothingAndTheTransactionGoesOn(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        var good = Grant(partner, 500, "good");
        await using (var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync())
        {
            foreach (var (grant, member) in new[]
            {
                (good with { Amount = 0 }, "Amount"), (good with { Amount = -5 }, "Amount"), (good with { Currency = "XYZ" }, "Currency"), (good with { Reason = " " }, "Reason"), (good with { Reason = new string('x', 201) }, "Reason"),
                (good with { AccountId = 4711 }, "AccountId"), (good with { Key = "" }, "Key"),
            })
            {
                Assert.Equal(new BonusInvalid(member), (await BonusBook.GrantAsync(work, grant, Actor.System, default)).Error);
            }

            Assert.IsType<BonusBudgetSpent>((await BonusBook.GrantAsync(work, good with { Budget = new BonusBudget("small", 499) }, Actor.System, default)).Error);
            Assert.True((await BonusBook.GrantAsync(work, good, Actor.System, default)).Ok);
            await work.CommitAsync(default);
        }

        Assert.Equal(500, await HeldAsync(portal, partner));
        Assert.Equal(1, await portal.ReadAsync(db => db.Credits.CountAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Wallet_WithABonus_ExplainsItEverywhereAndPaysItOut(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new PayoutWorld(portal);
        var (partner, staff) = (await world.PartnerAsync(), await world.People.SupportAsync());
        await world.Money.GrantAsync(Grant(partner, 2500, "run:1"));
        await using (var pages = new ClientPages(portal, partner))
        {
            var rows = pages.Render<WalletPage>().WaitForElements(".led > tbody > tr").Select(r => r.TextContent).ToList();
            Assert.Contains("Bonus: third referral", Assert.Single(rows), StringComparison.Ordinal);
            Assert.Contains("+€25.00", rows[0], StringComparison.Ordinal);
        }

        var payout = (await world.RequestAsync(partner)).Value;
        await world.ApproveAsync(payout, staff);
        await world.ExportAsync(staff);
        Assert.Null(Assert.Single(await world.CreditsAsync(partner)).PaidAt);
        await world.PayAsync(payout, staff);

        Assert.Equal((0, 0, 2500), await world.WalletAsync(partner));
        Assert.NotNull(Assert.Single(await world.CreditsAsync(partner)).PaidAt);
        using var browser = await portal.BrowserOfAsync(partner);
        var all = await browser.GetStringAsync(new Uri(PortalUrls.WalletCsv, UriKind.Relative));
        Assert.Contains(",Paid,EUR,,,,,,25.00,0.00,25.00,", all, StringComparison.Ordinal);
        Assert.EndsWith("Bonus: third referral\r\n", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Bonus", await browser.GetStringAsync(new Uri(PortalUrls.WalletCsv + "?state=Available", UriKind.Relative)), StringComparison.Ordinal);
        Assert.DoesNotContain("Bonus", await browser.GetStringAsync(new Uri(PortalUrls.WalletCsv + "?level=1", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains("Bonus: third referral", await PdfAsync(browser, PortalUrls.WalletStatement(CalendarMonth.Of(portal.Clock.Now), "EUR")), StringComparison.Ordinal);
        Assert.Contains("Bonus: third referral", await PdfAsync(browser, PortalUrls.PayoutStatement(payout)), StringComparison.Ordinal);
        Assert.Empty(await world.FindingsAsync());
    }

    [Fact]
    public async Task PageAsync_OfOthers_ShowsNothing()
    {
        await using var portal = await TestPortal.StartAsync();
        var (world, people) = (new PayoutWorld(portal), new World(portal));
        var partner = await people.IntegratorAsync("Brightwater Systems");
        await world.Money.GrantAsync(Grant(partner, 2500, "run:1"));

        Assert.Single(await world.CreditsAsync(partner));
        foreach (var actor in new[] { await people.IntegratorAsync("Wrongway Limited"), partner with { Role = MemberRole.Seller }, Actor.Visitor, await people.SupportAsync() })
        {
            Assert.Empty(await world.CreditsAsync(actor));
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_OwnerByHand_GivesOnceAFormAndNobodyElseDoes(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new World(portal);
        var (partner, owner) = (await world.IntegratorAsync("Brightwater Systems"), await world.OwnerAsync());
        var typed = new TypedBonus(partner.AccountId!.Value, "25,50", "EUR", " Fair in Bilbao ", Guid.NewGuid());

        foreach (var actor in new[] { await world.SupportAsync(), partner, Actor.Visitor })
        {
            Assert.IsType<NotAllowed>((await GiveAsync(typed, actor)).Error);
        }

        Assert.Equal(new BonusInvalid("Amount"), (await GiveAsync(typed with { Amount = "much" }, owner)).Error);
        Assert.Equal(new BonusInvalid("Reason"), (await GiveAsync(typed with { Reason = null }, owner)).Error);
        Assert.True((await GiveAsync(typed, owner)).Value.IsNew);
        Assert.False((await GiveAsync(typed, owner)).Value.IsNew);
        await new PayoutWorld(portal).JoinAsync(owner, partner);
        Assert.IsType<OwnAccountInvolved>((await GiveAsync(typed with { Form = Guid.NewGuid() }, owner)).Error);

        var credit = await portal.ReadAsync(db => db.Credits.SingleAsync());
        Assert.Equal((2550, "Fair in Bilbao", owner.UserId), (credit.Amount, credit.Reason, credit.ByUserId));

        Task<Result<GrantedBonus>> GiveAsync(TypedBonus bonus, Actor actor) => portal.CallAsync<GrantBonus, Result<GrantedBonus>>(g => g.ExecuteAsync(bonus, actor, default));
    }

    [Theory, OnSqlite(nameof(Corruptions)), OnPostgres(nameof(Corruptions))]
    public async Task Verify_WhatWasGivenCorrupted_NamesTheRecord(DatabaseKind kind, string what, string sql, string record)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new MoneyWorld(portal);
        await new World(portal).PersonAsync("Somebody Else");
        var partner = await new World(portal).IntegratorAsync("Brightwater Systems");
        for (var i = 0; i < 3; i++)
        {
            Assert.True((await world.GrantAsync(Grant(partner, 2500 + i, string.Create(CultureInfo.InvariantCulture, $"run:{i}")) with { Budget = new BonusBudget("automation:1", 100_000) })).Ok);
        }

        Assert.Empty(await FindingsAsync(portal));
        await portal.CorruptAsync(sql);

        Assert.True((await FindingsAsync(portal)).Any(f => f.Record == record), what + " was not found");
    }

    private static BonusGrant Grant(Actor partner, long amount, string key) => new(partner.AccountId!.Value, amount, "EUR", "third referral", key);

    private static Task<T[]> ManyAsync<T>(Func<int, Task<T>> act) => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(i => Task.Run(() => act(i))));

    private static async Task<long> HeldAsync(TestPortal portal, Actor partner) =>
        (await portal.CallAsync<WalletQueries, IReadOnlyList<WalletBalance>>(q => q.BalancesAsync(partner, default))).Where(b => b.Currency == "EUR").Sum(b => b.Earned);

    private static async Task<IReadOnlyList<BookFinding>> FindingsAsync(TestPortal portal) => (await portal.CallAsync<VerifyBooks, BookReport>(v => v.ExecuteAsync(default))).Findings;

    private static async Task<string> PdfAsync(HttpClient browser, string address)
    {
        using var pdf = PdfDocument.Open(await browser.GetByteArrayAsync(new Uri(address, UriKind.Relative)));
        return string.Join(' ', pdf.GetPages().SelectMany(p => p.GetWords()).Select(w => w.Text));
    }
}
