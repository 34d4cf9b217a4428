using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Purchases;

public sealed class VerifyBooksTests
{
    /// <summary>Ways to corrupt a database by hand, and the record that must be named. The triggers are taken away before, as somebody would who means it.</summary>
    public static readonly TheoryData<string, string, string> Corruptions = new()
    {
        { "an entry changed", "UPDATE \"LedgerEntries\" SET \"Amount\" = \"Amount\" + 1 WHERE \"Id\" = (SELECT max(\"Id\") FROM \"LedgerEntries\")", "transaction" },
        { "an entry deleted", "DELETE FROM \"LedgerEntries\" WHERE \"Id\" = (SELECT min(\"Id\") FROM \"LedgerEntries\")", "transaction" },
        { "a whole transaction deleted", "DELETE FROM \"LedgerEntries\" WHERE \"TransactionId\" = (SELECT max(\"Id\") FROM \"LedgerTransactions\")", "purchase" },
        { "money moved to another wallet", "UPDATE \"LedgerEntries\" SET \"OwnerId\" = (SELECT min(\"Id\") FROM \"Accounts\") WHERE \"Id\" = (SELECT max(\"Id\") FROM \"LedgerEntries\" WHERE \"OwnerId\" IS NOT NULL)", "purchase" },
        { "money made available", "UPDATE \"LedgerEntries\" SET \"Account\" = 'Available' WHERE \"Account\" = 'Pending'", "purchase" },
        { "a line raised", "UPDATE \"CommissionLines\" SET \"Granted\" = \"Granted\" + 1 WHERE \"Id\" = (SELECT max(\"Id\") FROM \"CommissionLines\")", "purchase" },
        { "a purchase's price changed", "UPDATE \"Purchases\" SET \"Amount\" = 12345 WHERE \"ExternalId\" = 'a-2'", "purchase" },
        { "a purchase moved in time", "UPDATE \"Purchases\" SET \"PartnerId\" = NULL WHERE \"ExternalId\" = 'a-2'", "purchase" },
        { "a refund forgotten", "DELETE FROM \"Refunds\"", "purchase" },
        { "a refund raised", "UPDATE \"Refunds\" SET \"Amount\" = 4000", "purchase" },
        { "a rate changed", "UPDATE \"PlanVersions\" SET \"RulesJson\" = replace(\"RulesJson\", '1000', '1100')", "purchase" },
        { "a standing forgotten", "DELETE FROM \"PartnerStandings\"", "purchase" },
    };

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_WhatThePortalWrote_Agrees(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        await SceneAsync(portal);

        var report = await VerifyAsync(portal);

        Assert.Empty(report.Findings);
        Assert.Equal((3, 5), (report.Purchases, report.Transactions));
    }

    [Theory, OnSqlite(nameof(Corruptions)), OnPostgres(nameof(Corruptions))]
    public async Task ExecuteAsync_DatabaseCorrupted_NamesTheRecord(DatabaseKind kind, string what, string sql, string record)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        await SceneAsync(portal);
        await portal.CorruptAsync(sql);

        var findings = (await VerifyAsync(portal)).Findings;

        Assert.True(findings.Count > 0, what + " was not found");
        Assert.Equal(record, findings[0].Record);
        Assert.True(await portal.ReadAsync(db => record == "purchase" ? db.Purchases.AnyAsync(p => p.Id == findings[0].Id) : db.LedgerTransactions.AnyAsync(t => t.Id == findings[0].Id)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_TallyOff_NamesTheWallet(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        await SceneAsync(portal);
        var owner = await portal.ReadAsync(db => db.WalletTallies.MinAsync(t => t.OwnerId));
        await portal.ReadAsync(db => db.WalletTallies.Where(t => t.OwnerId == owner).ExecuteUpdateAsync(s => s.SetProperty(t => t.Amount, t => t.Amount + 1)));

        var findings = (await VerifyAsync(portal)).Findings;

        Assert.NotEmpty(findings);
        Assert.All(findings, f => Assert.Equal(("wallet", owner), (f.Record, f.Id)));
    }

    [Theory]
    [InlineData("UPDATE \"EarningTallies\" SET \"Net\" = \"Net\" + 1 WHERE \"State\" = 'Held'", "wallet")]
    [InlineData("UPDATE \"EarningTallies\" SET \"State\" = 'Paid' WHERE \"State\" = 'Available'", "wallet")]
    [InlineData("UPDATE \"ClientMoneyTallies\" SET \"Purchases\" = \"Purchases\" + 1", "client")]
    [InlineData("DELETE FROM \"ClientMoneyTallies\"", "client")]
    public async Task ExecuteAsync_WhatPagesReadIsOff_NamesWhose(string sql, string record)
    {
        await using var portal = await TestPortal.StartAsync();
        await SceneAsync(portal);
        await portal.CorruptAsync(sql);

        Assert.Contains(record, (await VerifyAsync(portal)).Findings.Select(f => f.Record).Distinct());
    }

    private static Task<BookReport> VerifyAsync(TestPortal portal) => portal.CallAsync<VerifyBooks, BookReport>(v => v.ExecuteAsync(default));

    /// <summary>Two purchases with a refund, one of nobody's client, something released.</summary>
    private static async Task SceneAsync(TestPortal portal)
    {
        var world = new MoneyWorld(portal);
        var people = await world.PartnersAsync(3);
        await world.AttributeAsync(people[1], people[2]);
        await world.AttributeAsync(people[0], people[1]);
        await world.AssignAsync(PlanScope.Program, 0, await world.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000), LevelRate.Share(500)], HoldDays = 7 }));
        await world.BuyAsync(world.Purchase(people[0], "a-1"));
        portal.Clock.Advance(TimeSpan.FromDays(8));
        await world.ReleaseAsync();
        await world.BuyAsync(world.Purchase(people[0], "a-2", 4999));
        await world.BuyAsync(world.Purchase(people[2], "a-3"));
        await world.RefundAsync(world.Refund("a-1", "r-1", 2500));
        await world.RefundAsync(world.Refund("a-2", "r-2", 1000));
    }
}
