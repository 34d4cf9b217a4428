using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Payouts;

public sealed class VerifyPayoutsTests
{
    /// <summary>Ways to corrupt a database by hand, and the record that must be named. The triggers are taken away before, as somebody would who means it.</summary>
    public static readonly TheoryData<string, string, string> Corruptions = new()
    {
        { "a payout raised", "UPDATE \"Payouts\" SET \"Amount\" = \"Amount\" + 1 WHERE \"State\" = 'Requested'", "payout" },
        { "a payout marked paid", "UPDATE \"Payouts\" SET \"State\" = 'Paid' WHERE \"State\" = 'Exported'", "payout" },
        { "a paid one opened again", "UPDATE \"Payouts\" SET \"State\" = 'Exported' WHERE \"State\" = 'Paid'", "payout" },
        { "a failed one marked paid", "UPDATE \"Payouts\" SET \"State\" = 'Paid' WHERE \"State\" = 'Failed'", "payout" },
        { "a payout turned to another account", "UPDATE \"Payouts\" SET \"AccountId\" = (SELECT min(\"Id\") FROM \"Accounts\") WHERE \"State\" = 'Paid'", "payout" },
        { "a payout in another currency", "UPDATE \"Payouts\" SET \"Currency\" = 'USD' WHERE \"State\" = 'Paid'", "payout" },
        { "a claim forgotten", "DELETE FROM \"LedgerClaims\" WHERE \"Id\" = (SELECT min(\"Id\") FROM \"LedgerClaims\")", "payout" },
        { "a claim given to another payout", "UPDATE \"LedgerClaims\" SET \"PayoutId\" = (SELECT max(\"Id\") FROM \"Payouts\") WHERE \"Id\" = (SELECT min(\"Id\") FROM \"LedgerClaims\")", "payout" },
        { "a payout taken out of its bank file", "UPDATE \"Payouts\" SET \"BatchId\" = NULL WHERE \"State\" = 'Paid'", "payout" },
        { "a payout's transaction orphaned", "UPDATE \"LedgerTransactions\" SET \"PayoutId\" = NULL WHERE \"Kind\" = 'PayoutPaid'", "transaction" },
        { "a transaction of no payout that is there", "UPDATE \"LedgerTransactions\" SET \"PayoutId\" = 4711 WHERE \"Kind\" = 'PayoutReturned'", "transaction" },
        { "a line said to be paid", "UPDATE \"CommissionLines\" SET \"Paid\" = \"Granted\" WHERE \"Paid\" = 0", "line" },
        { "money paid again", "UPDATE \"LedgerEntries\" SET \"Account\" = 'Paid' WHERE \"Account\" = 'InPayout' AND \"Amount\" > 0 AND \"Id\" = (SELECT max(\"Id\") FROM \"LedgerEntries\" WHERE \"Account\" = 'InPayout' AND \"Amount\" > 0)", "payout" },
    };

    [Theory, OnSqlite, OnPostgres]
    public async Task ExecuteAsync_WhatThePortalWrote_Agrees(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        await SceneAsync(portal);

        var report = await VerifyAsync(portal);

        Assert.Empty(report.Findings);
        Assert.Equal(4, report.Payouts);
        await AppendOnlyRows.AssertRefusedAsync(portal, "LedgerClaims", "\"PayoutId\" = 1");
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
    }

    private static Task<PayoutReport> VerifyAsync(TestPortal portal) => portal.CallAsync<VerifyPayouts, PayoutReport>(v => v.ExecuteAsync(default));

    /// <summary>Payouts in four states.</summary>
    private static async Task SceneAsync(TestPortal portal)
    {
        var world = new PayoutWorld(portal);
        var staff = await world.People.SupportAsync();
        foreach (var name in new[] { "Paid", "Failed", "Exported" })
        {
            var partner = await world.PartnerAsync(name);
            await world.EarnAsync(partner, 1000);
            await world.EarnAsync(partner, 300);
            var payout = (await world.RequestAsync(partner)).Value;
            await world.ApproveAsync(payout, staff);
            await world.ExportAsync(staff);
            _ = name switch { "Paid" => await world.PayAsync(payout, staff), "Failed" => await world.FailAsync(payout, staff), _ => default };
        }

        var last = await world.PartnerAsync("Requested");
        await world.EarnAsync(last, 1000);
        Assert.True((await world.RequestAsync(last)).Ok);
    }
}
