using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Payouts;

/// <summary>Nobody is paid twice: the same step at once by several, retries, and a crash between the file and the mark.</summary>
public sealed class ConcurrentPayoutsTests
{
    private const int AtOnce = 8;

    /// <summary>For as long one transaction is left to come to what another holds.</summary>
    private static readonly TimeSpan Meeting = TimeSpan.FromMilliseconds(500);

    [Theory, OnSqlite, OnPostgres]
    public async Task EachStep_DoneByManyAtOnce_HappensOnce(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new PayoutWorld(portal);
        var partners = new[] { await world.PartnerAsync(), await world.PartnerAsync("Delta Punkt"), await world.PartnerAsync("Nordwind Beratung") };
        var staff = new[] { await world.People.SupportAsync(), await world.People.OwnerAsync() };
        foreach (var partner in partners)
        {
            await world.EarnAsync(partner, 1000);
        }

        var requests = await ManyAsync(i => world.RequestAsync(partners[i % 3]));
        Assert.Equal(3, requests.Count(r => r.Ok));
        Assert.All(requests.Where(r => !r.Ok), r => Assert.True(r.Error is PayoutRefused { Obstacle: PayoutObstacle.OpenAlready or PayoutObstacle.NothingAvailable }));
        var payouts = requests.Where(r => r.Ok).Select(r => r.Value).ToList();
        foreach (var payout in payouts)
        {
            Assert.Equal(1, (await ManyAsync(i => world.ApproveAsync(payout, staff[i % 2]))).Count(r => r.Ok));
        }

        var exports = await ManyAsync(i => world.ExportAsync(staff[i % 2]));
        Assert.Equal(3, exports.Where(e => e.Ok).Sum(e => e.Value.Count));
        foreach (var payout in payouts)
        {
            // One says paid and the other failed: one of them is right.
            var answers = await ManyAsync(i => i % 2 == 0 ? world.PayAsync(payout, staff[0]) : world.FailAsync(payout, staff[1]));
            Assert.Equal(1, answers.Count(r => r.Ok));
        }

        foreach (var partner in partners)
        {
            var wallet = await world.WalletAsync(partner);
            Assert.True(wallet is (0, 0, 1000) or (1000, 0, 0), $"{wallet}");
        }

        Assert.Empty(await world.FindingsAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Requests_WhileEarningsAndRefundsCome_PayWhatTheBooksHold(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new PayoutWorld(portal);
        var partner = await world.PartnerAsync();
        var staff = await world.People.SupportAsync();
        await world.EarnAsync(partner, 500);

        await Parallel.ForEachAsync(Enumerable.Range(0, 24), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, _) =>
        {
            if (i % 3 != 0)
            {
                var purchase = await world.EarnAsync(partner, 100 + i);
                await world.RefundAsync(purchase, i % 2 == 0 ? 50 : null);
            }
            else if ((await world.RequestAsync(partner)) is { Ok: true, Value: var payout })
            {
                await world.ApproveAsync(payout, staff);
                await world.ExportAsync(staff);
                Assert.True(i % 2 == 0 ? (await world.PayAsync(payout, staff)).Ok : (await world.FailAsync(payout, staff)).Ok);
            }
        });

        Assert.Empty(await world.FindingsAsync());
        var (available, inPayout, paid) = await world.WalletAsync(partner);
        Assert.Equal(0, inPayout);
        Assert.Equal(await portal.ReadAsync(db => db.CommissionLines.SumAsync(l => l.Granted - l.Reversed)), available + paid);
        Assert.Equal(await portal.ReadAsync(db => db.Payouts.Where(p => p.State == PayoutState.Paid).SumAsync(p => p.Amount)), paid);
    }

    /// <summary>Settling writes the lines of a client one after the other; whichever order marking has, it goes against one of these two.</summary>
    [Theory, OnPostgres]
    public async Task Pay_WhileItsLinesAreSettled_NeitherStopsTheOther(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new PayoutWorld(portal);
        var (partner, staff) = (await world.PartnerAsync(), await world.People.SupportAsync());
        foreach (var isBackwards in new[] { false, true })
        {
            await world.EarnAsync(partner, 600);
            await world.EarnAsync(partner, 400);
            var payout = (await world.RequestAsync(partner)).Value;
            await world.ApproveAsync(payout, staff);
            await world.ExportAsync(staff);
            var lines = await portal.ReadAsync(db => db.CommissionLines.Where(l => l.Paid == 0).OrderBy(l => l.Id).Select(l => l.Id).ToListAsync());
            Assert.Equal(2, lines.Count);
            var (first, second) = isBackwards ? (lines[1], lines[0]) : (lines[0], lines[1]);
            Task<Result<Done>>? paying = null;

            await world.Money.WorkAsync(async work =>
            {
                await WriteAsync(work, first);
                paying = Task.Run(() => world.PayAsync(payout, staff));
                // It comes to the first line, or holds the second and comes to the first.
                await Task.Delay(Meeting);
                await WriteAsync(work, second);
            });

            Assert.True((await paying!).Ok);
        }

        Assert.Equal((0, 0, 2000), await world.WalletAsync(partner));
        Assert.Empty(await world.FindingsAsync());

        static Task WriteAsync(PortalTransaction work, long line) => work.Db.Database.ExecuteSqlAsync($"""UPDATE "CommissionLines" SET "BasisPoints" = "BasisPoints" WHERE "Id" = {line}""");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Export_FileLostBeforeTheMark_IsReadAgainAndHoldsTheSame(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new PayoutWorld(portal);
        var (partner, staff) = (await world.PartnerAsync(), await world.People.SupportAsync());
        await world.EarnAsync(partner, 1000);
        await world.ApproveAsync((await world.RequestAsync(partner)).Value, staff);
        var batch = (await world.ExportAsync(staff)).Value.BatchId;
        Task<Result<IReadOnlyList<BankFileLine>>> FileAsync() => portal.CallAsync<ReadBankFile, Result<IReadOnlyList<BankFileLine>>>(r => r.ExecuteAsync(batch, staff, default));
        var first = (await FileAsync()).Value;

        // Whoever exported does not know whether it worked, and tries again; meanwhile the account's details change and more is earned.
        Assert.IsType<NothingToExport>((await world.ExportAsync(staff)).Error);
        await world.EarnAsync(partner, 900);
        Assert.True((await portal.CallAsync<ChangePayee, Result<Done>>(c => c.ExecuteAsync(PayoutWorld.Form("GB29NWBK60161331926819"), partner, default))).Ok);

        Assert.Equal(first, (await FileAsync()).Value);
        Assert.Equal((PayoutWorld.Number, 1000L), (first[0].Payee.Number, first[0].Amount));
        var payout = await portal.ReadAsync(db => db.Payouts.SingleAsync());
        Assert.True((await world.PayAsync(payout.Id, staff)).Ok);
        Assert.Equal(new PayoutMoved(PayoutState.Paid), (await world.PayAsync(payout.Id, staff)).Error);
        Assert.Equal((900, 0, 1000), await world.WalletAsync(partner));
    }

    private static Task<T[]> ManyAsync<T>(Func<int, Task<T>> act) => Task.WhenAll(Enumerable.Range(0, AtOnce + 1).Select(i => Task.Run(() => act(i))));
}
