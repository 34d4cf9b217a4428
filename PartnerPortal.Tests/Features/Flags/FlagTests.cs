using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Flags;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Flags;

/// <summary>What looks wrong is held and put before support, who clears or voids it; books agree at every step.</summary>
public sealed class FlagTests
{
    private const string Phone = "+4930123456";

    [Theory, OnSqlite, OnPostgres]
    public async Task SelfReferral_HoldsWhatIsAvailable_AndClearedItIsPaid(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new FlagWorld(portal);
        var (staff, partner) = (await world.People.SupportAsync(), await world.Payouts.PartnerAsync());
        await world.Payouts.EarnAsync(partner, 5000);
        var client = await portal.ReadAsync(db => db.Purchases.Select(p => p.ClientId).SingleAsync());
        Assert.Equal(0, await world.RaiseAsync());
        await world.PhoneAsync(partner.AccountId!.Value, Phone);
        await world.PhoneAsync(client, Phone);

        Assert.Equal(1, await world.RaiseAsync());
        Assert.Equal(0, await world.RaiseAsync());

        var flag = Assert.Single(await world.FlagsAsync(FlagKind.SelfReferral));
        Assert.Equal(0, (await world.Payouts.WalletAsync(partner)).Available);
        Assert.Equal(5000, (await world.Money.BalancesAsync([partner.AccountId.Value]))[(partner.AccountId.Value, "EUR", LedgerAccount.Pending)]);
        await world.Money.ReleaseAsync();
        Assert.False((await world.Payouts.RequestAsync(partner)).Ok);
        // What is bought meanwhile waits as well.
        await world.Payouts.EarnAsync(partner, 700);
        Assert.Equal(0, (await world.Payouts.WalletAsync(partner)).Available);
        var line = (await portal.CallAsync<WalletLineQueries, Page<WalletLine>>(q => q.PageAsync(new WalletView { Currency = "EUR" }, partner, default))).Items;
        Assert.All(line, l => Assert.True(l is { IsUnderReview: true, State: WalletLineState.Held }));
        Assert.Empty(await world.Payouts.FindingsAsync());
        var file = (await world.FileAsync(staff, flag.Id))!;
        Assert.Equal((FlagMatches.Phone, 2), (Assert.Single(file.Clients).Matches, file.Clients[0].Purchases));
        Assert.Equal([new FlaggedSum("EUR", 5700, 0)], file.Clients[0].Sums);
        Assert.Null(await world.FileAsync(partner, flag.Id));

        Assert.Null((await world.DecideAsync(staff, flag.Id, voids: false, client)).Error);
        await world.Money.ReleaseAsync();

        Assert.Equal((5700, 0, 0), await world.Payouts.WalletAsync(partner));
        Assert.Equal(0, await world.RaiseAsync());
        Assert.True((await world.Payouts.RequestAsync(partner)).Ok);
        Assert.Empty(await world.Payouts.FindingsAsync());
        Assert.Equal(2, await portal.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.Kind == MailKinds.CommissionReview && m.ToAddress == partner.Email)));
        Assert.IsType<FlagDecidedBefore>((await world.DecideAsync(staff, flag.Id, voids: true, client)).Error);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Voided_IsTakenBackAtEveryLevel_AlsoWhatWasPaid(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new FlagWorld(portal);
        var (staff, partner) = (await world.People.SupportAsync(), await world.Payouts.PartnerAsync());
        var (above, other) = ((await world.Money.PartnersAsync(1))[0], (await world.Money.PartnersAsync(1))[0]);
        await world.Money.AttributeAsync(partner.AccountId!.Value, above);
        await world.Money.AssignAsync(PlanScope.Partner, partner.AccountId.Value, await world.Money.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000), LevelRate.Share(500)], HoldDays = 0 }));
        portal.Clock.Advance(TimeSpan.FromMinutes(5));
        await world.Payouts.AcceptAsync(partner);
        await world.Payouts.EarnAsync(partner, 4000);
        var payout = (await world.Payouts.RequestAsync(partner)).Value;
        await world.Payouts.ApproveAsync(payout, staff);
        await world.Payouts.ExportAsync(staff);
        Assert.True((await world.Payouts.PayAsync(payout, staff)).Ok);
        var second = await world.Payouts.EarnAsync(partner, 1000);
        var client = await portal.ReadAsync(db => db.Purchases.Select(p => p.ClientId).FirstAsync());
        await world.PhoneAsync(partner.AccountId.Value, Phone);
        await world.PhoneAsync(client, Phone);
        Assert.Equal(1, await world.RaiseAsync());
        // Of the paid line nothing is left to hold; of the level above all is.
        Assert.Equal((0, 0, 4000), await world.Payouts.WalletAsync(partner));
        Assert.Equal(2500, (await world.Money.BalancesAsync([above]))[(above, "EUR", LedgerAccount.Pending)]);
        Assert.Empty(await world.Payouts.FindingsAsync());
        var flag = Assert.Single(await world.FlagsAsync(FlagKind.SelfReferral));

        Assert.Null((await world.DecideAsync(staff, flag.Id, voids: true, client)).Error);
        await world.Money.ReleaseAsync();

        Assert.Equal((-4000, 0, 4000), await world.Payouts.WalletAsync(partner));
        Assert.Empty(await world.Money.BalancesAsync([above, other]));
        Assert.All(await portal.ReadAsync(db => db.CommissionLines.ToListAsync()), l => Assert.Equal((ShareReason.Voided, 0L), (l.Reason, l.Granted)));
        Assert.Equal(2, await portal.ReadAsync(db => db.LedgerTransactions.CountAsync(t => t.Kind == LedgerKind.Voided)));
        Assert.Equal(FlagState.Voided, Assert.Single(await world.FlagsAsync(FlagKind.SelfReferral)).State);
        await world.Payouts.RefundAsync(second, 100);
        Assert.Empty(await world.Payouts.FindingsAsync());
        await AppendOnlyRows.AssertRefusedAsync(portal, "VoidedPurchases", "\"FlagId\" = \"FlagId\"");
        // The same is asked again only when the client buys again, and its later purchases are the flag's, not voided ones.
        Assert.Equal(0, await world.RaiseAsync());
        portal.Clock.Advance(TimeSpan.FromMinutes(5));
        await world.Payouts.EarnAsync(partner, 600);
        Assert.Equal(1, await world.RaiseAsync());
        Assert.Equal(600, (await world.Money.BalancesAsync([partner.AccountId.Value]))[(partner.AccountId.Value, "EUR", LedgerAccount.Pending)]);
        Assert.Empty(await world.Payouts.FindingsAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Held_OnItsWayToTheBank_IsHeldWhenItComesBack(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new FlagWorld(portal);
        var (staff, partner) = (await world.People.SupportAsync(), await world.Payouts.PartnerAsync());
        await world.Payouts.EarnAsync(partner, 5000);
        var client = await portal.ReadAsync(db => db.Purchases.Select(p => p.ClientId).SingleAsync());
        var payout = (await world.Payouts.RequestAsync(partner)).Value;
        await world.PhoneAsync(partner.AccountId!.Value, Phone);
        await world.PhoneAsync(client, Phone);
        await world.RaiseAsync();
        Assert.Equal((0, 5000, 0), await world.Payouts.WalletAsync(partner));

        Assert.True((await world.Payouts.FailAsync(payout, staff)).Ok);
        await world.RaiseAsync();

        Assert.Equal((0, 0, 0), await world.Payouts.WalletAsync(partner));
        Assert.Empty(await world.Payouts.FindingsAsync());
        var flag = Assert.Single(await world.FlagsAsync(FlagKind.SelfReferral));
        Assert.Null((await world.DecideAsync(staff, flag.Id, voids: false, client)).Error);
        await world.Money.ReleaseAsync();
        var again = (await world.Payouts.RequestAsync(partner)).Value;
        await world.Payouts.ApproveAsync(again, staff);
        await world.Payouts.ExportAsync(staff);
        Assert.True((await world.Payouts.PayAsync(again, staff)).Ok);
        Assert.Equal((0, 0, 5000), await world.Payouts.WalletAsync(partner));
        Assert.Empty(await world.Payouts.FindingsAsync());
    }

    [Fact]
    public async Task Decide_AboutOnesOwnOrWithoutReason_IsRefused()
    {
        await using var portal = await TestPortal.StartAsync();
        var world = new FlagWorld(portal);
        var (staff, colleague, partner) = (await world.People.SupportAsync(), await world.People.SupportAsync("Other Support"), await world.Payouts.PartnerAsync());
        await world.Payouts.EarnAsync(partner, 5000);
        var client = await portal.ReadAsync(db => db.Purchases.Select(p => p.ClientId).SingleAsync());
        await world.PhoneAsync(partner.AccountId!.Value, Phone);
        await world.PhoneAsync(client, Phone);
        await world.RaiseAsync();
        var flag = Assert.Single(await world.FlagsAsync(FlagKind.SelfReferral)).Id;
        await world.Payouts.JoinAsync(colleague, partner);

        Assert.IsType<OwnAccountInvolved>((await world.DecideAsync(colleague, flag, voids: false, client)).Error);
        Assert.True((await world.FileAsync(colleague, flag))!.Row.IsOwn);
        Assert.IsType<NotAllowed>((await world.DecideAsync(partner, flag, voids: false, client)).Error);
        Assert.IsType<NoFlaggedClient>((await world.DecideAsync(staff, flag, voids: true)).Error);
        Assert.IsType<NoSuchFlag>((await world.DecideAsync(staff, flag + 99, voids: true, client)).Error);
        Assert.IsType<FlagReasonMissing>((await portal.CallAsync<DecideFlag, Result<Done>>(d => d.ExecuteAsync(flag, new FlagDecision([client], true, " "), staff, default))).Error);
        Assert.Equal(FlagState.Open, Assert.Single(await world.FlagsAsync(FlagKind.SelfReferral)).State);
    }
}
