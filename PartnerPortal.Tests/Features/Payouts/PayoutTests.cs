using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Payouts;

/// <summary>A payout from the request to the bank's answer, and all that stands in its way.</summary>
public sealed class PayoutTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Payout_FromRequestToPaid_MovesTheMoneyAndTellsTheMembers(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new PayoutWorld(portal);
        var partner = await world.PartnerAsync();
        await world.People.ColleagueAsync(partner, "Fiona Finance", MemberRole.Finance);
        await world.People.ColleagueAsync(partner, "Selma Seller", MemberRole.Seller);
        var staff = await world.People.SupportAsync();
        await world.EarnAsync(partner, 1200);
        await world.RefundAsync(await world.EarnAsync(partner, 800), 300);

        var payout = (await world.RequestAsync(partner)).Value;

        Assert.Equal((0, 1700, 0), await world.WalletAsync(partner));
        Assert.Equal(PayoutState.Requested, await world.StateAsync(payout));
        Assert.True((await world.ApproveAsync(payout, staff)).Ok);
        var batch = (await world.ExportAsync(staff)).Value;
        Assert.Equal((1, 0), (batch.Count, batch.Left));
        Assert.Equal((0, 1700, 0), await world.WalletAsync(partner));
        Assert.True((await world.PayAsync(payout, staff)).Ok);
        Assert.Equal((0, 0, 1700), await world.WalletAsync(partner));
        Assert.Empty(await world.FindingsAsync());
        // Admin and finance, at the request and when it is paid; the seller reads nothing of money.
        var mails = await portal.ReadAsync(db => db.OutboxMessages.Where(m => m.Kind == MailKinds.PayoutRequested || m.Kind == MailKinds.PayoutPaid).OrderBy(m => m.Id).Select(m => m.Subject).ToListAsync());
        Assert.Equal(["Payout of €17.00 requested", "Payout of €17.00 requested", "€17.00 is on its way to your bank", "€17.00 is on its way to your bank"], mails);
        // Later earnings wait for the next one.
        await world.EarnAsync(partner, 50);
        Assert.Equal((50, 0, 1700), await world.WalletAsync(partner));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Payout_Paid_MakesItsLinesPaidAndARefundAfterItIsSaid(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new PayoutWorld(portal);
        var (partner, staff) = (await world.PartnerAsync(), await world.People.SupportAsync());
        var first = await world.EarnAsync(partner, 1200);
        async Task<string[]> LinesAsync(WalletLineState? state = null) => [.. (await portal.CallAsync<WalletLineQueries, Page<WalletLine>>(q => q.PageAsync(new WalletView { State = state }, partner, default)))
            .Items.Select(l => $"{l.State} {l.Net} {l.PaidOut}")];
        async Task PayAsync(bool isPaid = true)
        {
            var payout = (await world.RequestAsync(partner)).Value;
            await world.ApproveAsync(payout, staff);
            await world.ExportAsync(staff);
            Assert.True((isPaid ? await world.PayAsync(payout, staff) : await world.FailAsync(payout, staff)).Ok);
        }

        await PayAsync(isPaid: false);
        Assert.Equal(["Available 1200 0"], await LinesAsync());
        await world.EarnAsync(partner, 300);
        await PayAsync();
        Assert.Equal(["Paid 300 300", "Paid 1200 1200"], await LinesAsync());
        Assert.Empty(await LinesAsync(WalletLineState.Available));

        await world.RefundAsync(first, 200);
        await world.EarnAsync(partner, 900);
        Assert.Equal(["Available 900 0", "Paid 300 300", "Paid 1000 1200"], await LinesAsync());
        Assert.Equal(["Paid 300 300", "Paid 1000 1200"], await LinesAsync(WalletLineState.Paid));
        await PayAsync();
        Assert.Equal(["Paid 900 900", "Paid 300 300", "Paid 1000 1000"], await LinesAsync());
        var months = await portal.CallAsync<WalletLineQueries, IReadOnlyList<MonthEarnings>>(q => q.MonthsAsync(null, partner, default));
        Assert.Equal((WalletLineState.Paid, 3, 2200), (Assert.Single(months).State, months[0].Count, months[0].Net));
        Assert.Equal((0, 0, 2200), await world.WalletAsync(partner));
        Assert.Empty(await world.FindingsAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Payout_Failed_ReturnsTheMoneyWhichIsPaidByTheNextOnce(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new PayoutWorld(portal);
        var partner = await world.PartnerAsync();
        var staff = await world.People.SupportAsync();
        await world.EarnAsync(partner, 1200);
        var first = (await world.RequestAsync(partner)).Value;
        await world.ApproveAsync(first, staff);
        await world.ExportAsync(staff);

        Assert.IsType<FailureReasonMissing>((await world.FailAsync(first, staff, "  ")).Error);
        Assert.IsType<FailureReasonTooLong>((await world.FailAsync(first, staff, new string('x', 501))).Error);
        Assert.True((await world.FailAsync(first, staff)).Ok);

        Assert.Equal((1200, 0, 0), await world.WalletAsync(partner));
        Assert.Equal(new PayoutMoved(PayoutState.Failed), (await world.PayAsync(first, staff)).Error);
        Assert.Equal(new PayoutMoved(PayoutState.Failed), (await world.FailAsync(first, staff)).Error);
        var mail = await portal.ReadAsync(db => db.OutboxMessages.SingleAsync(m => m.Kind == MailKinds.PayoutFailed));
        Assert.Contains("The bank knows no such account.", mail.Text, StringComparison.Ordinal);
        await world.EarnAsync(partner, 300);
        var second = (await world.RequestAsync(partner)).Value;
        await world.ApproveAsync(second, staff);
        await world.ExportAsync(staff);
        await world.PayAsync(second, staff);
        Assert.Equal((0, 0, 1500), await world.WalletAsync(partner));
        Assert.Empty(await world.FindingsAsync());
    }

    [Fact]
    public async Task RequestAsync_SomethingInTheWay_SaysWhat()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new PayoutWorld(portal);
        var partner = await world.PartnerAsync(payee: false);
        await world.SettingsAsync(s => s.Minimums = "eur 25.00\nJPY 100");
        async Task<PayoutRefused> RefusedAsync() => Assert.IsType<PayoutRefused>((await world.RequestAsync(partner)).Error);

        Assert.Equal(new PayoutRefused(PayoutObstacle.NothingAvailable, 0, "EUR"), await RefusedAsync());
        var purchase = await world.EarnAsync(partner, 2499);
        Assert.Equal(new PayoutRefused(PayoutObstacle.BelowMinimum, 2500, "EUR"), await RefusedAsync());
        await world.EarnAsync(partner, 1);
        Assert.Equal(PayoutObstacle.NoPayee, (await RefusedAsync()).Obstacle);
        await portal.CallAsync<ChangePayee, Result<Done>>(c => c.ExecuteAsync(PayoutWorld.Form(), partner, default));
        await world.People.SuspendAsync(partner);
        Assert.Equal(PayoutObstacle.Suspended, (await RefusedAsync()).Obstacle);
        await world.Money.StandAsync(partner.AccountId!.Value, active: true);
        Assert.True((await world.RequestAsync(partner)).Ok);
        await world.EarnAsync(partner, 5000);
        Assert.Equal(PayoutObstacle.OpenAlready, (await RefusedAsync()).Obstacle);
        // Another currency has a wallet of its own, and no minimum.
        await world.EarnAsync(partner, 1, "USD");
        Assert.True((await world.RequestAsync(partner, "USD")).Ok);
        // What was paid out is taken back from what comes next.
        await world.RefundAsync(purchase);
        Assert.Equal((2501, 2500, 0), await world.WalletAsync(partner));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task RequestAsync_NegativeWallet_IsFilledByLaterEarningsFirst(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new PayoutWorld(portal);
        var partner = await world.PartnerAsync();
        var staff = await world.People.SupportAsync();
        var purchase = await world.EarnAsync(partner, 1000);
        var first = (await world.RequestAsync(partner)).Value;
        await world.ApproveAsync(first, staff);
        await world.ExportAsync(staff);
        await world.PayAsync(first, staff);
        await world.RefundAsync(purchase);

        Assert.Equal(new PayoutRefused(PayoutObstacle.Negative, 1000, "EUR"), (await world.RequestAsync(partner)).Error);
        await world.EarnAsync(partner, 1250);
        var second = (await world.RequestAsync(partner)).Value;

        Assert.Equal((0, 250, 1000), await world.WalletAsync(partner));
        var statement = await portal.CallAsync<PayoutStatementQueries, PayoutStatement?>(q => q.FindAsync(second, partner, default));
        Assert.Equal([-1000, 1250], statement!.Lines.Select(l => l.Amount));
        Assert.Empty(await world.FindingsAsync());
    }

    [Fact]
    public async Task RequestAsync_NotOfOnesMoney_IsNotAllowed()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new PayoutWorld(portal);
        var partner = await world.PartnerAsync();
        await world.EarnAsync(partner, 1000);

        foreach (var actor in new[] { partner with { Role = MemberRole.Seller }, await world.People.PersonAsync("Clara Client"), await world.People.SupportAsync(), Actor.Visitor })
        {
            Assert.IsType<NotAllowed>((await world.RequestAsync(actor)).Error);
            Assert.IsType<NotAllowed>((await portal.CallAsync<ChangePayee, Result<Done>>(c => c.ExecuteAsync(PayoutWorld.Form(), actor, default))).Error);
        }

        Assert.IsType<NotAllowed>((await world.RequestAsync(partner, "Doubloons")).Error);
        Assert.True((await world.RequestAsync(partner with { Role = MemberRole.Finance })).Ok);
    }

    [Fact]
    public async Task Staff_AccountOfItsOwn_DecidesNothing()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new PayoutWorld(portal);
        var (partner, other) = (await world.PartnerAsync(), await world.PartnerAsync("Delta Punkt"));
        var (staff, colleague) = (await world.People.OwnerAsync(), await world.People.SupportAsync());
        await world.JoinAsync(staff, partner);
        await world.EarnAsync(partner, 1000);
        await world.EarnAsync(other, 700);
        var (own, theirs) = ((await world.RequestAsync(partner)).Value, (await world.RequestAsync(other)).Value);

        Assert.IsType<OwnAccountInvolved>((await world.ApproveAsync(own, staff)).Error);
        Assert.IsType<OwnAccountInvolved>((await world.FailAsync(own, staff)).Error);
        Assert.True((await world.ApproveAsync(own, colleague)).Ok);
        Assert.IsType<NothingToExport>((await world.ExportAsync(staff)).Error);
        await world.ApproveAsync(theirs, colleague);
        var batch = (await world.ExportAsync(staff)).Value;
        Assert.Equal((1, 1), (batch.Count, batch.Left));
        Assert.Equal(PayoutState.Approved, await world.StateAsync(own));
        var second = (await world.ExportAsync(colleague)).Value;
        Assert.IsType<OwnAccountInvolved>((await world.PayAsync(own, staff)).Error);
        Assert.IsType<OwnAccountInvolved>((await portal.CallAsync<ReadBankFile, Result<IReadOnlyList<BankFileLine>>>(r => r.ExecuteAsync(second.BatchId, staff, default))).Error);
        Assert.True((await portal.CallAsync<ReadBankFile, Result<IReadOnlyList<BankFileLine>>>(r => r.ExecuteAsync(batch.BatchId, staff, default))).Ok);
        Assert.Equal(PayoutState.Exported, await world.StateAsync(own));
    }

    [Fact]
    public async Task ApproveAsync_WhoeverAsked_IsNoSecondPerson()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new PayoutWorld(portal);
        var partner = await world.PartnerAsync();
        await world.EarnAsync(partner, 1000);
        var staff = await world.People.SupportAsync();
        // Somebody of staff who was a member of the account when it asked, and left since.
        var payout = (await world.RequestAsync(partner with { UserId = staff.UserId })).Value;

        Assert.IsType<SecondPersonNeeded>((await world.ApproveAsync(payout, staff)).Error);
        Assert.IsType<NotAllowed>((await world.ApproveAsync(payout, partner)).Error);
        Assert.True((await world.ApproveAsync(payout, await world.People.OwnerAsync())).Ok);
    }

    [Fact]
    public async Task Steps_OutOfOrder_AreRefusedAndChangeNothing()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new PayoutWorld(portal);
        var partner = await world.PartnerAsync();
        var staff = await world.People.SupportAsync();
        await world.EarnAsync(partner, 1000);
        var payout = (await world.RequestAsync(partner)).Value;

        Assert.Equal(new PayoutMoved(PayoutState.Requested), (await world.PayAsync(payout, staff)).Error);
        Assert.IsType<NothingToExport>((await world.ExportAsync(staff)).Error);
        await world.ApproveAsync(payout, staff);
        Assert.Equal(new PayoutMoved(PayoutState.Approved), (await world.ApproveAsync(payout, staff)).Error);
        Assert.Equal(new PayoutMoved(PayoutState.Approved), (await world.PayAsync(payout, staff)).Error);
        await world.ExportAsync(staff);
        await world.PayAsync(payout, staff);
        Assert.Equal(new PayoutMoved(PayoutState.Paid), (await world.FailAsync(payout, staff)).Error);
        Assert.Equal((0, 0, 1000), await world.WalletAsync(partner));
        Assert.IsType<NoSuchPayout>((await world.PayAsync(payout + 1, staff)).Error);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Monthly_OnItsDayAndOften_PaysOnceAMonth(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new PayoutWorld(portal);
        var (partner, poor, unknown) = (await world.PartnerAsync(), await world.PartnerAsync("Delta Punkt"), await world.PartnerAsync("Nordwind Beratung", payee: false));
        await world.SettingsAsync(s => (s.Rhythm, s.MonthlyDay, s.Minimums, s.NeedsApproval) = (PayoutRhythm.Monthly, "15", "EUR 10.00", false));
        await world.EarnAsync(partner, 1500);
        await world.EarnAsync(partner, 2500, "USD");
        await world.EarnAsync(poor, 999);
        await world.EarnAsync(unknown, 5000);
        Task<int> RunAsync() => portal.CallAsync<RequestMonthlyPayouts, int>(r => r.ExecuteAsync(default));
        void GoTo(int month, int day) => portal.Clock.Advance(new DateTime(2027, month, day, 3, 0, 0, DateTimeKind.Utc) - portal.Clock.Now);

        Assert.Equal(new PaidByTheMonth(15), (await world.RequestAsync(partner)).Error);
        GoTo(1, 14);
        Assert.Equal(0, await RunAsync());
        GoTo(1, 15);
        Assert.Equal(2, (await Task.WhenAll(RunAsync(), RunAsync(), RunAsync())).Sum());
        var staff = await world.People.SupportAsync();
        await world.ExportAsync(staff);
        Assert.Equal(2, await portal.ReadAsync(db => db.Payouts.CountAsync(p => p.State == PayoutState.Exported && p.ApprovedByName == "")));
        foreach (var payout in await portal.ReadAsync(db => db.Payouts.Select(p => p.Id).ToListAsync()))
        {
            await world.PayAsync(payout, staff);
        }

        await world.EarnAsync(partner, 1500);
        GoTo(1, 31);
        Assert.Equal(0, await RunAsync());
        // It did not run on the day itself.
        GoTo(2, 20);
        Assert.Equal(1, await RunAsync());
        Assert.Empty(await world.FindingsAsync());
    }
}
