using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Identity;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Payouts;

/// <summary>
/// Invariants 5 and 7 with payouts and bonuses: whatever is earned, given, refunded, requested, approved, exported, paid and failed in any order, the books balance, what is in payout and what was paid is
/// what the payouts say, what lines say was paid of them sums to it, and all together is what the partner earned and was given.
/// </summary>
public sealed class PayoutProperties
{
    private static readonly string[] Currencies = ["EUR", "USD"];

    private enum Step
    {
        Earn,
        EarnMore,
        Refund,
        RefundAll,
        Request,
        RequestAgain,
        Approve,
        Export,
        Pay,
        Fail,
        Bonus,
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Steps_InAnyOrder_KeepTheBooks(DatabaseKind kind)
    {
        await using var portal = await TestPortal.StartAsync(kind);
        var world = new PayoutWorld(portal);
        var staff = new[] { await world.People.SupportAsync(), await world.People.OwnerAsync() };
        var runs = Environment.GetEnvironmentVariable("PORTAL_RUNS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : kind is DatabaseKind.Sqlite ? 10 : 5;
        var config = Config.QuickThrowOnFailure.WithMaxTest(runs).WithStartSize(15).WithEndSize(45);
        if (Environment.GetEnvironmentVariable("PORTAL_REPLAY")?.Split(',') is [var seed, var gamma])
        {
            config = config.WithReplay(ulong.Parse(seed, CultureInfo.InvariantCulture), ulong.Parse(gamma, CultureInfo.InvariantCulture));
        }

        var steps = (from step in Gen.Elements(Enum.GetValues<Step>()) from number in Gen.Choose(0, 999) select (step, number)).ListOf().Select(l => l.ToArray());

        // FsCheck calls properties synchronously; nothing here needs the caller's context.
        await Task.Run(() => Check.One(config, Prop.ForAll(Arb.From(steps, Shorter), s => HoldsAsync(portal, world, staff, s).GetAwaiter().GetResult())));
    }

    private static async Task<bool> HoldsAsync(TestPortal portal, PayoutWorld world, Actor[] staff, (Step Step, int Number)[] steps)
    {
        var mark = Guid.NewGuid().ToString("N")[..6];
        var partners = new[] { await world.PartnerAsync("A " + mark), await world.PartnerAsync("B " + mark) };
        var bought = new List<(string Id, string Currency, long Left)>();
        for (var i = 0; i < steps.Length; i++)
        {
            var (step, number) = steps[i];
            await DoAsync(portal, world, staff[number % 2], partners[number / 2 % 2], bought, step, number);
            if (i % 8 == 7)
            {
                await HoldAsync(portal, world, partners);
            }
        }

        await HoldAsync(portal, world, partners);
        return true;
    }

    private static async Task DoAsync(TestPortal portal, PayoutWorld world, Actor staff, Actor partner, List<(string Id, string Currency, long Left)> bought, Step step, int number)
    {
        var currency = Currencies[number / 4 % 2];
        var payouts = await portal.ReadAsync(db => db.Payouts.Where(p => p.AccountId == partner.AccountId).OrderByDescending(p => p.Id).Select(p => p.Id).Take(3).ToListAsync());
        var payout = payouts.Count == 0 ? 0 : payouts[number % payouts.Count];
        switch (step)
        {
            case Step.Earn or Step.EarnMore:
                bought.Add((await world.EarnAsync(partner, 1 + number, currency), currency, 1 + number));
                break;
            case Step.Refund or Step.RefundAll when bought.FindLastIndex(b => b.Left > 0) is >= 0 and var last:
                var taken = step is Step.Refund ? 1 + (number % bought[last].Left) : bought[last].Left;
                await world.RefundAsync(bought[last].Id, taken, bought[last].Currency);
                // The refund's id is the purchase's: one each.
                bought[last] = bought[last] with { Left = 0 };
                break;
            case Step.Request or Step.RequestAgain:
                await world.RequestAsync(partner, currency);
                break;
            case Step.Bonus:
                Assert.True((await world.Money.GrantAsync(new BonusGrant(partner.AccountId!.Value, 1 + number, currency, "as tested", Guid.NewGuid().ToString("N")))).Ok);
                break;
            case Step.Approve:
                await world.ApproveAsync(payout, staff);
                break;
            case Step.Export:
                await world.ExportAsync(staff);
                break;
            case Step.Pay:
                await world.PayAsync(payout, staff);
                break;
            case Step.Fail:
                await world.FailAsync(payout, staff);
                break;
        }
    }

    private static async Task HoldAsync(TestPortal portal, PayoutWorld world, Actor[] partners)
    {
        Assert.Empty(await world.FindingsAsync());
        Assert.Empty(await WalletTallyChecks.BrokenAsync(portal, [.. partners.Select(p => p.AccountId!.Value)]));
        foreach (var (partner, currency) in partners.SelectMany(p => Currencies.Select(c => (p, c))))
        {
            var wallet = await world.WalletAsync(partner, currency);
            var payouts = await portal.ReadAsync(db => db.Payouts.Where(p => p.AccountId == partner.AccountId && p.Currency == currency).ToListAsync());
            var earned = await portal.ReadAsync(db => db.CommissionLines.Where(l => l.PartnerId == partner.AccountId && l.Currency == currency).SumAsync(l => l.Granted - l.Reversed));
            Assert.Equal(payouts.Where(p => p.State is PayoutState.Requested or PayoutState.Approved or PayoutState.Exported).Sum(p => p.Amount), wallet.InPayout);
            Assert.Equal(payouts.Where(p => p.State is PayoutState.Paid).Sum(p => p.Amount), wallet.Paid);
            var given = await world.CreditsAsync(partner, currency);
            Assert.Equal(earned + given.Sum(g => g.Amount), wallet.Available + wallet.InPayout + wallet.Paid);
            var lines = await portal.ReadAsync(db => db.CommissionLines.Where(l => l.PartnerId == partner.AccountId && l.Currency == currency).ToListAsync());
            Assert.Equal(wallet.Paid, lines.Sum(l => l.Paid) + given.Where(g => g.PaidAt is not null).Sum(g => g.Amount));
            Assert.All(lines, l => Assert.True(l.Paid >= 0 && (l.Paid == 0 || l.PaidAt is not null)));
            // What no refund touched is paid wholly or not at all.
            Assert.All(lines.Where(l => l.Reversed == 0), l => Assert.Contains(l.Paid, new[] { 0, l.Net }));
            Assert.True(payouts.Count(p => p.State is PayoutState.Requested or PayoutState.Approved or PayoutState.Exported) <= 1);
        }
    }

    /// <summary>Halves, quarters and so on of the steps taken away, at last single ones.</summary>
    private static IEnumerable<(Step, int)[]> Shorter((Step, int)[] steps)
    {
        for (var size = steps.Length / 2; size > 0; size /= 2)
        {
            for (var start = 0; start < steps.Length; start += size)
            {
                yield return [.. steps[..start], .. steps[Math.Min(start + size, steps.Length)..]];
            }
        }
    }
}
