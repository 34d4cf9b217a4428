using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Identity;
using PartnerPortal.Shared;
using PartnerPortal.Tests.Features.Purchases;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Payouts;

/// <summary>Partners who earn a tenth of what their client buys, at once available, and staff who pays it out.</summary>
internal sealed class PayoutWorld(TestPortal portal)
{
    public const string Number = "DE89370400440532013000";
    public const string TaxId = "DE811907980";
    private readonly Dictionary<long, long> _clients = [];
    private int _bought;

    public World People { get; } = new(portal);

    public MoneyWorld Money { get; } = new(portal);

    public static PayeeForm Form(string number = Number) =>
        new() { Holder = "Brightwater Systems Ltd", Number = number, Country = "DE", Address = "Hafenstraße 1\n20457 Hamburg", TaxId = TaxId };

    /// <param name="name">The account's.</param>
    /// <param name="payee">It has said where its money goes.</param>
    /// <param name="terms">It has accepted its terms.</param>
    public async Task<Actor> PartnerAsync(string name = "Brightwater Systems", bool payee = true, bool terms = true)
    {
        if (_clients.Count == 0)
        {
            await Money.AssignAsync(PlanScope.Program, 0, await Money.PlanAsync(new PlanRules { Levels = [LevelRate.Share(1000)], HoldDays = 0 }));
        }

        var partner = await People.IntegratorAsync(name);
        var client = (await People.PersonAsync("Client of " + name)).AccountId!.Value;
        await Money.AttributeAsync(client, partner.AccountId!.Value);
        _clients[partner.AccountId.Value] = client;
        if (terms)
        {
            await AcceptAsync(partner);
        }

        if (payee)
        {
            Assert.True((await portal.CallAsync<ChangePayee, Result<Done>>(c => c.ExecuteAsync(Form(), partner, default))).Ok);
        }

        return partner;
    }

    /// <summary>The partner accepts the terms in force.</summary>
    public async Task AcceptAsync(Actor partner)
    {
        var agreement = await portal.CallAsync<AgreementQueries, Agreement?>(q => q.OwnAsync(partner, default));
        Assert.True((await portal.CallAsync<AcceptAgreement, Result<Done>>(a => a.ExecuteAsync(agreement!.InForce!.VersionId, partner, default))).Ok);
    }

    /// <summary>Makes so many minor units available.</summary>
    /// <returns>The purchase's id, to refund it.</returns>
    public async Task<string> EarnAsync(Actor partner, long amount, string currency = "EUR")
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"b-{Interlocked.Increment(ref _bought)}");
        Assert.True((await Money.BuyAsync(Money.Purchase(_clients[partner.AccountId!.Value], id, amount * 10, currency))).Ok);
        await Money.ReleaseAsync();
        return id;
    }

    /// <summary>Takes back what a purchase earned.</summary>
    public async Task RefundAsync(string purchase, long? amount = null, string currency = "EUR") =>
        Assert.True((await Money.RefundAsync(Money.Refund(purchase, "r-" + purchase, amount * 10, currency))).Ok);

    public Task<Result<long>> RequestAsync(Actor partner, string currency = "EUR") => portal.CallAsync<RequestPayout, Result<long>>(r => r.ExecuteAsync(currency, partner, default));

    public Task<Result<Done>> ApproveAsync(long payout, Actor staff) => portal.CallAsync<ApprovePayout, Result<Done>>(a => a.ExecuteAsync(payout, staff, default));

    public Task<Result<ExportedBatch>> ExportAsync(Actor staff) => portal.CallAsync<ExportPayouts, Result<ExportedBatch>>(e => e.ExecuteAsync(staff, default));

    public Task<Result<Done>> PayAsync(long payout, Actor staff) => portal.CallAsync<MarkPayoutPaid, Result<Done>>(p => p.ExecuteAsync(payout, staff, default));

    public Task<Result<Done>> FailAsync(long payout, Actor staff, string reason = "The bank knows no such account.") =>
        portal.CallAsync<FailPayout, Result<Done>>(f => f.ExecuteAsync(payout, reason, staff, default));

    public async Task SettingsAsync(Action<PayoutSettingsForm> change)
    {
        var owner = Actor.System with { IsOwner = true };
        var form = await portal.CallAsync<PayoutDeskQueries, PayoutSettingsForm>(q => q.SettingsAsync(owner, default));
        change(form);
        Assert.True((await portal.CallAsync<ChangePayoutSettings, Result<int>>(c => c.ExecuteAsync(form, owner, default))).Ok);
    }

    /// <summary>Makes somebody of staff a member of a partner's account too.</summary>
    public Task JoinAsync(Actor staff, Actor partner) =>
        Money.WorkAsync(work => Task.FromResult(work.Db.Members.Add(new Member(partner.AccountId!.Value, staff.UserId!.Value, MemberRole.Admin, work.Now))));

    /// <summary>Available, in payout and paid, in minor units.</summary>
    public async Task<(long Available, long InPayout, long Paid)> WalletAsync(Actor partner, string currency = "EUR")
    {
        var balances = await Money.BalancesAsync([partner.AccountId!.Value]);
        long Of(LedgerAccount account) => balances.GetValueOrDefault((partner.AccountId.Value, currency, account));
        return (Of(LedgerAccount.Available), Of(LedgerAccount.InPayout), Of(LedgerAccount.Paid));
    }

    public async Task<IReadOnlyList<CreditLine>> CreditsAsync(Actor partner, string? currency = null) =>
        (await portal.CallAsync<CreditQueries, Page<CreditLine>>(q => q.PageAsync(currency, null, 1000, partner, default))).Items;

    public Task<PayoutState> StateAsync(long payout) => portal.ReadAsync(db => db.Payouts.Where(p => p.Id == payout).Select(p => p.State).SingleAsync());

    /// <summary>What <c>verify</c> finds.</summary>
    public async Task<IReadOnlyList<BookFinding>> FindingsAsync() =>
        [.. (await portal.CallAsync<VerifyBooks, BookReport>(v => v.ExecuteAsync(default))).Findings, .. (await portal.CallAsync<VerifyPayouts, PayoutReport>(v => v.ExecuteAsync(default))).Findings];
}
