using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Payouts;

/// <summary>A request taken back, a bank file paid as a whole, and what stays of an account that is closed.</summary>
public sealed class PayoutStepsTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Withdraw_BeforeAnybodyApproved_MakesTheMoneyAvailableAgain(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new PayoutWorld(portal);
        var (partner, staff) = (await world.PartnerAsync(), await world.People.SupportAsync());
        var other = await world.PartnerAsync("Delta Punkt");
        await world.EarnAsync(partner, 1200);
        var payout = (await world.RequestAsync(partner)).Value;

        Assert.IsType<NoSuchPayout>((await WithdrawAsync(portal, payout, other)).Error);
        Assert.IsType<NotAllowed>((await WithdrawAsync(portal, payout, Actor.Visitor)).Error);
        Assert.True((await WithdrawAsync(portal, payout, partner)).Ok);

        Assert.Equal((1200, 0, 0), await world.WalletAsync(partner));
        Assert.Equal(new PayoutMoved(PayoutState.Withdrawn), (await world.ApproveAsync(payout, staff)).Error);
        Assert.Equal(new PayoutMoved(PayoutState.Withdrawn), (await world.FailAsync(payout, staff)).Error);
        Assert.Equal(new PayoutMoved(PayoutState.Withdrawn), (await WithdrawAsync(portal, payout, partner)).Error);
        // It can be asked for again, and once that is approved it goes its way.
        var again = (await world.RequestAsync(partner)).Value;
        Assert.True((await world.ApproveAsync(again, staff)).Ok);
        Assert.Equal(new PayoutMoved(PayoutState.Approved), (await WithdrawAsync(portal, again, partner)).Error);
        Assert.Equal((0, 1200, 0), await world.WalletAsync(partner));
        Assert.Empty(await world.FindingsAsync());
        Assert.Equal(1, await portal.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == "payout.withdrawn")));
    }

    [Fact]
    public async Task MarkFilePaid_ExceptionsMarkedFirst_PaysTheRestAndLeavesOwnAccounts()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new PayoutWorld(portal);
        var (staff, colleague) = (await world.People.SupportAsync(), await world.People.SupportAsync("Sven Second"));
        var partners = new List<Actor>();
        foreach (var name in new[] { "One", "Two", "Three", "Own" })
        {
            partners.Add(await world.PartnerAsync(name));
            await world.EarnAsync(partners[^1], 1000);
            Assert.True((await world.ApproveAsync((await world.RequestAsync(partners[^1])).Value, colleague)).Ok);
        }

        var batch = (await world.ExportAsync(colleague)).Value.BatchId;
        await world.JoinAsync(staff, partners[3]);
        Assert.True((await world.FailAsync(2, staff)).Ok);
        Assert.Equal([new OpenFile(batch, 2)], await portal.CallAsync<PayoutDeskQueries, IReadOnlyList<OpenFile>>(q => q.OpenFilesAsync(staff, default)));

        Assert.IsType<NotAllowed>((await PayFileAsync(batch, partners[0])).Error);
        Assert.Equal(new PaidFile(2, 1), (await PayFileAsync(batch, staff)).Value);
        Assert.Equal(new PaidFile(0, 1), (await PayFileAsync(batch, staff)).Value);
        Assert.Equal(new PaidFile(1, 0), (await PayFileAsync(batch, colleague)).Value);
        Assert.IsType<NothingInFile>((await PayFileAsync(batch, colleague)).Error);

        Assert.Equal([PayoutState.Paid, PayoutState.Failed, PayoutState.Paid, PayoutState.Paid], await portal.ReadAsync(db => db.Payouts.OrderBy(p => p.Id).Select(p => p.State).ToListAsync()));
        Assert.Equal((1000, 0, 0), await world.WalletAsync(partners[1]));
        Assert.Empty(await world.FindingsAsync());

        Task<Result<PaidFile>> PayFileAsync(long id, Actor actor) => portal.CallAsync<MarkFilePaid, Result<PaidFile>>(m => m.ExecuteAsync(id, actor, default));
    }

    [Fact]
    public async Task CloseAccount_PayoutOnItsWay_ForgetsTheBankDetailsOnceItIsPaid()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new PayoutWorld(portal);
        var staff = await world.People.SupportAsync();
        var (idle, busy) = (await world.PartnerAsync("Idle"), await world.PartnerAsync("Busy"));
        await world.EarnAsync(busy, 1200);
        var payout = (await world.RequestAsync(busy)).Value;

        foreach (var partner in new[] { idle, busy })
        {
            Assert.True((await portal.CallAsync<CloseAccount, Result<Done>>(c => c.ExecuteAsync(partner, default))).Ok);
        }

        Assert.Equal([busy.AccountId!.Value], await PayeesAsync());
        await world.ApproveAsync(payout, staff);
        await world.ExportAsync(staff);
        Assert.True((await world.PayAsync(payout, staff)).Ok);
        Assert.Empty(await PayeesAsync());

        Task<List<long>> PayeesAsync() => portal.ReadAsync(db => db.Payees.Select(p => p.AccountId).ToListAsync());
    }

    private static Task<Result<Done>> WithdrawAsync(TestPortal portal, long payout, Actor actor) => portal.CallAsync<WithdrawPayout, Result<Done>>(w => w.ExecuteAsync(payout, actor, default));
}
